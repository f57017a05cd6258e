"""Keeping a search, and telling its owner what is new for it. No fact is written: what somebody looks for is nobody else's business."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import actors, clock, ids, search
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.community.talk.asking import Question
from stoa.community.talk.models import SavedSearch
from stoa.people.actions.notice import tell
from stoa.spaces.readers import search_readable

MOST = 20  # of one person
LONGEST = 100  # characters of what is typed
SETTLED = timedelta(seconds=30)  # what is younger may stand in a transaction that is not over
ORDER = "order"


def kept_form(question: Question) -> str:
    """The search as it is kept: its order is no part of it."""
    return urlencode(sorted((name, value) for name, value in question.held.items() if name != ORDER))


def save_search(question: Question, *, by: Actor) -> SavedSearch:
    """Keeps a search; one that is kept already stays as it is."""
    if not by.is_member:
        raise NotAllowed(_("Members can keep searches."), _("Join, or sign in."))
    if not question.is_valid or question.is_empty:
        raise Invalid(_("There is nothing to look for in this search."), _("Search for something first."))
    if len(question.text) > LONGEST:
        raise Invalid(_("This search is too long to be kept."), _("Use fewer words."))
    mine = SavedSearch.objects.filter(person_id=by.own_id)
    with transaction.atomic():
        if (kept := mine.filter(question=kept_form(question)).first()) is not None:
            return kept
        if mine.count() >= MOST:
            raise NotPossible(_("You keep %(most)s searches already.") % {"most": MOST}, _("Delete one of them first."))
        kept, _made = mine.get_or_create(
            person_id=by.own_id, question=kept_form(question),
            defaults={"words": question.text, "seen_upto": ids.at(clock.now())},
        )  # fmt: skip
    return kept


def delete_search(kept: SavedSearch, *, by: Actor) -> None:
    """Forgets it; nothing is told of it any more."""
    if kept.person_id != by.person_id:
        raise NotAllowed(_("This search is not yours."))
    kept.delete()


def tell_of_new() -> int:
    """Looks, for every saved search, at what became findable since the last time, with its owner's eyes. Says how many were told."""
    upto = ids.at(clock.now() - SETTLED)
    waiting = SavedSearch.objects.filter(seen_upto__lt=upto).order_by("person_id", "id")
    groups = groupby(list(waiting), key=lambda kept: kept.person_id)
    return sum(_tell(actors.of_person(person_id), kept, upto) for person_id, kept in groups)


def _tell(owner: Actor, every: Iterable[SavedSearch], upto: int) -> int:
    told = 0
    for kept in every:
        new = count_new(kept, owner, upto) if owner.is_member else 0
        with transaction.atomic():
            changed = {"seen_upto": upto, **({"found_at": clock.now()} if new else {})}
            if not SavedSearch.objects.filter(id=kept.id, seen_upto=kept.seen_upto).update(**changed) or not new:
                continue
            told += tell([owner.own_id], "talk.saved_search", ("talk.saved_search", kept.id), by=actors.system("talk"))
    return told


def count_new(kept: SavedSearch, owner: Actor, upto: int) -> int:
    """How much is new for a kept search, without what they wrote themselves nor people whom they do not read."""
    question = Question(kept.asked, owner)
    if not question.is_valid:
        return 0
    to = search_readable(owner)
    others = replace(to, without_by=to.without_by | {owner.own_id})
    return search.count(question.text, to=others, within=question.only_since(kept.made_at, (kept.seen_upto, upto)))
