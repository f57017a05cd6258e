"""What this room brings to lower rooms' sockets."""

from collections.abc import Collection

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base import search, things
from stoa.base.actors import Actor
from stoa.base.panels import panel
from stoa.base.text import excerpt
from stoa.community.gather import rights  # noqa: F401  (registers this room's rights)
from stoa.community.gather.drawing import draw_events_of_space
from stoa.community.gather.keeping import KEEPING
from stoa.community.gather.models import Event, Goal, visible_events
from stoa.community.gather.models.goal import Goals
from stoa.community.gather.moderating import register_subjects
from stoa.community.gather.noticing import register_notices
from stoa.people import keeping
from stoa.spaces.models import Space


def event_card(event: Event) -> things.Card:
    words = excerpt(event.html, 160)
    address, is_open = event.get_absolute_url(), event.space.is_open_to_bystanders
    return things.Card(
        event.title, address, _("Event"), words, event.made_by.name, event.starts_at, event.made_by_id, is_open
    )


def visible_goals(actor: Actor, ids: Collection[int]) -> Goals:
    return Goal.objects.visible_to(actor).filter(id__in=ids)


def goal_card(goal: Goal) -> things.Card:
    return things.Card(goal.sentence, "/goal/", _("Goal"), at=goal.set_at)


things.register(things.Thing("gather.event", visible_events, event_card, "events"))
things.register(things.Thing("gather.goal", visible_goals, goal_card))
search.offer(search.Kind("events", lambda: _("Events"), ("gather.event",), order=40))
keeping.register(KEEPING)
register_notices()
register_subjects()


@panel("spaces.space.content", queries=2, order=50)
def events_of_space(request: HttpRequest, space: Space) -> str:
    return draw_events_of_space(request, space)
