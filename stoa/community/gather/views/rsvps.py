"""Answering an event."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base.pages import see_other
from stoa.base.requests import Request
from stoa.community.gather import actions
from stoa.community.gather.views.events import found


@require_http_methods(["POST", "DELETE"])
def rsvp(request: Request, event_id: int) -> HttpResponse:
    """Yes, or no."""
    event = found(request, event_id)
    if request.method == "DELETE":
        actions.say_no(event, by=request.actor)
        messages.success(request, _("You do not come."))
    elif actions.say_yes(event, by=request.actor).is_going:
        messages.success(request, _("You have a seat."))
    else:
        messages.info(request, _("All seats are taken. You wait, and move up when one frees."))
    return see_other(event.get_absolute_url())
