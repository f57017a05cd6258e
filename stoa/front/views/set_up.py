"""The first-run set-up behind its printed address, and the launch list afterwards."""

from django.conf import settings
from django.contrib.auth import login
from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import entrance
from stoa.base.errors import NotAllowed
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.front.actions.beginning import begin_community, keep_typed
from stoa.front.forms import PAGES, UNKEPT, answers_of, first_open
from stoa.front.launch import launch as launch_list
from stoa.front.models import SettingUp
from stoa.front.policy import may_open_desk

PAGE_KEYS = list(PAGES)


@require_http_methods(["GET", "POST"])
@never_cache
def set_up(request: Request, code: str) -> HttpResponse:
    """One page after the other, each kept as it was typed. Whoever comes back after the end signs in."""
    if entrance.was_used(code):
        return see_other(reverse("account_login"))
    if not entrance.opens(code):
        raise Http404
    typed = SettingUp.typed_so_far()
    open_, asked = first_open(typed), request.GET.get("page", "")
    page = asked if asked in PAGES and PAGE_KEYS.index(asked) <= PAGE_KEYS.index(open_) else open_
    if request.method == "POST":
        return taken(request, page)
    return shown(request, page, PAGES[page](initial=typed))


def taken(request: Request, page: str) -> HttpResponse:
    """Keeps what was typed; then the page before, the next one, this one again with what is wrong, or the end."""
    form = PAGES[page](request.POST)
    keep_typed({name: request.POST.get(name, "") for name in form.fields if name not in UNKEPT})
    place = PAGE_KEYS.index(page)
    if "back" in request.POST:
        return see_other(f"{request.path}?page={PAGE_KEYS[max(place - 1, 0)]}")
    if not form.is_valid():
        return shown(request, page, form)
    if page != PAGE_KEYS[-1]:
        return see_other(f"{request.path}?page={PAGE_KEYS[place + 1]}")
    owner = begin_community(answers_of(SettingUp.typed_so_far(), form))
    login(request, owner.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return see_other(reverse("front:launch"))


def shown(request: Request, page: str, form: Form) -> HttpResponse:
    values = {"form": form, "page": page, "number": PAGE_KEYS.index(page) + 1, "pages": len(PAGES)}
    return render(request, "front/set_up.html", values, status=422 if form.errors else 200)


@require_GET
def launch(request: Request) -> HttpResponse:
    """Fourteen days of first steps, and links to give away."""
    if not may_open_desk(request.actor):
        raise NotAllowed(_("The desk is for the staff."))
    return render(request, "front/launch.html", {"launch": launch_list(request.actor, settings.STOA_URL)})
