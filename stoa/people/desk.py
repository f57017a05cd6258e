"""What the desk's pages about people read."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from stoa.base import cursors
from stoa.base.actors import Actor
from stoa.base.standing_queries import standing
from stoa.people.models import DoorAnswer, DoorQuestion, Person

PAGE = 50


@dataclass(frozen=True)
class Member:
    """A member with their answers: pairs of a question's words and what they said."""

    person: Person
    answers: list[tuple[str, str]]


@dataclass(frozen=True)
class MembersPage:
    """Some members, newest first, and the cursor of the older ones."""

    members: list[Member]
    before: str


def desk_page(actor: Actor, asked: str = "", before: str = "", size: int = PAGE) -> MembersPage:
    """One page; three queries whatever its length."""
    found = Person.objects.visible_to(actor).members()
    if asked:
        found = found.filter(folded__contains=asked.casefold())
    answers = DoorAnswer.objects.select_related("question").prefetch_related("question__translations")
    found = found.prefetch_related(Prefetch("door_answers", queryset=answers))
    page = cursors.page(found, "joined_at", before, size=size)
    return MembersPage([Member(person, said_by(person, actor)) for person in page.rows], page.next)


def said_by(person: Person, actor: Actor) -> list[tuple[str, str]]:
    """Pairs of question and answer, from what was prefetched."""
    pairs = []
    for answer in sorted(person.door_answers.all(), key=lambda each: each.question.order):
        words = answer.question.words(actor.language)
        pairs.append((words.label if words else "", answer.text))
    return pairs


def questions(actor: Actor) -> list[tuple[DoorQuestion, str, str]]:
    """The questions asked now, with their words."""
    found = list(standing(asked_now))
    if found:
        prefetch_related_objects(found, "translations")
    return [
        (each, words.label if words else "", words.hint if words else "")
        for each in found
        for words in [each.words(actor.language)]
    ]


def asked_now() -> QuerySet[DoorQuestion]:
    return DoorQuestion.objects.filter(retired_at=None).order_by("order", "id")
