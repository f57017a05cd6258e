"""A member's own invitations: what they made, who came by it, and taking it back."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base import once
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.spaces.actions.invitation import revoke_invitation
from stoa.spaces.actions.member_invitation import invite_as_member, left_this_week
from stoa.spaces.forms import MemberInvitationForm
from stoa.spaces.inviting import own_invitations, places_to_invite_to
from stoa.spaces.models import Invitation
from stoa.spaces.options import FROM_LEVEL, LINK_DAYS, LINK_USES
from stoa.spaces.policy import may_invite_few


@require_http_methods(["GET", "POST"])
@once.per_form
def own(request: Request) -> HttpResponse:
    """One's links, and a new one."""
    if not request.actor.is_member:
        raise NotAllowed(_("Invitations are made by members."), _("Join, or sign in."))
    form = MemberInvitationForm(request.POST if request.method == "POST" else None, places_to_invite_to(request.actor))
    if request.method == "POST" and form.is_valid():
        invite_as_member(form.space(), by=request.actor)
        return see_other(reverse("spaces:own_invitations"))
    values = own_invitations(request.actor, request.GET.get("before", "")) | _about(request.actor) | {"form": form}
    return render(request, "spaces/own_invitations.html", values, status=422 if form.errors else 200)


def _about(actor: Actor) -> dict[str, Any]:
    """What one may make now."""
    return {
        "may": may_invite_few(actor, None, FROM_LEVEL.get()), "left": left_this_week(actor), "uses": LINK_USES.get(),
        "days": LINK_DAYS.get(), "address": reverse("spaces:own_invitations"), "space": None, "is_own": True,
    }  # fmt: skip


@require_POST
def revocation(request: Request, invitation_id: int) -> HttpResponse:
    """Takes a link of one's own back."""
    found = find(Invitation.objects.visible_to(request.actor).filter(by_id=request.actor.person_id), id=invitation_id)
    revoke_invitation(found, by=request.actor)
    return see_other(reverse("spaces:own_invitations"))
