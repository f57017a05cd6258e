"""Events as what can be judged: their copy, hiding and restoring, and the way to report them."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.panels import panel
from stoa.base.text import all_words
from stoa.community.gather.actions.decisions import hide_event, restore_event
from stoa.community.gather.models import Event, visible_events
from stoa.moderation import subjects
from stoa.moderation.drawing import draw_report
from stoa.moderation.subjects import Snapshot, Subject


def event_copy(event: Event) -> Snapshot:
    """What its planner wrote, the place among it."""
    words = "\n".join(part for part in (all_words(event.html), event.place) if part)
    return Snapshot(
        words, event.made_at, event.title, event.made_by_id, None, event.space_id, event.made_by.name,
        event.get_absolute_url(),
    )  # fmt: skip


def nothing_around(event: Event) -> list[Snapshot]:
    """An event stands alone: nothing is said before or after it."""
    return []


def find_event(number: int) -> Event | None:
    return Event.objects.select_related("space", "made_by").filter(id=number).first()


def seen_events(actor: Actor, ids: Collection[int]) -> QuerySet[Event]:
    return visible_events(actor, ids)


def hides_event(event: Event, *, by: Actor) -> bool:
    was_here = event.is_here
    hide_event(event, by=by)
    return was_here


EVENT = Subject(
    "gather.event",
    lambda: _("Event"),
    find_event,
    seen_events,
    event_copy,
    nothing_around,
    hides_event,
    restore_event,
)


def register_subjects() -> None:
    """Called once by the room's plugs."""
    subjects.register(EVENT)


@panel("gather.event.actions", queries=0)
def report_event(request: HttpRequest, event: Event) -> str:
    return draw_report(request, ("gather.event", event.id), event.made_by_id)
