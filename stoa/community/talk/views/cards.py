"""Link cards: an author takes those of a text away; whoever looks after them drops one for everybody, or bars a host."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from stoa.base import cursors, elsewhere, ids
from stoa.base.errors import Invalid
from stoa.base.models import BarredHost
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions
from stoa.community.talk.card_reading import known_pages
from stoa.community.talk.forms import HostForm
from stoa.community.talk.views.replies import found as found_reply
from stoa.community.talk.views.topics import found as found_topic
from stoa.community.talk.views.topics import show_in


@require_http_methods(["DELETE"])
def of_topic(request: Request, topic_id: int) -> HttpResponse:
    return see_other(actions.take_cards_away(found_topic(request, topic_id), by=request.actor).get_absolute_url())


@require_http_methods(["DELETE"])
def of_reply(request: Request, reply_id: int) -> HttpResponse:
    return see_other(actions.take_cards_away(found_reply(request, reply_id), by=request.actor).get_absolute_url())


@require_http_methods(["GET", "POST", "DELETE"])
def link_cards(request: Request) -> HttpResponse:
    if not elsewhere.may_tend_cards(request.actor):
        raise Http404
    if request.method == "DELETE":
        dropped(request)
        return see_other(request.path)
    form = HostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            elsewhere.bar_host(form.cleaned_data["host"], by=request.actor)
            return see_other(request.path)
        except Invalid as refusal:
            show_in(form, refusal)
    values = {"form": form, **listed(request)}
    return render(request, "talk/link_cards.html", values, status=422 if form.errors else 200)


def listed(request: Request) -> dict[str, Any]:
    """The cards that there are, the latest first, perhaps of one host, and the hosts that are barred."""
    host = request.GET.get("host", "").strip().lower()[:253]
    pages = known_pages(request.actor)
    found = cursors.page(
        pages.filter(host__contains=host) if host else pages, "asked_at", request.GET.get("before", ""), size=30
    )
    barred = list(BarredHost.objects.visible_to(request.actor).order_by("host")[:500])
    return {
        "pages": found.rows,
        "next": found.next,
        "host": host,
        "barred": barred,
        "is_on": elsewhere.LINK_CARDS.get(),
    }


def dropped(request: Request) -> None:
    """One card, or the bar of one host."""
    number = ids.read(request.POST.get("page", "")) or 0
    if page := known_pages(request.actor).filter(id=number).first():
        elsewhere.drop_card(page, by=request.actor)
    number = ids.read(request.POST.get("barred", "")) or 0
    if barred := BarredHost.objects.visible_to(request.actor).filter(id=number).first():
        elsewhere.allow_host(barred, by=request.actor)
