"""Devices on which one is told, and the service worker that shows it there."""

from pathlib import Path

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stoa.base.errors import NotAllowed
from stoa.base.pages import find, see_other
from stoa.base.requests import Request
from stoa.people.actions.devices import add_device, name_device, remove_device
from stoa.people.models import Device

WORKER = Path(__file__).parents[1] / "static" / "people" / "push-worker.js"


@require_POST
def devices(request: Request) -> HttpResponse:
    """Adds the browser that asks."""
    if request.actor.is_visitor:
        raise NotAllowed(_("Notices are for members."), _("Sign in to see yours."))
    sent = request.POST
    keys = (sent.get("endpoint", ""), sent.get("p256dh", ""), sent.get("auth", ""))
    add_device(sent.get("name", ""), *keys, session=request.session.session_key or "", by=request.actor)
    return see_other(reverse("people:notice_wishes") + "#devices")


@require_http_methods(["POST", "DELETE"])
def device(request: Request, device_id: int) -> HttpResponse:
    """Names one, or removes it."""
    found = find(Device.objects.visible_to(request.actor), id=device_id)
    if request.method == "DELETE":
        remove_device(found, by=request.actor)
    else:
        name_device(found, request.POST.get("name", ""), by=request.actor)
    return see_other(reverse("people:notice_wishes") + "#devices")


@require_safe
def push_worker(request: Request) -> HttpResponse:
    """At the root, where its scope may be chosen; asked for anew each time, so that a new one is taken over at once."""
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
