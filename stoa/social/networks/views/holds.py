"""The switch: stopping and starting all sending."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base import clock, ids
from stoa.base.errors import Invalid
from stoa.base.pages import find, see_other
from stoa.base.requests import Request
from stoa.social.networks.actions import lift_hold, place_hold
from stoa.social.networks.forms import HoldForm
from stoa.social.networks.models import Channel, Hold


@require_POST
def holds(request: Request) -> HttpResponse:
    """Stops one channel (`channel`), or all sending."""
    number = ids.read(request.POST.get("channel", ""))
    channel = find(Channel.objects.visible_to(request.actor), id=number) if number else None
    form = HoldForm(request.POST)
    length = form.length if form.is_valid() else None
    if form.errors:
        raise Invalid(str(form.fields["reason"].error_messages["required"]), field="reason")
    until = clock.now() + length if length else None
    place_hold(channel, reason=form.cleaned_data["reason"], by=request.actor, until=until)
    return see_other(address_of(channel))


@require_http_methods(["DELETE"])
def hold(request: Request, hold_id: int) -> HttpResponse:
    row = find(Hold.objects.visible_to(request.actor).select_related("channel"), id=hold_id)
    lift_hold(row, by=request.actor)
    return see_other(address_of(row.channel))


def address_of(channel: Channel | None) -> str:
    return reverse("networks:channel", args=[channel.id]) if channel else reverse("networks:channels")
