"""The one calendar."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from stoa.base.errors import NotAllowed
from stoa.base.pages import render
from stoa.base.requests import Request
from stoa.front.calendar import VIEWS
from stoa.front.calendar import calendar as reading
from stoa.front.policy import may_open_desk


@require_GET
def calendar(request: Request) -> HttpResponse:
    """A month (unless asked otherwise), a week, or a list of four weeks."""
    if not may_open_desk(request.actor):
        raise NotAllowed(_("The desk is for the staff."))
    view = request.GET.get("view", "")
    found = reading(request.actor, view if view in VIEWS else "month", request.GET.get("day", ""))
    return render(request, "front/calendar.html", {"calendar": found})
