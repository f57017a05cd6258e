"""Drafts: the page of one's own, and one of them as a writing box reads and keeps it."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import cursors
from stoa.base.errors import NotAllowed
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.people.actions.drafts import Changed, Typed, delete_draft, keep_draft
from stoa.people.models import Draft

PAGE = 30


@require_GET
def drafts(request: Request) -> HttpResponse:
    """What one has not sent yet, the latest first."""
    if not request.actor.is_member:
        raise NotAllowed(_("Drafts are kept for members."), _("Join, or sign in."))
    page = cursors.page(Draft.objects.visible_to(request.actor), "at", request.GET.get("before", ""), size=PAGE)
    return render(request, "people/drafts.html", {"page": page})


@require_http_methods(["GET", "PUT", "DELETE"])
def draft(request: Request, place: str) -> HttpResponse:
    """One draft: read, kept, deleted. One that was changed elsewhere answers 409 with how it stands."""
    if not request.actor.is_member:
        raise NotAllowed(_("Drafts are kept for members."), _("Join, or sign in."))
    if request.method == "DELETE":
        delete_draft(place, by=request.actor)
        return see_other(reverse("people:drafts"))
    if request.method == "GET":
        return answered(Draft.objects.visible_to(request.actor).filter(place=place).first())
    try:
        return answered(keep_draft(place, typed(request), version_of(request), by=request.actor))
    except Changed as refusal:
        return answered(refusal.draft, status=409)


def typed(request: Request) -> Typed:
    address = request.POST.get("address", "")
    is_ours = address.startswith("/") and address.isprintable() and url_has_allowed_host_and_scheme(address, None)
    return Typed(request.POST.get("source", ""), request.POST.get("title", ""), address[:300] if is_ours else "")


def version_of(request: Request) -> int:
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else 0


def answered(draft: Draft | None, status: int = 200) -> HttpResponse:
    if draft is None:
        return HttpResponse(status=204)
    return JsonResponse({"source": draft.source, "title": draft.title, "version": draft.version}, status=status)
