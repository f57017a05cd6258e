"""People's pages: the directory, a profile, one's own to edit, blocks."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.actions.profile import block_person, bring_portrait, edit_profile, set_portrait, unblock_person
from stoa.people.forms import ProfileForm
from stoa.people.models import Person
from stoa.people.policy import may_see_directory
from stoa.people.reading import directory_page, page_of


@require_GET
def people(request: Request) -> HttpResponse:
    """Everybody here, by name."""
    if not may_see_directory(request.actor):
        raise NotAllowed(_("Members see who is here."), _("Join, or sign in."))
    asked = request.GET.get("q", "")[:80]
    page = directory_page(request.actor, asked, request.GET.get("after", ""))
    return render(request, "people/people.html", {"page": page, "asked": asked})


@require_GET
def person(request: Request, person_id: int, slug: str = "") -> HttpResponse:
    """One person, and what they did here."""
    found = find(Person.objects.visible_to(request.actor), id=person_id)
    if request.path != found.address:
        return see_other(found.address)
    return render(request, "people/person.html", page_of(found, request.actor))


@require_http_methods(["GET", "POST"])
def own_profile(request: Request) -> HttpResponse:
    """What one says about oneself."""
    me = find(Person.objects.visible_to(request.actor), id=request.actor.person_id)
    form = ProfileForm(request.POST) if request.method == "POST" else ProfileForm.of(me)
    if request.method == "POST" and form.is_valid():
        edit_profile(me, form.profile(), by=request.actor)
        return see_other(me.address)
    status = 422 if form.errors else 200
    return render(request, "people/own_profile.html", {"form": form, "person": me}, status=status)


@require_http_methods(["POST", "DELETE"])
def portrait(request: Request) -> HttpResponse:
    """Brings a picture of oneself, or takes it away."""
    me = find(Person.objects.visible_to(request.actor), id=request.actor.person_id)
    upload = request.FILES.get("picture")
    if request.method == "POST" and upload is None:
        raise Invalid(_("Choose a picture first."), field="picture")
    if request.method == "DELETE" or upload is None:
        set_portrait(me, None, by=request.actor)
    else:
        bring_portrait(me, upload, by=request.actor)
    return see_other(reverse("people:own_profile"))


@require_http_methods(["POST", "DELETE"])
def block(request: Request, person_id: int) -> HttpResponse:
    """Blocks or mutes somebody, or takes it back."""
    other = find(Person.objects.visible_to(request.actor), id=person_id)
    if request.method == "DELETE":
        unblock_person(other, by=request.actor)
    else:
        block_person(other, by=request.actor, kind="mute" if request.POST.get("kind") == "mute" else "block")
    return see_other(other.address)
