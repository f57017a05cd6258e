"""The desk's page of headings, and which spaces stand under which."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base import ids
from stoa.base.errors import Invalid, NotAllowed, NotPossible, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.spaces.actions.headings import arrange_spaces, make_heading, move_heading, name_heading, remove_heading
from stoa.spaces.arranging import arranging_page
from stoa.spaces.forms import HeadingForm
from stoa.spaces.models import Heading, Space
from stoa.spaces.policy import may_arrange

UNDER = "under-"


def _draw(request: Request, status: int = 200, **more: Any) -> HttpResponse:
    page = arranging_page(request.actor, request.GET.get("after", ""))
    values = {"form": HeadingForm(), "refused": "", "refused_of": None, "why": "", **page, **more}
    return render(request, "spaces/desk_headings.html", values, status=status)


def _back() -> HttpResponse:
    return see_other(reverse("spaces:desk_headings"))


def _allowed(request: Request) -> None:
    if not may_arrange(request.actor):
        raise NotAllowed(_("You may not arrange spaces under headings."))


@require_http_methods(["GET", "POST"])
def headings(request: Request) -> HttpResponse:
    """All of them, and a new one."""
    _allowed(request)
    form = HeadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            make_heading(form.cleaned_data["title"], by=request.actor)
            return _back()
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error("title", refusal.reason)
    return _draw(request, 422 if form.errors else 200, form=form)


@require_http_methods(["POST", "DELETE"])
def heading(request: Request, heading_id: int) -> HttpResponse:
    """Gives it another title, or removes it."""
    _allowed(request)
    found = find(Heading.objects.visible_to(request.actor), id=heading_id)
    if request.method == "DELETE":
        remove_heading(found, by=request.actor)
        return _back()
    try:
        name_heading(found, request.POST.get("title", ""), by=request.actor)
    except Invalid as refusal:
        typed = request.POST.get("title", "")
        return _draw(request, 422, refused=typed, refused_of=found.id, why=refusal.reason)
    return _back()


@require_POST
def place(request: Request, heading_id: int) -> HttpResponse:
    """One place up or down."""
    _allowed(request)
    found = find(Heading.objects.visible_to(request.actor), id=heading_id)
    move_heading(found, up=request.POST.get("to") == "up", by=request.actor)
    return _back()


@require_POST
def spaces(request: Request) -> HttpResponse:
    """Which spaces stand under which: those that the form names, and no others."""
    _allowed(request)
    typed = [(name.removeprefix(UNDER), request.POST.get(name, "")) for name in request.POST if name.startswith(UNDER)]
    wanted = {ids.read(number): ids.read(value) for number, value in typed}
    under = {each.id: each for each in Heading.objects.visible_to(request.actor)}
    if any(number and number not in under for number in wanted.values()):
        raise NotPossible(_("One of these headings is gone meanwhile."), _("Look at the page again."))
    known = Space.objects.visible_to(request.actor).filter(id__in=[number for number in wanted if number])
    arrange_spaces({each: under[number] if (number := wanted[each.id]) else None for each in known}, by=request.actor)
    return _back()
