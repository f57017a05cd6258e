"""The pages of this room."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from stoa.base.errors import NotAllowed
from stoa.base.pages import render
from stoa.base.requests import Request
from stoa.measure.impact.page import asked, page
from stoa.measure.policy import may_read_numbers


@require_GET
def impact(request: Request) -> HttpResponse:
    """What each wing did for the other in one month: by default the last whole one that is old enough to judge."""
    if not may_read_numbers(request.actor):
        raise NotAllowed(_("This page is for those who read the numbers."))
    given = request.GET
    wish = asked(given.get("month", "")[:7], given.get("by", ""))
    return render(request, "measure/impact.html", page(wish))
