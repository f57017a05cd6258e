"""Lists of events, page by page: coming ones soonest first, past ones latest first."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base import clock, cursors
from stoa.base.actors import Actor
from stoa.base.standing_queries import standing
from stoa.community.gather import policy
from stoa.community.gather.facts import Answer
from stoa.community.gather.models import Event, Rsvp
from stoa.community.gather.models.event import Events
from stoa.community.gather.moments import When, when
from stoa.spaces.models import Space

PAGE = 30
LISTS = ("coming", "mine", "past")
COMING = (Answer.YES.value, Answer.WAITING.value)


@dataclass(frozen=True)
class Line:
    """An event in a list, with the reader's own answer ("" = none)."""

    event: Event
    when: When
    answer: str


@dataclass(frozen=True)
class EventsPage:
    """One page of a list. `next` is what to ask for with `after=`, or empty."""

    kind: str
    lines: list[Line]
    next: str


def events_page(actor: Actor, kind: str, after: str = "", space: Space | None = None) -> EventsPage:
    """A page of `coming`, `mine` (coming ones to which one said yes or waits) or `past`, perhaps of one space. Two queries."""
    rows = chosen(Event.objects.visible_to(actor).here().select_related("space"), kind, actor)
    if space:
        rows = rows.filter(space=space)
    found = cursors.page(rows, "starts_at", after, size=PAGE, ascending=kind != "past")
    return EventsPage(kind, lines(found.rows, actor), found.next)


def chosen(rows: Events, kind: str, actor: Actor) -> Events:
    if kind == "past":
        return rows.past()
    if kind == "mine":
        return rows.coming().answered_by(actor.person_id, *COMING) if actor.person_id else rows.none()
    return rows.coming()


def lines(events: list[Event], actor: Actor) -> list[Line]:
    """With the reader's own answers. One query."""
    own: dict[int, str] = {}
    if actor.person_id and events:
        given = Rsvp.objects.filter(event__in=events, person_id=actor.person_id)
        own = dict(given.values_list("event_id", "answer"))
    return [Line(event, when(event), own.get(event.id, "")) for event in events]


def next_events(actor: Actor, count: int) -> list[Line]:
    """The next ones that are not cancelled, for the front page. Two queries."""
    return lines(list(standing(planned_next, actor, (count,), now=clock.now())), actor)


def planned_next(actor: Actor, count: int, now: datetime) -> Events:
    return Event.objects.visible_to(actor).here().planned().coming(now).select_related("space")[:count]


def spaces_to_plan_in(actor: Actor) -> list[Space]:
    """Where this actor may plan events. One query."""
    spaces = Space.objects.readable_by(actor).living().order_by("name")
    return [space for space in spaces if policy.may_plan_event(actor, space)] if actor.is_member else []
