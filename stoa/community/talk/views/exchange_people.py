"""A group of an exchange: who is in it, adding people, its name, leaving it."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base.errors import Refusal
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions, policy
from stoa.community.talk.direct_forms import NameForm
from stoa.community.talk.direct_reading import ExchangePage, place_of
from stoa.community.talk.models import Exchange
from stoa.community.talk.picking import Picked
from stoa.community.talk.views.exchanges import found
from stoa.community.talk.views.topics import show_in


def group(request: Request, exchange_id: int) -> Exchange:
    """A group in which one takes part; an exchange of two has nothing to tend."""
    row = found(request, exchange_id)
    if row.is_pair or not place_of(row, request.actor).takes_part:
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
def people(request: Request, exchange_id: int) -> HttpResponse:
    row = group(request, exchange_id)
    page = ExchangePage.of(row, request.actor)
    sent = request.POST if request.method == "POST" else request.GET
    picked = Picked.of(sent, request.actor, without=[each.id for each in page.people])
    values = {"page": page, "picked": picked, "form": NameForm(initial={"name": row.name}), "refused": ""}
    if request.method == "GET" or picked.is_searching:
        return people_page(request, values)
    try:
        actions.add_people(row, picked.chosen, by=request.actor)
    except Refusal as refusal:
        return people_page(request, {**values, "refused": f"{refusal.reason} {refusal.mend}"}, refusal.status)
    return see_other(reverse("talk:exchange_people", args=[row.id]))


def people_page(request: Request, values: dict[str, object], status: int = 200) -> HttpResponse:
    values["may_write"] = policy.may_write_directly(request.actor)
    return render(request, "talk/exchange_people.html", values, status=status)


@require_POST
def name(request: Request, exchange_id: int) -> HttpResponse:
    row, form = group(request, exchange_id), NameForm(request.POST)
    if form.is_valid():
        try:
            actions.rename_exchange(row, form.cleaned_data["name"], by=request.actor)
            return see_other(row.get_absolute_url())
        except Refusal as refusal:
            show_in(form, refusal)
    picked = Picked([], {}, "", [], is_searching=False)
    values = {"page": ExchangePage.of(row, request.actor), "picked": picked, "form": form, "refused": ""}
    return people_page(request, values, 422)


@require_http_methods(["DELETE"])
def place(request: Request, exchange_id: int) -> HttpResponse:
    """Leaves it."""
    actions.leave_exchange(group(request, exchange_id), by=request.actor)
    return see_other(reverse("talk:exchanges"))
