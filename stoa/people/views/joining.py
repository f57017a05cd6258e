"""Joining: the form that keeps how somebody came, and the steps of the door."""

from typing import Any

from allauth.account.views import ConfirmEmailView, SignupView
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from stoa.base.errors import Invalid
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people import door
from stoa.people.actions.joining import admit, note_opened_here, pass_step
from stoa.people.claims import may_be_known
from stoa.people.entering import has_no_key
from stoa.people.models import Account, Person, purpose


class Join(SignupView):  # type: ignore[misc]
    """The library's sign-up; a link's code and an invitation's code travel from our address into the form. With a passkey there
    is no password: the passkey is made once the address is confirmed."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by_passkey": self.request.POST.get("by") == "passkey"}

    def get_initial(self) -> dict[str, Any]:
        codes = {name: self.request.GET.get(name, "")[:40] for name in ("via", "invitation")}
        return {**super().get_initial(), **codes}

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        return {**super().get_context_data(**given), "purpose": purpose}


class Confirm(ConfirmEmailView):  # type: ignore[misc]
    """The library's page behind the link of a letter. It says whether who opens it is who joined: the same browser lets them in."""

    def post(self, *arguments: Any, **named: Any) -> HttpResponse:
        answer: HttpResponse = super().post(*arguments, **named)
        account = self.request.user
        if isinstance(account, Account) and account.pk == self.object.email_address.user_id:
            note_opened_here(account)
        return answer


def _myself(request: Request) -> Person:
    return find(Person.objects.visible_to(request.actor), id=request.actor.person_id)


@require_GET
def at_the_door(request: Request) -> HttpResponse:
    """The next step, or the way in."""
    if request.actor.is_visitor:
        return see_other(f"{reverse('account_login')}?next={request.path}")
    if isinstance(request.user, Account) and has_no_key(request.user):
        return see_other(reverse("people:first_passkey"))
    return _draw(request, _myself(request))


def _draw(request: Request, person: Person, trouble: str = "") -> HttpResponse:
    stages = door.stages(person, request.actor)
    step = next((stage.step for stage in stages if not stage.is_done), None)
    inside = step.draw(request, person) if step else ""
    values = {
        "stages": stages, "step": step, "inside": inside, "person": person, "trouble": trouble,
        "may_be_known": may_be_known(person),
    }  # fmt: skip
    return render(request, "people/door.html", values, status=422 if trouble else 200)


@require_POST
def take_step(request: Request, step: str) -> HttpResponse:
    """Takes one step; the last one lets them in."""
    person = _myself(request)
    wanted = next((each for each in door.all_steps() if each.key == step), None)
    if wanted is None:
        raise Http404
    try:
        wanted.take(person, request.POST, by=request.actor)
        pass_step(person, step, by=request.actor)
    except Invalid as refusal:
        return _draw(request, person, refusal.reason)
    if person.standing == "member":
        messages.success(request, _("You are a member now. Read around, or open your first topic."))
        return see_other("/")
    return see_other(reverse("people:door"))


@require_POST
def come_in(request: Request) -> HttpResponse:
    """For those of whom nothing is asked any more."""
    admit(_myself(request), by=request.actor)
    return see_other("/")
