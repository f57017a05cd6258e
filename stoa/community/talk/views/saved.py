"""Saved searches: one's own, in a list; keeping one, deleting one."""

from urllib.parse import parse_qsl

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base.addresses import address
from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.talk.actions.saved_searches import MOST, delete_search, save_search
from stoa.community.talk.asking import Question
from stoa.community.talk.models import SavedSearch


@require_http_methods(["GET", "POST"])
def saved_searches(request: Request) -> HttpResponse:
    """The searches that one keeps, the latest first; `question` is one more, as its address holds it."""
    if not request.actor.is_member:
        raise NotAllowed(_("Members can keep searches."), _("Join, or sign in."))
    if request.method == "POST":
        save_search(Question(dict(parse_qsl(request.POST.get("question", "")[:3000])), request.actor), by=request.actor)
        return see_other(address("talk:saved_searches"))
    kept = list(SavedSearch.objects.visible_to(request.actor).order_by("-id"))
    shown = [(row, Question(row.asked, request.actor)) for row in kept]
    return render(request, "talk/saved_searches.html", {"shown": shown, "most": MOST})


@require_http_methods(["DELETE"])
def saved_search(request: Request, saved_id: int) -> HttpResponse:
    """Forgets one."""
    delete_search(find(SavedSearch.objects.visible_to(request.actor), id=saved_id), by=request.actor)
    return see_other(address("talk:saved_searches"))
