"""The first-run set-up behind its printed address, and the launch list afterwards."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import entrance
from stoa.base.errors import NotAllowed
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.front.actions.beginning import begin_community
from stoa.front.forms import SetUpForm
from stoa.front.launch import launch as launch_list
from stoa.front.policy import may_open_desk


@require_http_methods(["GET", "POST"])
def set_up(request: Request, code: str) -> HttpResponse:
    """Not found once it has been used."""
    if not entrance.opens(code):
        raise Http404
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        owner = begin_community(form.answers())
        login(request, owner.account, backend=settings.AUTHENTICATION_BACKENDS[0])
        return see_other(reverse("front:launch"))
    return render(request, "front/set_up.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def launch(request: Request) -> HttpResponse:
    """Fourteen days of first steps, and links to give away."""
    if not may_open_desk(request.actor):
        raise NotAllowed(_("The desk is for the staff."))
    return render(request, "front/launch.html", {"launch": launch_list(request.actor, settings.STOA_URL)})
