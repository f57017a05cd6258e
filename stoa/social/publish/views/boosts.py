"""Paid reach of a delivery: what somebody said of it, a new boost, one that ends or was a mistake."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base import clock, once
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.models.site import site
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.publish import actions, policy
from stoa.social.publish.boost_form import BoostForm
from stoa.social.publish.models import Boost
from stoa.social.publish.views.deliveries import found


@require_http_methods(["GET", "POST"])
@once.per_form
def boosts(request: Request, delivery_id: int) -> HttpResponse:
    delivery = found(request, delivery_id)
    if not policy.may_decide(request.actor, delivery):
        raise NotAllowed(_("You may not say that this is boosted."))
    form = BoostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.boost_delivery(delivery, form.said(), by=request.actor)
            return see_other(reverse("publish:boosts", args=[delivery.id]))
        except Invalid as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, f"{refusal.reason} {refusal.mend}".strip())
    now = clock.now()
    rows = [(each, each.is_on(now)) for each in delivery.boosts.order_by("-starts_at", "-id")[:100]]
    values = {"delivery": delivery, "rows": rows, "form": form, "zone": site().zone}
    return render(request, "publish/boosts.html", values, status=422 if form.errors else 200)


@require_http_methods(["POST", "DELETE"])
def boost(request: Request, boost_id: int) -> HttpResponse:
    """It ends now (POST), or was said by mistake (DELETE)."""
    row = find(Boost.objects.visible_to(request.actor).select_related("delivery__channel"), id=boost_id)
    act = actions.withdraw_boost if request.method == "DELETE" else actions.end_boost
    act(row, by=request.actor)
    return see_other(reverse("publish:boosts", args=[row.delivery_id]))
