"""Taking up an account that a person posts for."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base.errors import NotAllowed, Refusal
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.social.networks import policy, registry
from stoa.social.networks.actions import connect_by_hand
from stoa.social.networks.forms import HandForm
from stoa.social.networks.protocol import Connects
from stoa.social.networks.reading import offered_networks


@require_http_methods(["GET", "POST"])
def connecting(request: Request, network: str) -> HttpResponse:
    if not policy.may_connect(request.actor):
        raise NotAllowed(_("You may not connect channels."))
    if network not in {each.key for each in offered_networks() if each.hands}:
        raise Http404
    form = HandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = connect_by_hand(network, **form.cleaned_data, by=request.actor)
            return see_other(reverse("networks:channel", args=[made.id]))
        except Refusal as refusal:
            form.add_error(getattr(refusal, "field", "") or None, f"{refusal.reason} {refusal.mend}".strip())
    connector = registry.get(network)
    values = {"connector": connector, "connects": isinstance(connector, Connects), "form": form}
    return render(request, "networks/by_hand.html", values, status=422 if form.errors else 200)
