"""Exchanges of direct messages: the list of one's own, one of them, beginning one, answering a request, who may write to oneself."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import once
from stoa.base.errors import NotAllowed, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions, policy
from stoa.community.talk.direct_forms import MessageForm, NewExchangeForm, WishForm
from stoa.community.talk.direct_reading import ExchangePage, exchanges_page, with_news
from stoa.community.talk.models import Exchange
from stoa.community.talk.models.exchange import pair_of
from stoa.community.talk.picking import Picked
from stoa.community.talk.reaching import wish_of
from stoa.community.talk.views.topics import show_in


def found(request: Request, exchange_id: int) -> Exchange:
    rows = Exchange.objects.visible_to(request.actor).for_cards(request.actor)
    return find(with_news(rows, request.actor), id=exchange_id)


@require_GET
def exchanges(request: Request) -> HttpResponse:
    """One's own, the latest first."""
    if not request.actor.is_member:
        raise NotAllowed(_("Direct messages are for members."), _("Join, or sign in."))
    page = exchanges_page(request.actor, request.GET.get("before", ""))
    values = {"page": page, "may_write": policy.may_write_directly(request.actor)}
    return render(request, "talk/exchanges.html", values)


@require_GET
def exchange(request: Request, exchange_id: int) -> HttpResponse:
    """One of them, where it was left."""
    asked = (request.GET.get(each, "") for each in ("before", "after", "since", "barred"))
    page = ExchangePage.of(found(request, exchange_id), request.actor, *asked)
    return render(request, "talk/exchange.html", {"page": page, "form": MessageForm()}, fragment="messages")


@require_http_methods(["GET", "POST"])
@once.per_form
def new(request: Request) -> HttpResponse:
    """Choosing people and writing to them, in one form: nothing typed is lost while people are looked for."""
    if not policy.may_write_directly(request.actor):
        raise NotAllowed(_("You cannot write direct messages."), _("Only members can who are not suspended."))
    is_sent = request.method == "POST"
    picked = Picked.of(request.POST if is_sent else request.GET, request.actor)
    if not is_sent and len(picked.chosen) == 1:
        pair = pair_of(request.actor.own_id, picked.chosen[0].id)
        if known := Exchange.objects.visible_to(request.actor).filter(pair=pair).first():
            return see_other(known.get_absolute_url())
    if not is_sent or picked.is_searching:
        return write_page(request, NewExchangeForm(initial=request.POST.dict()), picked)
    form = NewExchangeForm(request.POST)
    if form.is_valid():
        try:
            begun = actions.begin_exchange(picked.chosen, by=request.actor, **form.cleaned_data)
            return see_other(begun.get_absolute_url())
        except Refusal as refusal:
            show_in(form, refusal)
    return write_page(request, form, picked)


def write_page(request: Request, form: NewExchangeForm, picked: Picked) -> HttpResponse:
    values = {"form": form, "picked": picked}
    return render(request, "talk/new_exchange.html", values, status=422 if form.errors else 200)


@require_http_methods(["POST", "DELETE"])
def consent(request: Request, exchange_id: int) -> HttpResponse:
    """Accepts a request, or declines it."""
    row = found(request, exchange_id)
    if request.method == "DELETE":
        actions.decline_request(row, by=request.actor)
        messages.success(request, _("Declined. Nobody is told."))
        return see_other(reverse("talk:exchanges"))
    actions.accept_request(row, by=request.actor)
    return see_other(row.get_absolute_url())


@require_http_methods(["GET", "POST"])
def wish(request: Request) -> HttpResponse:
    """Who may write to oneself."""
    if not request.actor.is_member:
        raise NotAllowed(_("Direct messages are for members."), _("Join, or sign in."))
    form = WishForm(request.POST if request.method == "POST" else None, initial={"who": wish_of(request.actor)})
    if request.method == "POST" and form.is_valid():
        actions.choose_who_writes(form.cleaned_data["who"], by=request.actor)
        messages.success(request, _("Kept."))
        return see_other(reverse("talk:exchanges"))
    return render(request, "talk/direct_wish.html", {"form": form}, status=422 if form.errors else 200)
