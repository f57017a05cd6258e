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
from stoa.social.publish.actions.rewriting import variant_of
from stoa.social.publish.composing import composer
from stoa.social.publish.forms import ComposeForm, of_delivery
from stoa.social.publish.models import Delivery, Variant
from stoa.social.publish.views.compose import material_of
from stoa.social.publish.words import piece_word


@require_http_methods(["GET", "POST"])
@once.per_form
def change(request: Request, delivery_id: int) -> HttpResponse:
    rows = Delivery.objects.visible_to(request.actor).select_related("channel", "post", "follows")
    delivery = find(rows.filter(post__isnull=False), id=delivery_id)
    if not policy.may_decide(request.actor, delivery):
        raise NotAllowed(_("You may not change this."))
    reason, mend = why_too_late(delivery)
    if reason:
        raise NotPossible(reason, mend)
    variant = variant_of(delivery)
    first = of_delivery(variant, delivery, clock.now())
    form = ComposeForm([delivery.channel], request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(keep(request, form, delivery))
        except Refusal as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else None, f"{refusal.reason} {refusal.mend}".strip())
    return drawn(request, form, delivery, variant)


def keep(request: Request, form: ComposeForm, delivery: Delivery) -> str:
    is_now = request.POST.get("act") == "now" or delivery.follows_id is not None
    wall = None if is_now else form.cleaned_data["wall"]
    if wall is None and not is_now:
        raise Invalid(_("Choose when it should go out, or send it now."), field="wall")
    zone = form.cleaned_data["zone"]
    change_delivery(delivery, form.shared("text"), wall=wall, zone=zone, by=request.actor)
    return reverse("publish:delivery", args=[delivery.id])


def drawn(request: Request, form: ComposeForm, delivery: Delivery, variant: Variant) -> HttpResponse:
    post = variant.post
    page = composer(form, None if delivery.follows_id else material_of(request, post), request.actor, zone=post.zone)
    values: dict[str, Any] = {
        "page": page, "delivery": delivery, "others": post.variants.count() - 1, "piece": piece_word(delivery),
        "comment": variant.first_comment,
    }  # fmt: skip
    return render(request, "publish/change.html", values, status=422 if form.errors else 200)
