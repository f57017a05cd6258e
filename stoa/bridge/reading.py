"""What the pages of this room read, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.bridge import policy
from stoa.bridge.models import UsageRight, UsageRightEvent, Use
from stoa.bridge.models.right import DECLINED, EXPIRED, REQUESTED, STATES, VALID, WITHDRAWN, UsageRights
from stoa.bridge.models.use import LIVE, STANDS, TAKING_DOWN
from stoa.people.models import Person
from stoa.social.listen.reading import NOT_READ_YET, Number, numbers_of
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import NOT_OFFERED

PAGE = 30
SHELVES = {
    "asked": (REQUESTED,),
    "granted": VALID,
    "declined": (DECLINED,),
    "ended": (WITHDRAWN, EXPIRED),
    "all": STATES,
}
THERE = (LIVE, TAKING_DOWN, STANDS)


@dataclass(frozen=True)
class RightsPage:
    """One page of rights, newest first, each with how many of its uses are out (`out`). `next`: what `before=` asks for."""

    rights: list[UsageRight]
    next: str


def rights_page(rows: UsageRights, before: str = "") -> RightsPage:
    if position := ids.read(before):
        rows = rows.filter(id__lt=position)
    counted = rows.with_all().annotate(out=Count("uses", filter=Q(uses__state__in=THERE)), used=Count("uses"))
    found = list(counted.order_by("-id")[: PAGE + 1])
    return RightsPage(found[:PAGE], found[PAGE - 1].shown_id if len(found) > PAGE else "")


@dataclass(frozen=True)
class Line:
    """A line of the ledger, with the name of whoever wrote it (empty: the house)."""

    event: UsageRightEvent
    name: str


@dataclass(frozen=True)
class Told:
    """A use with what its network told of it: `known` numbers with when they were read, and the names of what it does not offer."""

    use: Use
    known: list[Number]
    unread: list[str]
    not_offered: list[str]

    @property
    def read_at(self) -> datetime | None:
        return max((each.at for each in self.known if each.at), default=None)


def told_of(uses: list[Use]) -> list[Told]:
    """One query. Of what was never out there is nothing to tell."""
    numbers = numbers_of([use.delivery for use in uses if use.live_at])
    return [told(use, list(numbers.get(use.delivery_id, {}).values())) for use in uses]


def told(use: Use, numbers: list[Number]) -> Told:
    return Told(
        use,
        [each for each in numbers if isinstance(each.value, int)],
        [each.label for each in numbers if each.value is NOT_READ_YET],
        [each.label for each in numbers if each.value is NOT_OFFERED],
    )


@dataclass(frozen=True)
class Story:
    """One right with everything that became of it."""

    right: UsageRight
    uses: list[Told]
    lines: list[Line]
    channels: list[Channel]
    may_answer: bool
    may_take_back: bool
    is_author: bool
    is_as_agreed: bool = field(default=True)

    @classmethod
    def of(cls, right: UsageRight, actor: Actor) -> "Story":
        uses = list(Use.objects.filter(right=right).with_all().order_by("-id")[:PAGE])
        channels = list(Channel.objects.filter(id__in=right.channels)) if right.channels else []
        return cls(
            right, told_of(uses), lines_of(right.events.all()), channels, policy.may_answer(actor, right),
            policy.may_take_back(actor, right), policy.is_author(actor, right), right.is_as_agreed,
        )  # fmt: skip

    @property
    def out(self) -> int:
        """How many uses are (or may be) on a network now."""
        return sum(each.use.state in THERE for each in self.uses)


def lines_of(events: Iterable[UsageRightEvent]) -> list[Line]:
    found = list(events)
    people = Person.objects.filter(id__in={event.by_id for event in found if event.by_id})
    names = {person.id: person.name for person in people}
    return [Line(event, names.get(event.by_id or 0, "")) for event in found]
