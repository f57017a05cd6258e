"""Keeping what somebody writes before they send it. No facts: nobody else is to know."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.text import LONGEST
from stoa.people.models import Draft

MOST = 200  # drafts of one person


@dataclass(frozen=True)
class Typed:
    """What stands in a writing box, and on which page."""

    source: str
    title: str = ""
    address: str = ""


class Changed(NotPossible):
    """The draft was changed elsewhere since this device read it; `draft` is how it stands. Nothing was overwritten."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(_("This draft was changed on another device."), _("Choose which of the two to go on with."))
        self.draft = draft


def keep_draft(place: str, typed: Typed, version: int, *, by: Actor) -> Draft | None:
    """Keeps what was typed over the version that the device knows (0: none); nothing typed leaves no draft. Raises `Changed`."""
    if not by.is_member:
        raise NotAllowed(_("Drafts are kept for members."), _("Join, or sign in."))
    if len(typed.source) > LONGEST or len(typed.title) > 200 or not place or len(place) > 60:
        raise Invalid(_("This is too long to be kept."), field="source")
    values = {"source": typed.source, "title": typed.title, "address": typed.address, "at": clock.now()}
    with transaction.atomic():
        draft = Draft.objects.visible_to(by).select_for_update().filter(place=place).first()
        if draft is None:
            return _new_draft(place, values, version, by) if typed.source or typed.title else None
        if (draft.source, draft.title) == (typed.source, typed.title):
            return draft
        if draft.version != version:
            raise Changed(draft)
        if not typed.source and not typed.title:
            draft.delete()
            return None
        Draft.objects.filter(id=draft.id).update(**values, version=version + 1)
    draft.refresh_from_db()
    return draft


def _new_draft(place: str, values: dict[str, object], version: int, by: Actor) -> Draft:
    if Draft.objects.visible_to(by).count() >= MOST:
        raise NotPossible(_("You have very many drafts."), _("Send or delete some of them first."))
    return Draft.objects.create(person_id=by.own_id, place=place, version=version + 1, **values)


def delete_draft(place: str, *, by: Actor) -> None:
    """Forgets a draft; one that is not there is already gone."""
    Draft.objects.visible_to(by).filter(place=place).delete()


def forget_sent(place: str, version: int, texts: set[str], *, by: Actor) -> None:
    """After what was written has been taken: its draft goes, unless another device has gone on with it since."""
    with transaction.atomic():
        draft = Draft.objects.visible_to(by).select_for_update().filter(place=place).first()
        if draft and (draft.version <= version or as_kept(draft.source) in texts):
            draft.delete()


def as_kept(text: str) -> str:
    """Forms send line ends in another way than scripts do."""
    return text.replace("\r\n", "\n")
