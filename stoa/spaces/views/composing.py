"""The desk's pages of roles and their rights: what each may do, new ones, changed ones, removed ones."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base import once
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.spaces.actions.composing import change_role, make_role, remove_role, rights_for
from stoa.spaces.composition import role_page, roles_list
from stoa.spaces.models import Role
from stoa.spaces.policy import may_compose, may_edit_roles, may_grant_on_site


@require_http_methods(["GET", "POST"])
@once.per_form
def roles(request: Request) -> HttpResponse:
    """All roles, and a new one, which begins with no right and is then composed on its own page."""
    if not may_grant_on_site(request.actor):
        raise NotAllowed(_("You may not give roles."))
    typed, error = request.POST.get("name", ""), ""
    if request.method == "POST":
        try:
            made = make_role(typed, request.POST.get("scope_kind", ""), (), by=request.actor)
            return see_other(reverse("spaces:desk_rights_of", kwargs={"role_id": made.id}))
        except Invalid as wrong:
            error = wrong.reason
    values = {
        **roles_list(request.actor),
        "typed": typed,
        "error": error,
        "chosen": request.POST.get("scope_kind", "space"),
    }
    return render(request, "spaces/desk_rights.html", values, status=422 if error else 200)


@require_http_methods(["GET", "POST", "DELETE"])
def role(request: Request, role_id: int) -> HttpResponse:
    """One role: what each of its rights does; changed, or removed with a word on where its holders go."""
    if not may_grant_on_site(request.actor):
        raise NotAllowed(_("You may not give roles."))
    found = find(Role.objects.visible_to(request.actor), id=role_id)
    if request.method == "GET":
        return render(
            request, "spaces/desk_role.html", {**role_page(found, request.actor), "error": "", "typed": found.name}
        )
    if request.method == "DELETE":
        roles_there = Role.objects.visible_to(request.actor).filter(scope_kind=found.scope_kind)
        into = roles_there.filter(key=request.POST.get("into", "")).first()
        remove_role(found, into, by=request.actor)
        return see_other(reverse("spaces:desk_rights"))
    return _changed(request, found)


def _changed(request: Request, found: Role) -> HttpResponse:
    """What is not theirs to change was not ticked by them, and stays as it is."""
    if not may_edit_roles(request.actor):
        raise NotAllowed(_("You may not change roles."))
    offered = {key for key in rights_for(found.scope_kind) if may_compose(request.actor, [key], found.scope_kind)}
    wanted = (set(found.rights) - offered) | (set(request.POST.getlist("right")) & offered)
    typed = request.POST.get("name", found.name)
    try:
        change_role(found, typed, wanted, by=request.actor)
    except Invalid as wrong:
        values = {**role_page(found, request.actor, wanted), "error": wrong.reason, "typed": typed}
        return render(request, "spaces/desk_role.html", values, status=422)
    return see_other(reverse("spaces:desk_rights_of", kwargs={"role_id": found.id}))
