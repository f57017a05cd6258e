"""The guidelines: a draft, its publication, acceptance; and norms."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.moderation.facts import GuidelinesAccepted, GuidelinesPublished, NormsChanged
from stoa.moderation.models import Acceptance, Clause, GuidelineVersion, Norm
from stoa.moderation.policy import may_edit_guidelines, may_edit_norms
from stoa.people.models import Person
from stoa.spaces.models import Space

NUMBER = re.compile(r"^([1-9]\d?)\.([1-9]\d?)$")
KEPT = ("part", "item", "title", "text", "why", "harm", "translations")


@dataclass(frozen=True)
class Wording:
    """What a clause says."""

    number: str
    title: str
    text: str
    why: str = ""
    harm: int = 2


def start_draft(*, by: Actor) -> GuidelineVersion:
    """The next version, beginning as the one in force; the draft that is there already, if there is one."""
    _may_edit(by)
    if there := GuidelineVersion.objects.draft():
        return there
    with transaction.atomic():
        current = GuidelineVersion.objects.current()
        last = GuidelineVersion.objects.aggregate(last=Max("number"))["last"] or 0
        draft = GuidelineVersion.objects.create(number=last + 1)
        for clause in current.clauses.all() if current else ():
            Clause.objects.create(version=draft, **{name: getattr(clause, name) for name in KEPT})
    return draft


def write_clause(draft: GuidelineVersion, wording: Wording, *, by: Actor) -> Clause:
    """Writes the clause of this number: a new one, or a new wording."""
    _may_edit(by)
    _is_draft(draft)
    number = NUMBER.match(wording.number.strip())
    if number is None:
        raise Invalid(_("A number is like 2.1."), field="number")
    if not wording.text.strip() or not wording.title.strip():
        raise Invalid(_("A clause has a part's title and words."), field="text")
    said = {
        "title": wording.title.strip(),
        "text": wording.text.strip(),
        "why": wording.why.strip(),
        "harm": wording.harm,
    }
    part, item = (int(each) for each in number.groups())
    clause, _made = Clause.objects.update_or_create(version=draft, part=part, item=item, defaults=said)
    return clause


def drop_clause(clause: Clause, *, by: Actor) -> None:
    """Takes a clause out of the draft."""
    _may_edit(by)
    _is_draft(clause.version)
    clause.delete()


def publish_guidelines(draft: GuidelineVersion, summary: str, *, by: Actor) -> GuidelineVersion:
    """Puts the draft into force; everybody is asked to accept it."""
    _may_edit(by)
    _is_draft(draft)
    if not summary.strip():
        raise Invalid(_("Say in a sentence what has changed: members read it."), field="summary")
    if not draft.clauses.exists():
        raise NotPossible(_("A version has at least one clause."))
    with transaction.atomic():
        draft.summary, draft.published_at = summary.strip()[:1000], clock.now()
        draft.published_by_id = by.person_id
        draft.save(update_fields=["summary", "published_at", "published_by_id"])
        announce(GuidelinesPublished(draft.id, draft.number), by=by)
    return draft


def accept_guidelines(version: GuidelineVersion, person: Person, *, by: Actor) -> Acceptance:
    """Records which version somebody accepted, and when."""
    if by.person_id != person.id:
        raise NotAllowed(_("Only you can accept for yourself."))
    if version.published_at is None:
        raise NotPossible(_("This version is not in force."))
    with transaction.atomic():
        acceptance, made = Acceptance.objects.get_or_create(person=person, version=version)
        if made:
            announce(GuidelinesAccepted(person.id, version.id, version.number), by=by)
    return acceptance


def write_norm(text: str, example: str, *, space: Space | None = None, by: Actor) -> Norm:
    """A norm with its example, of one space or of all."""
    if not may_edit_norms(by, space):
        raise NotAllowed(_("You may not change the norms."))
    if not text.strip() or not example.strip():
        raise Invalid(_("A norm has an example: people copy examples."), field="example")
    with transaction.atomic():
        order = Norm.objects.filter(space=space).count() + 1
        norm = Norm.objects.create(text=text.strip()[:300], example=example.strip()[:600], space=space, order=order)
        announce(NormsChanged(norm.id), by=by)
    return norm


def retire_norm(norm: Norm, *, by: Actor) -> None:
    """Shows it no more."""
    if not may_edit_norms(by, norm.space):
        raise NotAllowed(_("You may not change the norms."))
    with transaction.atomic():
        norm.retired_at = clock.now()
        norm.save(update_fields=["retired_at"])
        announce(NormsChanged(norm.id), by=by)


def _may_edit(by: Actor) -> None:
    if not may_edit_guidelines(by):
        raise NotAllowed(_("You may not change the guidelines."))


def _is_draft(version: GuidelineVersion) -> None:
    if version.published_at is not None:
        raise NotPossible(_("What is in force is not changed: start a new version."))
