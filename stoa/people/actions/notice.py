"""Telling people something, and their reading of it."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.standing_queries import padded, standing
from stoa.base.things import Reference
from stoa.people.actions.mailing import mail_notices
from stoa.people.actions.pushing import push_notices
from stoa.people.membership import members_among
from stoa.people.models import Block, Follow, Notice, QuietHours
from stoa.people.notices import NoticeKind, kind_of
from stoa.people.wishing import ways_of


def tell(
    people: Iterable[int], kind: str, thing: Reference, *, by: Actor, within: Sequence[Reference] = (), times: int = 1
) -> int:
    """Gives each of these people a notice, merged with an unread one of the same kind about the same thing. Says how many.

    Left out: whoever did it, those who muted the thing or blocked who did it, those who want to hear nothing of the kind or are not
    members any more. `within` is what the thing stands in, the nearest first: who muted the space hears of none of its topics, but of
    one that they follow. `times`: how often it happened.
    """
    known = kind_of(kind)
    if known is None:
        raise KeyError(kind)
    asked = set(people) - {by.person_id}
    if not asked:
        return 0
    ways = ways_of(_who_hears(asked, known, (thing, *within), by), known)
    told = sorted(person_id for person_id, wished in ways.items() if "page" in wished)
    with transaction.atomic():
        fresh = [person_id for person_id in told if _tell_one(person_id, kind, thing, by, times)]
        if not fresh:
            return len(told)
        mail_notices([person_id for person_id in fresh if "mail" in ways[person_id]], known, thing, by=by, times=times)
        push_notices([person_id for person_id in fresh if "push" in ways[person_id]], known, thing)
    return len(told)


def _who_hears(people: set[int], kind: NoticeKind, places: Sequence[Reference], by: Actor) -> set[int]:
    there = members_among(people)
    if kind.always_told:
        return there
    there -= _muted(there, places)
    if by.person_id:
        there -= {each for (each,) in standing(who_blocked, other=by.person_id, people=padded(sorted(there)))}
    return there


def who_blocked(other: int, people: list[int]) -> "QuerySet[Block, tuple[int]]":
    return Block.objects.filter(person_id__in=people, other_id=other).order_by().values_list("person_id")


def _muted(people: set[int], places: Sequence[Reference]) -> set[int]:
    """Those for whom the nearest of these places about which they said anything is muted."""
    keys, numbers = tuple(key for key, _number in places), [number for _key, number in places]
    said: dict[int, dict[Reference, str]] = {}
    rows = standing(said_of, shape=(keys,), numbers=numbers, people=padded(sorted(people))) if people else ()
    for person_id, key, number, level in rows:
        said.setdefault(person_id, {})[key, number] = level
    nearest = {
        person_id: next(levels[place] for place in places if place in levels) for person_id, levels in said.items()
    }
    return {person_id for person_id, level in nearest.items() if level == "mute"}


def said_of(keys: tuple[str, ...], numbers: list[int], people: list[int]) -> "QuerySet[Follow, Any]":
    """What these people said about these places."""
    named = Q(pk=None)
    for key, number in zip(keys, numbers, strict=True):
        named |= Q(thing_key=key, thing_id=number)
    rows = Follow.objects.filter(named, person_id__in=people).order_by()
    return rows.values_list("person_id", "thing_key", "thing_id", "level")


def _tell_one(person_id: int, kind: str, thing: Reference, by: Actor, times: int) -> bool:
    """Whether this is a new line, and not one more of what is unread."""
    unread = Notice.objects.filter(person_id=person_id, kind=kind, thing_key=thing[0], thing_id=thing[1], read_at=None)
    if unread.update(count=F("count") + times, last_at=clock.now(), by_id=by.person_id):
        return False
    row = {"kind": kind, "thing_key": thing[0], "thing_id": thing[1], "by_id": by.person_id, "count": times}
    Notice.objects.create(person_id=person_id, **row)
    return True


def read_notice(notice: Notice, *, by: Actor) -> None:
    if notice.person_id != by.person_id:
        raise NotAllowed(_("This notice is not yours."))
    Notice.objects.filter(id=notice.id, read_at=None).update(read_at=clock.now())


def read_all(*, by: Actor) -> int:
    """Marks all of one's notices as read; says how many were not."""
    return Notice.objects.visible_to(by).unread().update(read_at=clock.now())


def read_about(key: str, numbers: "Iterable[int] | QuerySet[Any, Any]", *, by: Actor) -> int:
    """Marks one's notices about these things of one kind as read, for a page that showed them (by beacon, never by GET)."""
    mine = Notice.objects.visible_to(by).unread().filter(thing_key=key, thing_id__in=numbers)
    return mine.update(read_at=clock.now())


def keep_quiet(start: time, end: time, *, by: Actor) -> None:
    """No mail that can wait, every day from `start` until `end` on the clock of one's own zone. What happens meanwhile comes at the end."""
    if start == end:
        raise Invalid(_("Quiet hours end at another time than they begin."), field="end")
    QuietHours.objects.update_or_create(person_id=by.own_id, defaults={"start": start, "end": end})


def end_quiet(*, by: Actor) -> None:
    """Mail comes at any hour again."""
    QuietHours.objects.filter(person_id=by.own_id).delete()
