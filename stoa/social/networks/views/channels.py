"""Channels at the desk: the list, connecting one, one channel."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.errors import NotAllowed, Refusal
from stoa.base.models.site import site
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.networks import policy
from stoa.social.networks.actions import connect_channel, disconnect_channel, set_budget
from stoa.social.networks.connecting import ConnectingPage
from stoa.social.networks.forms import BudgetForm, HoldForm
from stoa.social.networks.models import Channel, Hold
from stoa.social.networks.reading import ChannelPage, listed_channels, offered_networks, state_word


@require_GET
def channels(request: Request) -> HttpResponse:
    actor = request.actor
    if not policy.may_see_channels(actor):
        raise NotAllowed(_("You may not see channels."))
    whole = Hold.objects.visible_to(actor).standing().filter(channel=None)
    values = {
        "channels": listed_channels(actor),
        "holds": list(whole.order_by("since")),
        "may_connect": policy.may_connect(actor),
        "may_hold": policy.may_hold(actor, None),
        "paused": site().paused_reason,
        "form": HoldForm(),
    }
    return render(request, "networks/channels.html", values)


@require_GET
def networks(request: Request) -> HttpResponse:
    if not policy.may_connect(request.actor):
        raise NotAllowed(_("You may not connect channels."))
    return render(request, "networks/networks.html", {"networks": offered_networks()})


@require_http_methods(["GET", "POST"])
def connecting(request: Request, network: str) -> HttpResponse:
    """The one flow: what the connector asks, answered; then the account is ours to speak for."""
    if not policy.may_connect(request.actor):
        raise NotAllowed(_("You may not connect channels."))
    if network not in {each.key for each in offered_networks() if each.connects}:
        raise Http404
    page = ConnectingPage.of(network, request.POST if request.method == "POST" else None)
    if page.form is not None and request.method == "POST" and page.form.is_valid():
        try:
            made = connect_channel(network, page.form.cleaned_data, by=request.actor)
            return see_other(reverse("networks:channel", args=[made.id]))
        except Refusal as refusal:
            page.form.add_error(getattr(refusal, "field", "") or None, f"{refusal.reason} {refusal.mend}".strip())
    status = 422 if page.form is not None and page.form.errors else 200
    return render(request, "networks/connecting.html", {"page": page}, status=status)


@require_GET
def channel(request: Request, channel_id: int) -> HttpResponse:
    row = find(Channel.objects.visible_to(request.actor), id=channel_id)
    return shown(request, row, BudgetForm(initial={"amount": row.monthly_budget}))


def shown(request: Request, row: Channel, budget: BudgetForm) -> HttpResponse:
    page = ChannelPage.of(row, request.actor)
    state = state_word(row, page.holds[0] if page.holds else None)
    values = {"page": page, "state": state, "form": HoldForm(), "budget": budget}
    return render(request, "networks/channel.html", values, status=422 if budget.errors else 200)


@require_http_methods(["PUT"])
def budget(request: Request, channel_id: int) -> HttpResponse:
    """What the channel may spend in a month; a wrong amount stands beside its field."""
    row = find(Channel.objects.visible_to(request.actor), id=channel_id)
    form = BudgetForm(request.POST)
    if not form.is_valid():
        return shown(request, row, form)
    set_budget(row, form.cleaned_data["amount"], by=request.actor)
    return see_other(reverse("networks:channel", args=[row.id]))


@require_http_methods(["DELETE"])
def connection(request: Request, channel_id: int) -> HttpResponse:
    row = find(Channel.objects.visible_to(request.actor), id=channel_id)
    disconnect_channel(row, by=request.actor)
    return see_other(reverse("networks:channel", args=[row.id]))
