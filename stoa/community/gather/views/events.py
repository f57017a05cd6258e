"""Events: the lists, one event's page, planning, changing and cancelling one."""

from django.forms import Form
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import once, previews
from stoa.base.errors import Invalid, NotPossible, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.gather import actions, policy
from stoa.community.gather.forms import CancelForm, EventForm
from stoa.community.gather.listing import LISTS, events_page, spaces_to_plan_in
from stoa.community.gather.models import Event
from stoa.community.gather.reading import EventPage
from stoa.people.bookmarking import marked
from stoa.spaces.models import Space


def found(request: Request, event_id: int) -> Event:
    rows = Event.objects.visible_to(request.actor).annotate(is_marked=marked(request.actor, "gather.event"))
    return find(rows.select_related("space", "made_by"), id=event_id)


@require_GET
def events(request: Request) -> HttpResponse:
    kind = request.GET.get("list", "")
    page = events_page(request.actor, kind if kind in LISTS else "coming", request.GET.get("after", ""))
    values = {"page": page, "spaces": spaces_to_plan_in(request.actor)}
    return render(request, "gather/events.html", values, fragment="events")


@require_GET
def event(request: Request, event_id: int, slug: str = "") -> HttpResponse:
    event = found(request, event_id)
    if slug != event.slug:
        return see_other(event.get_absolute_url())
    return render(request, "gather/event.html", {"page": EventPage.of(event, request.actor)}, fragment="seats")


@require_http_methods(["GET", "POST"])
@once.per_form
def new(request: Request, space_id: int) -> HttpResponse:
    space = find(Space.objects.readable_by(request.actor), id=space_id)
    if not policy.may_plan_event(request.actor, space):
        raise Http404
    form = previews.form_of(EventForm, request, EventForm.begun())
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(actions.plan_event(space, form.plan(), by=request.actor).get_absolute_url())
        except (Invalid, NotPossible) as refusal:
            show_in(form, refusal)
    values = {"form": form, "space": space, "event": None, "preview": previews.asked(request)}
    return render(request, "gather/write_event.html", values, fragment="preview", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: Request, event_id: int) -> HttpResponse:
    event = changeable(request, event_id)
    form = previews.form_of(EventForm, request, EventForm.of(event))
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(actions.change_event(event, form.plan(), by=request.actor).get_absolute_url())
        except (Invalid, NotPossible) as refusal:
            show_in(form, refusal)
    preview = previews.asked(request, thing=("gather.event", event.id))
    values = {"form": form, "space": event.space, "event": event, "preview": preview}
    return render(request, "gather/write_event.html", values, fragment="preview", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cancellation(request: Request, event_id: int) -> HttpResponse:
    event = changeable(request, event_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return see_other(actions.cancel_event(event, reason=reason, by=request.actor).get_absolute_url())
    values = {"form": form, "event": event}
    return render(request, "gather/cancel_event.html", values, status=422 if form.errors else 200)


def changeable(request: Request, event_id: int) -> Event:
    """An event that the actor may change; for others this page does not exist."""
    event = found(request, event_id)
    if not policy.may_change_event(request.actor, event, actions.hosts_of(event)):
        raise Http404
    return event


def show_in(form: Form, refusal: Refusal) -> None:
    """Says what is wrong beside the field that is to blame, or above the form."""
    field = refusal.field if isinstance(refusal, Invalid) and refusal.field in form.fields else None
    form.add_error(field, refusal.reason)
