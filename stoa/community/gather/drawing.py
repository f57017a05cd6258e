"""This room's pieces on lower rooms' pages."""

from typing import cast

from django.http import HttpRequest

from stoa.base.pages import piece
from stoa.base.requests import Request
from stoa.community.gather import policy
from stoa.community.gather.listing import lines
from stoa.community.gather.models import Event
from stoa.spaces.models import Space
from stoa.spaces.visibility import may_read

SHOWN = 4


def draw_events_of_space(request: HttpRequest, space: Space) -> str:
    """What comes up in a space, for whoever may read it; nothing where nothing comes up and one cannot plan."""
    actor = cast(Request, request).actor
    if not may_read(actor, space):
        return ""
    rows = list(Event.objects.visible_to(actor).here().filter(space=space).coming().select_related("space")[:SHOWN])
    may_plan = policy.may_plan_event(actor, space)
    if not rows and not may_plan:
        return ""
    values = {"lines": lines(rows, actor), "space": space, "may_plan": may_plan}
    return piece(request, "gather/panel_space.html", values)
