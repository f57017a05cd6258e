"""Looking after a space: settings, roles, applications."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base import ids
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.models import Person
from stoa.spaces import policy
from stoa.spaces.actions.entry import decide_application
from stoa.spaces.actions.headings import arrange_spaces
from stoa.spaces.actions.roles import grant_role, role, take_role
from stoa.spaces.actions.space import change_space, set_state
from stoa.spaces.forms import SpaceForm
from stoa.spaces.models import Application, Grant, Heading, Space
from stoa.spaces.reading import manage_page, members_page


def looked_after(request: Request, space_id: int) -> Space:
    """A space that the actor has a hand in; for others the page does not exist."""
    found = find(Space.objects.visible_to(request.actor), id=space_id)
    asked = (policy.may_manage, policy.may_invite, policy.may_decide_applications, policy.may_grant_in)
    if not any(may(request.actor, found) for may in asked):
        raise Http404
    return found


def _back(space: Space) -> HttpResponse:
    return see_other(reverse("spaces:manage", kwargs={"space_id": space.id}))


@require_GET
def manage(request: Request, space_id: int) -> HttpResponse:
    """Everything at once."""
    space = looked_after(request, space_id)
    asked = request.GET.get("q", "")[:80]
    forms = {"form": SpaceForm.of(space)}
    page = members_page(space, request.GET.get("after", ""), asked)
    return render(
        request, "spaces/manage.html", {**manage_page(space, request.actor), **forms, "page": page, "asked": asked}
    )


@require_http_methods(["POST"])
def settings(request: Request, space_id: int) -> HttpResponse:
    """Sets everything a steward sets."""
    space = looked_after(request, space_id)
    form = SpaceForm(request.POST)
    if form.is_valid():
        change_space(space, form.settings(), by=request.actor)
        return see_other(space.address)
    values = {"form": form, "page": members_page(space), "asked": ""}
    return render(request, "spaces/manage.html", {**manage_page(space, request.actor), **values}, status=422)


@require_POST
def heading(request: Request, space_id: int) -> HttpResponse:
    """Under which heading it stands."""
    space = looked_after(request, space_id)
    named = request.POST.get("heading", "")
    under = find(Heading.objects.visible_to(request.actor), id=ids.read(named) or 0) if named else None
    arrange_spaces({space: under}, by=request.actor)
    return _back(space)


@require_POST
def state(request: Request, space_id: int) -> HttpResponse:
    """Active, read-only, archived."""
    space = looked_after(request, space_id)
    set_state(space, request.POST.get("state", ""), by=request.actor)
    return _back(space)


@require_http_methods(["POST", "DELETE"])
def role_of_member(request: Request, space_id: int, person_id: int) -> HttpResponse:
    """Gives somebody another role in this space, or ends their place in it."""
    space = looked_after(request, space_id)
    person = find(Person.objects.visible_to(request.actor), id=person_id)
    if request.method == "DELETE":
        take_role(
            find(Grant.objects.visible_to(request.actor).within(space.scope), person_id=person.id), by=request.actor
        )
    else:
        grant_role(person, role(request.POST.get("role", "")), space, by=request.actor)
    return _back(space)


@require_POST
def decision(request: Request, space_id: int, application_id: int) -> HttpResponse:
    """Yes or no, with reasons."""
    space = looked_after(request, space_id)
    waiting = Application.objects.visible_to(request.actor).filter(space=space).select_related("person", "space")
    application = find(waiting, id=application_id)
    accept = request.POST.get("accept") == "yes"
    decide_application(application, accept=accept, reason=request.POST.get("reason", ""), by=request.actor)
    return _back(space)
