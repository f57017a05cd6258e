"""The switch: stopping and starting all sending."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base import clock, ids
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.networks import policy
from stoa.social.networks.actions import lift_hold, place_hold
from stoa.social.networks.forms import HoldForm
from stoa.social.networks.models import Channel, Hold
from stoa.social.networks.stopping import StoppedPage


@require_POST
def holds(request: Request) -> HttpResponse:
    """Stops one channel (`channel`), one network (`over`), or all sending."""
    kind, _colon, over = request.POST.get("over", "").partition(":")
    named = over if kind == "channel" else request.POST.get("channel", "")
    if kind not in ("", "channel", "network") or (kind and not over):
        raise Http404  # what cannot be read stops nothing, least of all everything
    channel = find(Channel.objects.visible_to(request.actor), id=ids.read(named) or 0) if named else None
    form = HoldForm(request.POST)
    length = form.length if form.is_valid() else None
    if form.errors:
        raise Invalid(str(form.fields["reason"].error_messages["required"]), field="reason")
    until = clock.now() + length if length else None
    network = over if kind == "network" else ""
    place_hold(channel, reason=form.cleaned_data["reason"], by=request.actor, until=until, network=network)
    return see_other(reverse("networks:stopped") if "over" in request.POST else address_of(channel))


@require_GET
def stopped(request: Request) -> HttpResponse:
    """What is stopped, since when, by whom and until when, and what waits."""
    if not policy.may_see_channels(request.actor):
        raise NotAllowed(_("You may not see channels."))
    values = {"page": StoppedPage.of(request.actor), "form": HoldForm()}
    return render(request, "networks/stopped.html", values)


@require_http_methods(["DELETE"])
def hold(request: Request, hold_id: int) -> HttpResponse:
    row = find(Hold.objects.visible_to(request.actor).select_related("channel"), id=hold_id)
    lift_hold(row, by=request.actor)
    is_here = request.POST.get("from") == "stopped" or bool(row.network)
    return see_other(reverse("networks:stopped") if is_here else address_of(row.channel))


def address_of(channel: Channel | None) -> str:
    return reverse("networks:channel", args=[channel.id]) if channel else reverse("networks:channels")
