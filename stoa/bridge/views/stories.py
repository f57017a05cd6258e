"""The author's side: what was asked of them, what they granted, where their words went, and taking them back."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.bridge.actions import decline_use, grant_use, take_back
from stoa.bridge.forms import narrowing
from stoa.bridge.models import UsageRight
from stoa.bridge.reading import Story, rights_page


def own(request: Request, right_id: int) -> UsageRight:
    rows = UsageRight.objects.visible_to(request.actor).of(request.actor)
    return find(rows.with_all(), id=right_id)


@require_GET
def stories(request: Request) -> HttpResponse:
    """Your words: every request, and what became of it."""
    if not request.actor.is_member:
        raise NotAllowed(_("This page is for members."), _("Sign in to see yours."))
    rows = UsageRight.objects.visible_to(request.actor).of(request.actor)
    page = rights_page(rows, request.GET.get("before", ""))
    return render(request, "bridge/stories.html", {"page": page}, fragment="list")


@require_GET
def story(request: Request, right_id: int) -> HttpResponse:
    """The letter to its author. Staff are led to the desk's page of it."""
    right = find(UsageRight.objects.visible_to(request.actor).with_all(), id=right_id)
    if right.author_id != request.actor.person_id:
        return see_other(reverse("bridge:desk_story", kwargs={"right_id": right.id}))
    form = narrowing(right) if right.is_open else None
    values = {"story": Story.of(right, request.actor), "form": form}
    return render(request, "bridge/story.html", values, fragment="state")


@require_http_methods(["POST", "DELETE"])
def grant(request: Request, right_id: int) -> HttpResponse:
    """Granting, perhaps on narrower terms; taking back."""
    right = own(request, right_id)
    if request.method == "DELETE":
        return see_other(take_back(right, by=request.actor).address)
    if "narrowed" not in request.POST:
        return see_other(grant_use(right, by=request.actor).address)
    form = narrowing(right, request.POST)
    try:
        if form.is_valid():
            return see_other(grant_use(right, by=request.actor, terms=form.terms()).address)
    except Invalid as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
    values = {"story": Story.of(right, request.actor), "form": form}
    return render(request, "bridge/story.html", values, status=422)


@require_POST
def refusal(request: Request, right_id: int) -> HttpResponse:
    """No, thank you."""
    return see_other(decline_use(own(request, right_id), by=request.actor).address)
