"""Signing in at a network: leaving, coming back (one of the two kinds of GET that write), and choosing among what was opened."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base.errors import NotAllowed, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.networks import policy
from stoa.social.networks.actions import choose_accounts, come_back, leave_for
from stoa.social.networks.actions.signing import choices, hash_of, host_of
from stoa.social.networks.connecting import ConnectingPage
from stoa.social.networks.forms import ChoiceForm
from stoa.social.networks.models import Channel, SigningIn
from stoa.social.networks.reading import offered_networks


@require_POST
def leaving(request: Request, network: str) -> HttpResponse:
    """A page that leads on by itself: a form that is answered by a redirect to elsewhere is stopped by browsers here."""
    if not policy.may_connect(request.actor):
        raise NotAllowed(_("You may not connect channels."))
    if network not in {each.key for each in offered_networks() if each.connects}:
        raise Http404
    page = ConnectingPage.of(network, signs=request.POST)
    if page.signing is None:
        raise Http404
    if page.signing.is_valid():
        try:
            going = leave_for(network, page.signing.cleaned_data, session=session_of(request), by=request.actor)
            values = {"network": page.connector.name, "address": going.address, "host": host_of(going.address)}
            return render(request, "networks/leaving.html", values)
        except Refusal as refusal:
            page.signing.add_error(getattr(refusal, "field", "") or None, f"{refusal.reason} {refusal.mend}".strip())
    return render(request, "networks/connecting.html", {"page": page}, status=422)


@require_GET
def returned(request: Request) -> HttpResponse:
    if not policy.may_connect(request.actor):
        raise NotAllowed(_("You may not connect channels."))
    brought = come_back(request.GET.dict(), session=session_of(request), by=request.actor)
    if isinstance(brought, SigningIn):
        return see_other(reverse("networks:signing", args=[brought.id]))
    return see_other(address_after(brought))


@require_http_methods(["GET", "POST"])
def choosing(request: Request, signing_id: int) -> HttpResponse:
    waiting = SigningIn.objects.visible_to(request.actor).open(hash_of(session_of(request)))
    row = find(waiting, id=signing_id)
    names = [account.name or account.handle for account, _granted in choices(row)]
    form = ChoiceForm(names, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = choose_accounts(row, form.cleaned_data["accounts"], by=request.actor)
        return see_other(address_after(chosen))
    values = {"form": form, "until": row.until}
    return render(request, "networks/choosing.html", values, status=422 if form.errors else 200)


def address_after(channels: list[Channel]) -> str:
    if len(channels) == 1:
        return reverse("networks:channel", args=[channels[0].id])
    return reverse("networks:channels")


def session_of(request: Request) -> str:
    return request.session.session_key or ""
