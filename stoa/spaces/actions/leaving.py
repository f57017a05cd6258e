"""What this room keeps of a person: their roles, applications and invitations."""

from typing import Any

from django.utils.translation import gettext as _

from stoa.base.errors import NotPossible
from stoa.people.actions.leaving import rows_as_values
from stoa.people.keeping import Keeping
from stoa.people.models import Person
from stoa.spaces.actions.roles import keep_one
from stoa.spaces.models import Application, Grant, Invitation, InvitationUse, Space, SpaceRestriction
from stoa.spaces.shipped import OWNER


def export(person: Person) -> dict[str, Any]:
    grants = Grant.objects.filter(person=person).select_related("role")
    return {
        "roles": [{"role": each.role.key, "scope": each.scope_kind, "at": each.granted_at} for each in grants],
        "applications": rows_as_values(Application.objects.filter(person=person)),
        "restrictions": rows_as_values(SpaceRestriction.objects.filter(person=person).order_by("id")),
        "invitations_made": rows_as_values(Invitation.objects.filter(by_id=person.id)),
        "invitations_used": rows_as_values(InvitationUse.objects.filter(person=person)),
        "glass_broken": rows_as_values(person.glass_broken.all()),
    }


def may_leave(person: Person) -> None:
    """The last owner, and the last steward of a space that others are in, hand over first. Who never came holds
    nothing."""
    if person.standing == "pending":
        return
    for grant in Grant.objects.filter(person=person, role__key__in=(OWNER, "space.steward")).select_related("role"):
        space = Space.objects.filter(id=grant.scope_id).first() if grant.scope_kind == "space" else None
        alone = space and not Grant.objects.within(space.scope).exclude(person=person).exists()
        try:
            if not alone:
                keep_one(grant.role.key, space, besides=grant)
        except NotPossible as refusal:
            where = space.name if space else _("this community")
            raise NotPossible(
                _("You are the last to hold %(role)s in %(where)s.") % {"role": grant.role.name, "where": where},
                refusal.mend,
            ) from refusal


def erase(person: Person) -> None:
    """Their belonging and their words go; what they decided about others stays, by an id that leads to nobody."""
    for kind in (Grant, Application):
        kind.objects.filter(person=person).delete()
    InvitationUse.objects.filter(person=person).update(person=None)
    Invitation.objects.filter(person=person).delete()
    if person.account is not None:
        Invitation.objects.filter(email__iexact=person.account.email).delete()
    person.glass_broken.update(reason="")


KEEPING = Keeping("spaces", export, erase, may_leave)
