"""The desk's pages: spaces, roles, broken glass."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base import once
from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.models import Person
from stoa.spaces.actions.glass import break_glass, list_closed_names
from stoa.spaces.actions.roles import grant_role, role, take_role
from stoa.spaces.actions.space import make_space
from stoa.spaces.arranging import parted
from stoa.spaces.desk import roles_page
from stoa.spaces.forms import SpaceForm
from stoa.spaces.models import Grant, Space
from stoa.spaces.policy import may_arrange, may_break_glass, may_grant_on_site, may_make_space, may_see_as
from stoa.spaces.reading import archived_spaces, listed_spaces


@require_http_methods(["GET", "POST"])
@once.per_form
def spaces(request: Request) -> HttpResponse:
    """All that one may know of, and a new one."""
    if not may_make_space(request.actor):
        raise NotAllowed(_("You may not make spaces."))
    form = SpaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return see_other(make_space(form.settings(), by=request.actor).address)
    listed = {"parts": parted(listed_spaces(request.actor)), "archived": archived_spaces(request.actor)}
    values = {"form": form, "may_see_as": may_see_as(request.actor, None), **listed}
    values["may_arrange"] = may_arrange(request.actor)
    return render(request, "spaces/desk_spaces.html", values, status=422 if form.errors else 200)


@require_GET
def roles(request: Request) -> HttpResponse:
    """Who holds which role over the site."""
    if not may_grant_on_site(request.actor):
        raise NotAllowed(_("You may not give roles."))
    return render(request, "spaces/desk_roles.html", roles_page(request.actor, request.GET.get("q", "")[:80]))


@require_http_methods(["POST", "DELETE"])
def role_of_person(request: Request, person_id: int) -> HttpResponse:
    """Gives a role over the site, or takes it."""
    if not may_grant_on_site(request.actor):
        raise NotAllowed(_("You may not give roles."))
    person = find(Person.objects.visible_to(request.actor), id=person_id)
    named = role(request.POST.get("role", ""))
    if request.method == "DELETE":
        grants = Grant.objects.visible_to(request.actor).filter(scope_kind="site").select_related("role")
        take_role(find(grants, person_id=person.id, role_id=named.id), by=request.actor)
    else:
        grant_role(person, named, by=request.actor)
    return see_other(reverse("spaces:desk_roles"))


@require_http_methods(["GET", "POST"])
def glass(request: Request) -> HttpResponse:
    """First the reason, then the names of closed spaces, told to each of them."""
    if not may_break_glass(request.actor):
        raise NotAllowed(_("Only an owner may do this."))
    names: list[Space] = []
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        names = list_closed_names(reason, by=request.actor)
    return render(request, "spaces/desk_glass.html", {"names": names, "reason": reason})


@require_POST
def glass_of_space(request: Request, space_id: int) -> HttpResponse:
    """Sight of one closed space for a day."""
    space = find(Space.objects.named_to(request.actor), id=space_id)
    break_glass(space, request.POST.get("reason", ""), by=request.actor)
    return see_other(space.address)
