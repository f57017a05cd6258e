"""Whom a newcomer might like to meet: members who are glad to welcome and share an interest with them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.community.talk.models import Introduction, Topic
from stoa.people.models import Block, Person

NEW, LATELY = timedelta(days=7), timedelta(days=30)
NEWCOMERS, WELCOMERS, EACH = 20, 500, 2


@dataclass(frozen=True)
class Match:
    """A member and the interest that both have."""

    person: Person
    interest: str


@dataclass(frozen=True)
class Proposal:
    newcomer: Person
    matches: list[Match]

    @property
    def address(self) -> str:
        return reverse("talk:introduction", args=[self.newcomer.id])


def proposals(actor: Actor) -> list[Proposal]:
    """For the newcomers of this week whom nobody has been introduced to, newest first; four queries."""
    done = Introduction.objects.values("newcomer")
    fresh = Person.objects.visible_to(actor).filter(standing="member", joined_at__gt=clock.now() - NEW)
    newcomers = list(
        fresh.exclude(id__in=done).exclude(id=actor.person_id or 0).order_by("-joined_at", "-id")[:NEWCOMERS]
    )
    return [each for each in propose(newcomers, actor) if each.matches]


def matches_for(newcomer: Person, actor: Actor) -> list[Match]:
    """The same two that the worklist names, where it names any."""
    for proposal in proposals(actor):
        if proposal.newcomer.id == newcomer.id:
            return proposal.matches
    return propose([newcomer], actor)[0].matches


def propose(newcomers: list[Person], actor: Actor) -> list[Proposal]:
    """Two members each, those first who were asked least of late, and nobody twice. Three queries."""
    if not newcomers:
        return []
    welcomers = Person.objects.visible_to(actor).not_away().filter(standing="member", welcomes=True)
    found = list(welcomers.exclude(id__in=[each.id for each in newcomers]).order_by("id")[:WELCOMERS])
    lately = Introduction.objects.filter(made_at__gt=clock.now() - LATELY).values_list("welcomer_id", flat=True)
    asked, apart = Counter(lately), _blocked(newcomers)
    made = []
    for newcomer in newcomers:
        near = [Match(each, shared) for each in found if (shared := shared_by(newcomer, each))]
        near = [match for match in near if (newcomer.id, match.person.id) not in apart]
        near.sort(
            key=lambda match: (asked[match.person.id], match.interest not in match.person.helps_with, match.person.id)
        )
        made.append(Proposal(newcomer, near[:EACH]))
        asked.update(match.person.id for match in near[:EACH])
    return made


def shared_by(newcomer: Person, other: Person) -> str:
    """The first interest of the newcomer's that the other has too, or an empty string."""
    known = {str(interest).casefold() for interest in other.interests}
    return next((str(interest) for interest in newcomer.interests if str(interest).casefold() in known), "")


def first_topic(newcomer: Person) -> Topic | None:
    """What they asked first, where every member may read it."""
    own = Topic.objects.here().filter(
        author=newcomer, space__visibility__in=("public", "members"), space__ask_team=False
    )
    return own.order_by("id").first()


def _blocked(newcomers: Iterable[Person]) -> set[tuple[int, int]]:
    """Pairs of a newcomer and somebody whom they blocked, or who blocked them."""
    ids = [each.id for each in newcomers]
    rows = Block.objects.filter(Q(person__in=ids) | Q(other__in=ids)).values_list("person_id", "other_id")
    return {pair for one, other in rows for pair in ((one, other), (other, one))}
