"""Pages about fields of profiles: the desk's, and what is asked of a member at their next visit."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.actions.fields import answer_fields, archive_field, bring_field_back, move_field, write_field
from stoa.people.fields import answers_in, form_of, note_as_asked, open_for
from stoa.people.forms import FieldForm
from stoa.people.models import Person, ProfileField
from stoa.people.policy import may_edit_fields


@require_http_methods(["GET", "POST"])
def desk_fields(request: Request) -> HttpResponse:
    """All fields, and a form for one more."""
    return _page(request, None)


@require_http_methods(["GET", "POST"])
def desk_field(request: Request, field_id: int) -> HttpResponse:
    """One field to change."""
    _ask_for_the_right(request)
    return _page(request, find(ProfileField.objects.visible_to(request.actor), id=field_id))


@require_http_methods(["POST", "DELETE"])
def desk_archive(request: Request, field_id: int) -> HttpResponse:
    """Archives a field, or brings it back."""
    _ask_for_the_right(request)
    field = find(ProfileField.objects.visible_to(request.actor), id=field_id)
    (bring_field_back if request.method == "DELETE" else archive_field)(field, by=request.actor)
    return see_other(reverse("people:desk_fields"))


@require_POST
def desk_place(request: Request, field_id: int) -> HttpResponse:
    """Moves a field one place."""
    _ask_for_the_right(request)
    field = find(ProfileField.objects.visible_to(request.actor), id=field_id)
    move_field(field, up=request.POST.get("to") == "up", by=request.actor)
    return see_other(reverse("people:desk_fields"))


@require_http_methods(["GET", "POST"])
def asked_of_me(request: Request) -> HttpResponse:
    """What everyone is asked and what one has not answered yet; it can be put off for good."""
    me = find(Person.objects.visible_to(request.actor), id=request.actor.person_id)
    fields = open_for(me)
    form = form_of(fields, request.POST if request.method == "POST" and "later" not in request.POST else None, {})
    if request.method == "POST" and ("later" in request.POST or form.is_valid()):
        if "later" not in request.POST:
            answer_fields(me, answers_in(form, fields), by=request.actor)
        note_as_asked(me, fields)
        return see_other("/" if "later" in request.POST else me.address)
    return render(request, "people/asked.html", {"form": form, "fields": fields}, status=422 if form.errors else 200)


def _page(request: Request, field: ProfileField | None) -> HttpResponse:
    _ask_for_the_right(request)
    form = FieldForm(request.POST) if request.method == "POST" else FieldForm.of(field)
    if request.method == "POST" and form.is_valid():
        try:
            write_field(field, form.as_asked(), by=request.actor)
            return see_other(reverse("people:desk_fields"))
        except Invalid as refusal:
            form.add_error(refusal.field or None, refusal.reason)
    rows = list(ProfileField.objects.visible_to(request.actor).in_order())
    values = {"form": form, "field": field, "asked": [each for each in rows if not each.archived_at]}
    values["archived"] = [each for each in rows if each.archived_at]
    return render(request, "people/desk_fields.html", values, status=422 if form.errors else 200)


def _ask_for_the_right(request: Request) -> None:
    if not may_edit_fields(request.actor):
        raise NotAllowed(_("You may not change what people are asked about themselves."))
