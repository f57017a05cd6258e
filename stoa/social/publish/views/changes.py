"""Changing a delivery that has not gone out: the composer with what it holds, for its one channel."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base import clock, once
from stoa.base.errors import Invalid, NotAllowed, NotPossible, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.publish import policy
from stoa.social.publish.actions import change_delivery, why_too_late
from stoa.social.publish.composing import composer
from stoa.social.publish.forms import ComposeForm, of_delivery
from stoa.social.publish.models import Delivery
from stoa.social.publish.views.compose import material_of


@require_http_methods(["GET", "POST"])
@once.per_form
def change(request: Request, delivery_id: int) -> HttpResponse:
    rows = Delivery.objects.visible_to(request.actor).select_related("channel", "post", "variant__post")
    delivery = find(rows.filter(variant__isnull=False), id=delivery_id)
    if not policy.may_decide(request.actor, delivery):
        raise NotAllowed(_("You may not change this."))
    reason, mend = why_too_late(delivery)
    if reason:
        raise NotPossible(reason, mend)
    first = of_delivery(delivery.variant, delivery, clock.now())
    form = ComposeForm([delivery.channel], request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(keep(request, form, delivery))
        except Refusal as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else None, f"{refusal.reason} {refusal.mend}".strip())
    return drawn(request, form, delivery)


def keep(request: Request, form: ComposeForm, delivery: Delivery) -> str:
    wall = form.cleaned_data["wall"] if request.POST.get("act") != "now" else None
    if wall is None and request.POST.get("act") != "now":
        raise Invalid(_("Choose when it should go out, or send it now."), field="wall")
    zone = form.cleaned_data["zone"]
    change_delivery(delivery, form.shared("text"), wall=wall, zone=zone, by=request.actor)
    return reverse("publish:delivery", args=[delivery.id])


def drawn(request: Request, form: ComposeForm, delivery: Delivery) -> HttpResponse:
    post = delivery.variant.post
    page = composer(form, material_of(request, post), request.actor, zone=post.zone)
    others = post.variants.count() - 1
    values: dict[str, Any] = {"page": page, "delivery": delivery, "others": others}
    return render(request, "publish/change.html", values, status=422 if form.errors else 200)
