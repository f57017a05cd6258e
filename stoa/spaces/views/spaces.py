"""Spaces as members and visitors see them."""

from dataclasses import asdict

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.following import followed_at
from stoa.spaces.actions.entry import apply_to_space, join_space, leave_space, withdraw_application
from stoa.spaces.arranging import beside, parted
from stoa.spaces.mentioning import mentionable
from stoa.spaces.models import Application, Space
from stoa.spaces.policy import may_see_members, may_take_part
from stoa.spaces.reading import archived_spaces, listed_spaces, members_page, page_of


@require_GET
def spaces(request: Request) -> HttpResponse:
    """All that one may know of."""
    return render(
        request,
        "spaces/spaces.html",
        {"parts": parted(listed_spaces(request.actor)), "archived": archived_spaces(request.actor)},
    )


@require_GET
def space(request: Request, space_id: int, slug: str = "") -> HttpResponse:
    """One space: its face, and what higher rooms bring to it."""
    rows = (
        Space.objects.visible_to(request.actor)
        .select_related("heading")
        .annotate(level=followed_at(request.actor, "spaces.space"))
    )
    found = find(rows, id=space_id)
    if request.path != found.address:
        return see_other(found.address)
    values = {**page_of(found, request.actor), "beside": beside(found, request.actor)}
    return render(request, "spaces/space.html", values)


@require_http_methods(["POST", "DELETE"])
def membership(request: Request, space_id: int) -> HttpResponse:
    """Comes in, or leaves."""
    found = find(Space.objects.visible_to(request.actor), id=space_id)
    if request.method == "DELETE":
        leave_space(found, by=request.actor)
    else:
        join_space(found, by=request.actor)
    return see_other(found.address if request.method == "POST" else reverse("spaces:spaces"))


@require_http_methods(["POST", "DELETE"])
def application(request: Request, space_id: int) -> HttpResponse:
    """Asks to come in, or takes the question back."""
    found = find(Space.objects.visible_to(request.actor), id=space_id)
    own = {"space": found, "person_id": request.actor.person_id or 0, "state": "open"}
    if request.method == "POST":
        apply_to_space(found, request.POST.get("answer", ""), by=request.actor)
    else:
        withdraw_application(find(Application.objects.visible_to(request.actor), **own), by=request.actor)
    return see_other(found.address)


@require_GET
def mentionables(request: Request, space_id: int) -> JsonResponse:
    """For a writing box: whom its writer may name here."""
    found = find(Space.objects.readable_by(request.actor), id=space_id)
    if not may_take_part(request.actor, found):
        raise Http404
    return JsonResponse(
        {"people": [asdict(each) for each in mentionable(found, request.GET.get("q", ""), to=request.actor)]}
    )


@require_GET
def members(request: Request, space_id: int) -> HttpResponse:
    """Who belongs to it."""
    found = find(Space.objects.visible_to(request.actor), id=space_id)
    if not may_see_members(request.actor, found):
        raise NotAllowed(_("Only those who read this space see who is in it."))
    asked = request.GET.get("q", "")[:80]
    page = members_page(found, request.GET.get("after", ""), asked)
    return render(request, "spaces/members.html", {"space": found, "page": page, "asked": asked})
