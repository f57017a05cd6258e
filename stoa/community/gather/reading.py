"""What pages read of one event: who comes, who waits, and what the reader may do. A fixed number of queries."""

from dataclasses import dataclass, field

from django.db.models import Q
from markupsafe import Markup

from stoa.base import clock, cursors
from stoa.base.actors import Actor
from stoa.base.text import show_each
from stoa.community.gather import policy
from stoa.community.gather.facts import Answer
from stoa.community.gather.models import Event, Host, Rsvp
from stoa.community.gather.moments import When, when
from stoa.people.models import Person
from stoa.people.policy import may_follow

FACES = 8
PAGE = 100


@dataclass(frozen=True)
class Face:
    """Somebody in a row of faces."""

    name: str
    portrait: str


@dataclass(frozen=True)
class EventPage:
    """One event as one reader sees it. `before_me` is how many wait longer than the reader does."""

    event: Event
    shown: Markup
    when: When
    hosts: list[Person]
    mine: Rsvp | None
    before_me: int
    faces: list[Face]
    is_over: bool
    has_begun: bool
    may_answer: bool
    may_see_who: bool
    may_see_address: bool
    may_change: bool
    seats_left: int | None = field(default=None)
    is_member: bool = False
    is_marked: bool = False

    @classmethod
    def of(cls, event: Event, actor: Actor) -> "EventPage":
        hosts = [host.person for host in Host.objects.filter(event=event).select_related("person").order_by("id")]
        mine = own_answer(event, actor)
        host_ids, now = {person.id for person in hosts}, clock.now()
        sees = policy.may_see_who_comes(actor, event)
        is_open = event.is_here and not event.is_cancelled and not event.is_over_at(now)
        return cls(
            event,
            show_each([event], to=actor)[event.id],
            when(event),
            hosts if sees else [person for person in hosts if person.shown_to == "everyone"],
            mine,
            waits_before(mine),
            faces_of(event) if sees else [],
            is_over=event.is_over_at(now),
            has_begun=event.has_begun_at(now),
            may_answer=is_open and policy.may_say_yes(actor, event),
            may_see_who=sees,
            may_see_address=policy.may_see_online_address(actor, event, mine, host_ids),
            may_change=policy.may_change_event(actor, event, host_ids),
            seats_left=None if event.seats is None else event.seats - event.going_count,
            is_member=may_follow(actor),
            is_marked=bool(vars(event).get("is_marked")),
        )


def own_answer(event: Event, actor: Actor) -> Rsvp | None:
    return Rsvp.objects.filter(event=event, person_id=actor.person_id).first() if actor.person_id else None


def waits_before(mine: Rsvp | None) -> int:
    """How many are before this one on the waiting list."""
    if mine is None or not mine.is_waiting:
        return 0
    waiting = Rsvp.objects.filter(event_id=mine.event_id).waiting()
    return waiting.filter(Q(answered_at__lt=mine.answered_at) | Q(answered_at=mine.answered_at, id__lt=mine.id)).count()


def faces_of(event: Event) -> list[Face]:
    """The first who said yes."""
    going = Rsvp.objects.filter(event=event).going().select_related("person")[:FACES]
    return [Face(rsvp.person.name, rsvp.person.portrait_address) for rsvp in going]


@dataclass(frozen=True)
class PeoplePage:
    """Who comes (or waits), in order, page by page."""

    event: Event
    kind: str
    rsvps: list[Rsvp]
    hosts: set[int]
    next: str
    may_change: bool
    has_begun: bool


def people_page(event: Event, actor: Actor, kind: str, after: str) -> PeoplePage:
    """A page of `going` or `waiting`, the earliest answer first."""
    answer = Answer.WAITING if kind == "waiting" else Answer.YES
    rows = Rsvp.objects.visible_to(actor).filter(event=event, answer=answer.value).select_related("person")
    found = cursors.page(rows, "answered_at", after, size=PAGE, ascending=True)
    hosts = set(Host.objects.filter(event=event).values_list("person_id", flat=True))
    return PeoplePage(
        event, "waiting" if kind == "waiting" else "going", found.rows, hosts, found.next,
        may_change=policy.may_change_event(actor, event, hosts), has_begun=event.has_begun_at(clock.now()),
    )  # fmt: skip
