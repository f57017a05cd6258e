"""How people want to be told: by kind and way, where they said so, else as the kind is told from the start."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from stoa.base.actors import Actor
from stoa.base.standing_queries import padded, standing
from stoa.people.models import NoticeWish
from stoa.people.models.notice import WAYS
from stoa.people.notices import NoticeKind, all_kinds

Said = dict[tuple[str, str], str]  # (kind, way): level


def ways_of(people: Collection[int], kind: NoticeKind) -> dict[int, frozenset[str]]:
    """By which ways each of these people is told of one kind; by none who switched it off on the page. One query."""
    said: dict[int, Said] = {person_id: {} for person_id in people}
    rows = standing(wished, shape=(kind.key,), people=padded(sorted(people))) if people else ()
    for person_id, way, level in rows:
        said[person_id][kind.key, way] = level
    return {person_id: _told_by(kind, own) for person_id, own in said.items()}


def wished(kind: str, people: list[int]) -> "QuerySet[NoticeWish, tuple[int, str, str]]":
    return (
        NoticeWish.objects.filter(person_id__in=people, kind=kind).order_by().values_list("person_id", "way", "level")
    )


def _told_by(kind: NoticeKind, said: Said) -> frozenset[str]:
    ways = frozenset(way for way in WAYS if level_of(kind, way, said) == "at_once")
    return ways if "page" in ways else frozenset()


def level_of(kind: NoticeKind, way: str, said: Said) -> str:
    """ "never" or "at_once". What is always told stands on the page whatever was said."""
    if way == "page" and kind.always_told:
        return "at_once"
    return said.get((kind.key, way), kind.default(way))


@dataclass(frozen=True)
class Wish:
    """One line of the page of wishes: a kind with its level by way."""

    kind: NoticeKind
    levels: dict[str, str]


def said_by(actor: Actor) -> Said:
    """What this person said of any kind and way."""
    rows = NoticeWish.objects.filter(person_id=actor.person_id or 0)
    return {(kind, way): level for kind, way, level in rows.values_list("kind", "way", "level")}


def wishes(actor: Actor) -> list[Wish]:
    """Each kind of which this person can be told, what is for everybody before what is work. One query."""
    said = said_by(actor)
    kinds = sorted((kind for kind in all_kinds().values() if kind.gets(actor)), key=lambda kind: kind.is_work)
    return [Wish(kind, {way: level_of(kind, way, said) for way in WAYS}) for kind in kinds]
