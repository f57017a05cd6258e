"""Rituals of a space, for those who keep them: a new one, one of them, its state."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from stoa.base import clock, once, previews
from stoa.base.errors import Invalid, NotPossible
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.base.shell import kept_site
from stoa.community.talk import actions, policy
from stoa.community.talk.models import Ritual, Topic
from stoa.community.talk.planning import next_instants
from stoa.community.talk.ritual_form import RitualForm
from stoa.community.talk.views.topics import show_in
from stoa.spaces.models import Space

DATES, LATEST = 5, 5


@require_http_methods(["GET", "POST"])
@once.per_form
def new(request: Request, space_id: int) -> HttpResponse:
    space = find(Space.objects.readable_by(request.actor), id=space_id)
    if not policy.may_keep_rituals(request.actor, space):
        raise Http404
    form = previews.form_of(RitualForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(actions.keep_ritual(space, form.plan(), by=request.actor).get_absolute_url())
        except (Invalid, NotPossible) as refusal:
            show_in(form, refusal)
    return written(request, form, {"space": space, "ritual": None, "zone": kept_site().zone})


def written(request: Request, form: RitualForm, values: dict[str, object]) -> HttpResponse:
    """The page with its form, and a preview where one is asked for."""
    values = {**values, "form": form, "preview": previews.asked(request, check=actions.check_ritual)}
    return render(request, "talk/ritual.html", values, fragment="preview", status=422 if form.errors else 200)


def found(request: Request, ritual_id: int) -> Ritual:
    ritual = find(Ritual.objects.visible_to(request.actor).select_related("space", "kept_by"), id=ritual_id)
    if not policy.may_keep_rituals(request.actor, ritual.space):
        raise Http404
    return ritual


@require_http_methods(["GET", "POST"])
def ritual(request: Request, ritual_id: int) -> HttpResponse:
    kept = found(request, ritual_id)
    form = previews.form_of(RitualForm, request, RitualForm.of(kept))
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(actions.change_ritual(kept, form.plan(), by=request.actor).get_absolute_url())
        except (Invalid, NotPossible) as refusal:
            show_in(form, refusal)
    opened = Topic.objects.visible_to(request.actor).filter(rituals__ritual=kept).order_by("-id")[:LATEST]
    dates = next_instants(kept, clock.now(), DATES) if kept.is_running else []
    around = {"space": kept.space, "ritual": kept, "opened": opened, "dates": dates, "zone": kept.zone}
    return written(request, form, around)


@require_http_methods(["POST"])
def state(request: Request, ritual_id: int) -> HttpResponse:
    """Each button of the page says what becomes of it."""
    acts = {"running": actions.resume_ritual, "paused": actions.pause_ritual, "ended": actions.end_ritual}
    kept, act = found(request, ritual_id), acts.get(request.POST.get("state", ""))
    if act is not None:
        kept = act(kept, by=request.actor)
    return see_other(kept.get_absolute_url())
