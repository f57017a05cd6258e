"""What became of what somebody asked and proposed, whom they met and helped: for them alone."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from stoa.base.errors import NotAllowed
from stoa.base.pages import render
from stoa.base.requests import Request
from stoa.community.talk.own_page import PARTS, overview, part


@require_GET
def me(request: Request) -> HttpResponse:
    """A few rows of every list, or one of them page by page."""
    if not request.actor.is_member:
        raise NotAllowed(_("Members have a page of their own."), _("Join, or sign in."))
    key = request.GET.get("list", "")
    is_one = key in PARTS
    parts = [part(request.actor, key, request.GET.get("before", ""))] if is_one else overview(request.actor)
    return render(request, "talk/me.html", {"parts": parts, "is_one": is_one})
