"""The inbox: what came in, on all channels."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from stoa.base.errors import NotAllowed
from stoa.base.pages import render
from stoa.base.requests import Request
from stoa.social.listen.inbox import inbox_page
from stoa.social.listen.policy import may_read_inbox
from stoa.social.listen.words import matter_word, state_word


@require_GET
def inbox(request: Request) -> HttpResponse:
    """Those who wait, longest first; or what fell to me, what was put aside, all."""
    if not may_read_inbox(request.actor):
        raise NotAllowed(_("The inbox is for those who answer on channels."))
    asked = request.GET
    page = inbox_page(request.actor, asked.get("which", ""), asked.get("channel", ""), asked.get("before", ""))
    values = {"page": page, "state_word": state_word, "matter_word": matter_word}
    return render(request, "listen/inbox.html", values, fragment="list")
