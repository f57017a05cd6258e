"""The desk's first page: what waits, with marks on it, and that somebody looked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base import clock, ids
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.front.actions.visit import note_visit
from stoa.front.actions.work import hand_over_work, set_work_aside, snooze_work, take_work_back
from stoa.front.models import WorkMark
from stoa.front.policy import may_open_desk
from stoa.front.since import since_last_visit
from stoa.front.staff import staff
from stoa.front.worklist import LISTS, snoozes
from stoa.front.worklist import today as worklist
from stoa.people.models import Person


@require_GET
def desk(request: Request) -> HttpResponse:
    """The desk opens on Today."""
    if not may_open_desk(request.actor):
        raise NotAllowed(_("The desk is for the staff."))
    return redirect("front:today")


@require_GET
def today(request: Request) -> HttpResponse:
    """The worklist: mine, the team's (unless asked otherwise) or all."""
    if not may_open_desk(request.actor):
        raise NotAllowed(_("The desk is for the staff."))
    kind = request.GET.get("list", "")
    here = clock.now().astimezone(timezone.get_current_timezone())
    values = {
        "today": worklist(request.actor, kind if kind in LISTS else "team"), "since": since_last_visit(request.actor),
        "snoozes": snoozes(here), "staff": [each for each in staff() if each.id != request.actor.person_id],
        "now": here, "day": date_format(here, "l j F"),
    }  # fmt: skip
    return render(request, "front/today.html", values)


@require_POST
def marks(request: Request) -> HttpResponse:
    """Snoozes a row, hands it over, or says why it is not needed."""
    key, kind, by = request.POST.get("key", ""), request.POST.get("kind", ""), request.actor
    if kind == "snoozed":
        choices = {each.key: each.until for each in snoozes(clock.now().astimezone(timezone.get_current_timezone()))}
        snooze_work(key, choices.get(request.POST.get("until", ""), clock.now()), by=by)
        messages.success(request, _("Put off. It comes back by itself; until then it stands under All, set aside."))
    elif kind == "handed":
        to = find(Person.objects.visible_to(by), id=ids.read(request.POST.get("to", "")) or 0)
        hand_over_work(key, to, by=by)
        messages.success(
            request, _("Handed over to %(name)s. It stands under All until it is done.") % {"name": to.name}
        )
    elif kind == "not_needed":
        set_work_aside(key, request.POST.get("reason", ""), by=by)
        messages.success(request, _("Set aside, with your reason. Under All it can be taken back."))
    else:
        raise Invalid(_("Snooze it, hand it over, or say why it is not needed."))
    return _back(request)


@require_http_methods(["DELETE"])
def mark(request: Request, mark_id: int) -> HttpResponse:
    take_work_back(find(WorkMark.objects.visible_to(request.actor), id=mark_id), by=request.actor)
    messages.success(request, _("It waits again."))
    return _back(request)


def _back(request: Request) -> HttpResponse:
    """To the list on which it was pressed."""
    kind = request.POST.get("list", "")
    return see_other(reverse("front:today") + (f"?list={kind}" if kind in LISTS else ""))


@require_POST
def visit(request: Request) -> HttpResponse:
    """The page says that it was looked at."""
    note_visit(by=request.actor)
    return HttpResponse(status=204)
