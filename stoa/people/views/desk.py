"""The desk's pages about people: members, purpose, what is asked at the door."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.actions.joining import retire_question, write_question
from stoa.people.actions.profile import set_purpose
from stoa.people.desk import desk_page, questions
from stoa.people.forms import PurposeForm, QuestionForm
from stoa.people.models import DoorQuestion, purpose
from stoa.people.policy import may_edit_door, may_see_desk_members


@require_GET
def members(request: Request) -> HttpResponse:
    """All members with their answers at the door, newest first."""
    if not may_see_desk_members(request.actor):
        raise NotAllowed(_("This page is for those who look after members."))
    asked = request.GET.get("q", "")[:80]
    page = desk_page(request.actor, asked, request.GET.get("before", ""))
    return render(request, "people/desk_members.html", {"page": page, "asked": asked})


@require_http_methods(["GET", "POST"])
def door(request: Request) -> HttpResponse:
    """The purpose and the questions at the door."""
    if not may_edit_door(request.actor):
        raise NotAllowed(_("You may not change what is asked at the door."))
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write_question(None, **form.cleaned_data, by=request.actor)
        return see_other(reverse("people:desk_door"))
    values = {"form": form, "questions": questions(request.actor), "purpose_form": PurposeForm({"sentence": purpose()})}
    return render(request, "people/desk_door.html", values, status=422 if form.errors else 200)


@require_POST
def write_purpose(request: Request) -> HttpResponse:
    """Sets the sentence."""
    set_purpose(request.POST.get("sentence", ""), by=request.actor)
    return see_other(reverse("people:desk_door"))


@require_POST
def retire(request: Request, question_id: int) -> HttpResponse:
    """Asks a question no more."""
    retire_question(find(DoorQuestion.objects.visible_to(request.actor), id=question_id), by=request.actor)
    return see_other(reverse("people:desk_door"))
