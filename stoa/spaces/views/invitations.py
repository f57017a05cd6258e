"""Invitations: the page that one leads to, and the pages of those who make them, in a space and at the desk."""

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base import once
from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.models import Person
from stoa.spaces.actions.invitation import invite, revoke_invitation, stands, use_invitation
from stoa.spaces.actions.roles import role
from stoa.spaces.forms import InvitationForm
from stoa.spaces.inviting import givable_roles, invitations_page
from stoa.spaces.models import Invitation, Space
from stoa.spaces.policy import may_invite, may_invite_to_site
from stoa.spaces.views.manage import looked_after


@require_http_methods(["GET", "POST"])
def invitation(request: Request, code: str) -> HttpResponse:
    """What an invitation leads to; members use it with a press, others are led through the door with it. Whatever is wrong with one,
    the answer is the same."""
    good = Invitation.objects.for_bearer(request.actor).with_code(code).select_related("space", "role").first()
    if good is None or not stands(good):
        return render(request, "spaces/invitation_over.html", status=404)
    if request.method == "GET":
        return render(request, "spaces/invitation.html", {"invitation": good, "space": good.space, "code": code})
    use_invitation(good, _myself(request), by=request.actor)
    return see_other(good.space.address if good.space else "/")


@require_POST
def accept(request: Request, space_id: int) -> HttpResponse:
    """Comes in by the invitation that names oneself."""
    found = find(Invitation.objects.addressed_to(request.actor).select_related("space", "role"), space_id=space_id)
    use_invitation(found, _myself(request), by=request.actor)
    return see_other(found.space.address if found.space else "/")


def _myself(request: Request) -> Person:
    return find(Person.objects.visible_to(request.actor), id=request.actor.person_id)


@require_http_methods(["GET", "POST"])
@once.per_form
def of_space(request: Request, space_id: int) -> HttpResponse:
    """The invitations into a space, and a new one."""
    space = looked_after(request, space_id)
    if not may_invite(request.actor, space):
        raise NotAllowed(_("You may not invite people here."))
    form = InvitationForm(_typed(request), givable_roles(space, request.actor))
    return _listed_or_made(request, space, form, reverse("spaces:invitations", kwargs={"space_id": space.id}))


@require_http_methods(["GET", "POST"])
@once.per_form
def of_site(request: Request) -> HttpResponse:
    """The invitations to the community, and a new one."""
    if not may_invite_to_site(request.actor):
        raise NotAllowed(_("You may not invite people here."))
    return _listed_or_made(request, None, InvitationForm(_typed(request)), reverse("spaces:desk_invitations"))


def _typed(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _listed_or_made(request: Request, space: Space | None, form: InvitationForm, address: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        named = role(given["role"]) if "role" in given else None
        invite(space, by=request.actor, role=named, email=given["email"], uses=given["uses"], lasts=form.lasts())
        return see_other(address)
    values = invitations_page(space, request.actor, request.GET.get("before", "")) | {"form": form, "address": address}
    template = "spaces/invitations.html" if space else "spaces/desk_invitations.html"
    return render(request, template, values, status=422 if form.errors else 200)


@require_POST
def revocation(request: Request, space_id: int, invitation_id: int) -> HttpResponse:
    """Takes a link into a space back."""
    space = looked_after(request, space_id)
    found = find(Invitation.objects.visible_to(request.actor).filter(space=space), id=invitation_id)
    revoke_invitation(found, by=request.actor)
    return see_other(reverse("spaces:invitations", kwargs={"space_id": space.id}))


@require_POST
def revocation_of_site(request: Request, invitation_id: int) -> HttpResponse:
    """Takes a link into the community back."""
    found = find(Invitation.objects.visible_to(request.actor).filter(space=None), id=invitation_id)
    revoke_invitation(found, by=request.actor)
    return see_other(reverse("spaces:desk_invitations"))
