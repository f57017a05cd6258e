"""One delivery at the desk: its log, and what a person decides about it."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.publish import actions
from stoa.social.publish.models import Delivery
from stoa.social.publish.reading import DeliveryPage


def found(request: Request, delivery_id: int) -> Delivery:
    rows = Delivery.objects.visible_to(request.actor).select_related("channel", "post", "follows")
    return find(rows, id=delivery_id)


def page_of(row: Delivery) -> HttpResponse:
    return see_other(reverse("publish:delivery", args=[row.id]))


@require_GET
def delivery(request: Request, delivery_id: int) -> HttpResponse:
    page = DeliveryPage.of(found(request, delivery_id), request.actor)
    return render(request, "publish/delivery.html", {"page": page}, fragment="state")


@require_POST
def hold(request: Request, delivery_id: int) -> HttpResponse:
    row = found(request, delivery_id)
    return page_of(actions.hold_delivery(row, request.POST.get("reason", "")[:300], by=request.actor))


@require_POST
def withdrawal(request: Request, delivery_id: int) -> HttpResponse:
    row = found(request, delivery_id)
    return page_of(actions.withdraw_delivery(row, request.POST.get("reason", "")[:300], by=request.actor))


@require_POST
def sending(request: Request, delivery_id: int) -> HttpResponse:
    return page_of(actions.send_again(found(request, delivery_id), by=request.actor))


@require_POST
def confirmation(request: Request, delivery_id: int) -> HttpResponse:
    row = found(request, delivery_id)
    return page_of(actions.confirm_published(row, request.POST.get("address", "").strip(), by=request.actor))


@require_POST
def takedown(request: Request, delivery_id: int) -> HttpResponse:
    """Somebody took it down there by hand."""
    return page_of(actions.confirm_down(found(request, delivery_id), by=request.actor))


@require_POST
def release(request: Request, delivery_id: int) -> HttpResponse:
    row = found(request, delivery_id)
    return page_of(actions.let_go(row, request.POST.get("reason", "")[:300], by=request.actor))


@require_POST
def omission(request: Request, delivery_id: int) -> HttpResponse:
    """The rest of its thread goes out without it."""
    return page_of(actions.leave_out(found(request, delivery_id), by=request.actor))
