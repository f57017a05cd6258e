"""People's pages: the directory, a profile, one's own to edit, blocks."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.actions.fields import answer_fields
from stoa.people.actions.profile import block_person, bring_portrait, edit_profile, set_portrait, unblock_person
from stoa.people.directory import directory_page, words_said
from stoa.people.fields import answers_in, form_of, said_by
from stoa.people.forms import ProfileForm
from stoa.people.models import Person, ProfileField
from stoa.people.policy import may_see_directory
from stoa.people.reading import page_of


@require_GET
def people(request: Request) -> HttpResponse:
    """Everybody here, by name."""
    if not may_see_directory(request.actor):
        raise NotAllowed(_("Members see who is here."), _("Join, or sign in."))
    page = directory_page(request.actor, request.GET.dict())
    suggested = {kind: words_said(request.actor, kind) for kind in ("helps", "seeks")}
    return render(request, "people/people.html", {"page": page, "suggested": suggested})


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
    is_sent, fields = request.method == "POST", list(ProfileField.objects.visible_to(request.actor).asked().in_order())
    form = ProfileForm(request.POST) if is_sent else ProfileForm.of(me)
    more = form_of(fields, request.POST if is_sent else None, said_by(me))
    if is_sent and form.is_valid() and more.is_valid():
        try:
            edit_profile(me, form.profile(), by=request.actor)
            answer_fields(me, answers_in(more, fields), by=request.actor)
            return see_other(me.address)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
    values = {"form": form, "more": more, "person": me}
    values["suggested"] = {kind: words_said(request.actor, kind) for kind in ("helps", "seeks")}
    return render(request, "people/own_profile.html", values, status=422 if form.errors or more.errors else 200)


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
