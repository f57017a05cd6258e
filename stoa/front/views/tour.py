"""The tour of a demo: its page, and where one is in it, kept in a cookie of this browser session that only pressing sets."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.base.shell import kept_site
from stoa.front.tour import COOKIE, STEPS, step
from stoa.people.demo import PASSWORD


@require_http_methods(["GET", "POST"])
def tour(request: Request) -> HttpResponse:
    """All six steps; going to one of them, or closing the bar (step 0)."""
    if not kept_site().is_demo:
        raise Http404
    if request.method == "POST":
        return go(request)
    steps = [step(number, request.actor) for number in range(1, STEPS + 1)]
    return render(request, "front/tour.html", {"steps": steps, "password": PASSWORD})


def go(request: Request) -> HttpResponse:
    asked, back = request.POST.get("step", ""), request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    answer = see_other(back if is_ours else reverse("front:home"))
    if asked in map(str, range(1, STEPS + 1)):
        answer.set_cookie(COOKIE, asked, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        answer.delete_cookie(COOKIE)
    return answer
