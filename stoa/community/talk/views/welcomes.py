"""The desk's pages about welcomes: welcoming one newcomer, and the words that the team keeps."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base import ids, once
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.talk import policy
from stoa.community.talk.actions.welcomes import delete_welcome, keep_welcome, welcome
from stoa.community.talk.forms import SavedWelcomeForm, WelcomeForm
from stoa.community.talk.introducing import first_topic
from stoa.community.talk.models import SavedWelcome, Welcome
from stoa.community.talk.models.welcome import VARIABLES
from stoa.community.talk.views.topics import show_in
from stoa.community.talk.welcoming import prefilled
from stoa.people.models import Person
from stoa.spaces.models import Space


@require_http_methods(["GET", "POST"])
@once.per_form
def of_newcomer(request: Request, person_id: int) -> HttpResponse:
    """Writing a welcome, beginning with words that are kept."""
    only_the_team(request)
    newcomer = find(Person.objects.visible_to(request.actor).filter(standing="member"), id=person_id)
    kept = list(SavedWelcome.objects.visible_to(request.actor).order_by("title", "id"))
    chosen = next(
        (each for each in kept if each.id == ids.read(request.GET.get("words", ""))), kept[0] if kept else None
    )
    topic, spaces = first_topic(newcomer), _spaces(request)
    answers = topic is not None and policy.may_reply(request.actor, topic)
    form = WelcomeForm(request.POST or None, initial={"source": prefilled(newcomer, chosen, request.actor)})
    form.offer([] if answers else spaces)
    if request.method == "POST" and form.is_valid():
        try:
            space = next((each for each in spaces if each.shown_id == form.cleaned_data["space"]), None)
            welcome(newcomer, form.cleaned_data["source"], space=space, by=request.actor)
            return see_other(request.path)
        except (Invalid, NotPossible) as refusal:
            show_in(form, refusal)
    done = Welcome.objects.visible_to(request.actor).filter(newcomer=newcomer).select_related("by", "topic").first()
    values = {"newcomer": newcomer, "kept": kept, "chosen": chosen, "topic": topic if answers else None, "form": form}
    return render(request, "talk/welcome.html", {**values, "done": done}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def saved(request: Request) -> HttpResponse:
    """The words that are kept, and a form for more."""
    return _saved_page(request, None)


@require_http_methods(["GET", "POST", "DELETE"])
def one_saved(request: Request, saved_id: int) -> HttpResponse:
    """One of them to change, or to delete."""
    only_the_team(request)
    found = find(SavedWelcome.objects.visible_to(request.actor), id=saved_id)
    if request.method == "DELETE":
        delete_welcome(found, by=request.actor)
        return see_other(reverse("talk:saved_welcomes"))
    return _saved_page(request, found)


def _saved_page(request: Request, found: SavedWelcome | None) -> HttpResponse:
    only_the_team(request)
    initial = {"title": found.title, "source": found.source} if found else {}
    form = SavedWelcomeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            keep_welcome(found, **form.cleaned_data, by=request.actor)
            return see_other(reverse("talk:saved_welcomes"))
        except (Invalid, NotPossible) as refusal:
            show_in(form, refusal)
    kept = SavedWelcome.objects.visible_to(request.actor).order_by("title", "id")
    values = {"form": form, "found": found, "kept": kept, "variables": [f"{{{each}}}" for each in VARIABLES]}
    return render(request, "talk/saved_welcomes.html", values, status=422 if form.errors else 200)


def _spaces(request: Request) -> list[Space]:
    """Where every member reads it and one may open a topic."""
    spaces = (
        Space.objects.readable_by(request.actor).living().filter(visibility__in=("public", "members"), ask_team=False)
    )
    return [each for each in spaces.order_by("name", "id") if policy.may_open_topic(request.actor, each)]


def only_the_team(request: Request) -> None:
    if not policy.may_introduce(request.actor):
        raise NotAllowed(_("Welcoming newcomers is for the team."))
