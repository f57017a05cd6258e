"""Pages of badges: which there are and who has them, one's own, and giving one."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base import once
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions, policy
from stoa.community.talk.badge_form import BadgeForm
from stoa.community.talk.badge_reading import (
    all_held,
    badges_of,
    given_page,
    hidden_by,
    holders_page,
    places_to_give,
)
from stoa.community.talk.badges import definition_of
from stoa.community.talk.models import Badge
from stoa.community.talk.views.topics import show_in
from stoa.people.models import Person


@require_GET
def badges(request: Request) -> HttpResponse:
    """Which badges there are, and what they are for."""
    return render(request, "talk/badges.html", {"held": all_held(request.actor)})


@require_GET
def given(request: Request) -> HttpResponse:
    """Those that were given by hand."""
    return render(request, "talk/badges_given.html", given_page(request.actor, request.GET.get("before", "")))


@require_GET
def badge(request: Request, key: str) -> HttpResponse:
    """One kind of badge, and who has it."""
    definition = definition_of(key)
    if definition is None:
        raise Http404
    return render(request, "talk/badge.html", holders_page(definition, request.actor, request.GET.get("before", "")))


@require_http_methods(["GET", "POST"])
def own(request: Request) -> HttpResponse:
    """One's own badges, and which of them others see."""
    if not request.actor.is_member:
        raise NotAllowed(_("This page is for members."), _("Join, or sign in."))
    if request.method == "POST":
        actions.show_badges(request.POST.get("key", "")[:40], request.POST.get("shown") == "yes", by=request.actor)
        return see_other(reverse("talk:own_badges"))
    me = find(Person.objects.visible_to(request.actor), id=request.actor.person_id)
    values = {"badges": badges_of(me, request.actor), "all_hidden": "" in hidden_by(request.actor), "person": me}
    return render(request, "talk/own_badges.html", values)


@require_http_methods(["GET", "POST"])
@once.per_form
def of_person(request: Request, person_id: int) -> HttpResponse:
    """Giving a badge by hand."""
    person = find(Person.objects.visible_to(request.actor), id=person_id)
    everywhere, spaces = policy.may_give_badge(request.actor, person, None), places_to_give(request.actor)
    if not policy.may_badge_somewhere(request.actor) or person.id == request.actor.person_id:
        raise NotAllowed(
            _("You may not give badges here."), _("Badges are given to others, by those who look after a place.")
        )
    form = BadgeForm(request.POST if request.method == "POST" else None, spaces, everywhere)
    if request.method == "POST" and form.is_valid():
        try:
            about = form.thing(request.actor) or (None, None)
            words = (form.cleaned_data["name"], form.cleaned_data["words"])
            actions.give_badge(person, *words, by=request.actor, space=form.space(), about=about[0], about_in=about[1])
            return see_other(f"{person.address}#badges")
        except Invalid as refusal:
            show_in(form, refusal)
    values = {"form": form, "person": person}
    return render(request, "talk/give_badge.html", values, status=422 if form.errors else 200)


@require_POST
def taking_back(request: Request, badge_id: int) -> HttpResponse:
    """A badge that was given by hand goes."""
    found = find(Badge.objects.visible_to(request.actor).given().select_related("space", "person"), id=badge_id)
    actions.take_badge_back(found, by=request.actor)
    return see_other(f"{found.person.address}#badges")
