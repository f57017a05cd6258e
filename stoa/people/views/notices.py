"""Notices: the list, marking as read, how to be told."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base import actors
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.actions.notice import end_quiet, keep_quiet, read_all, read_notice
from stoa.people.actions.wishes import wish_all
from stoa.people.forms import QuietForm
from stoa.people.models import Notice
from stoa.people.models.notice import WAYS
from stoa.people.reading import hours, notices_page
from stoa.people.stopping import read_stop
from stoa.people.wishing import wishes


@require_GET
def notices(request: Request) -> HttpResponse:
    """What one should know, newest first."""
    if request.actor.is_visitor:
        raise NotAllowed(_("Notices are for members."), _("Sign in to see yours."))
    page = notices_page(request.actor, request.GET.get("before", ""))
    return render(request, "people/notices.html", {"notices": page.notices, "before": page.before}, fragment="list")


@require_POST
def reading(request: Request, notice_id: int) -> HttpResponse:
    """Marks one as read and goes where it points."""
    notice = find(Notice.objects.visible_to(request.actor), id=notice_id)
    read_notice(notice, by=request.actor)
    to = request.POST.get("to", "")
    is_ours = to.startswith("/") and to.isprintable() and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return see_other(to if is_ours else reverse("people:notices"))


@require_POST
def readings(request: Request) -> HttpResponse:
    """Marks all as read."""
    if request.actor.is_visitor:
        raise NotAllowed(_("Notices are for members."), _("Sign in to see yours."))
    read_all(by=request.actor)
    return see_other(reverse("people:notices"))


@require_http_methods(["GET", "POST"])
def wishes_page(request: Request) -> HttpResponse:
    """How to be told of what."""
    if request.actor.is_visitor:
        raise NotAllowed(_("Notices are for members."), _("Sign in to see yours."))
    if request.method == "POST":
        wish_all(chosen(request), by=request.actor)
        return see_other(reverse("people:notice_wishes"))
    return render(request, "people/notice_wishes.html", told_page(request.actor))


def chosen(request: Request) -> dict[tuple[str, str], str]:
    """What a form says of each kind that stood in it: `kinds`, and each of the ways that it showed holds the kinds that are told so."""
    shown, ways = request.POST.getlist("kinds"), [way for way in WAYS if way in request.POST.getlist("ways")]
    ticked = {way: set(request.POST.getlist(way)) for way in ways}
    return {(kind, way): "at_once" if kind in ticked[way] else "never" for kind in shown for way in ways}


def told_page(actor: Actor, refused: QuietForm | None = None) -> dict[str, Any]:
    """What the page of wishes shows; `refused` is what was sent and could not be kept."""
    kept = hours(actor)
    form = refused or QuietForm(initial=kept)
    return {"wishes": wishes(actor), "form": form, "is_quiet": bool(kept), "zone": actor.zone.replace("_", " ")}


@require_http_methods(["POST", "DELETE"])
def quiet(request: Request) -> HttpResponse:
    """The hours in which no mail comes."""
    if request.actor.is_visitor:
        raise NotAllowed(_("Notices are for members."), _("Sign in to see yours."))
    if request.method == "DELETE":
        end_quiet(by=request.actor)
        return see_other(reverse("people:notice_wishes"))
    form = QuietForm(request.POST)
    if not form.is_valid():
        return render(request, "people/notice_wishes.html", told_page(request.actor, form), status=422)
    keep_quiet(**form.cleaned_data, by=request.actor)
    return see_other(reverse("people:notice_wishes"))


@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop_mail(request: Request, token: str) -> HttpResponse:
    """Ends mails of one kind to whom the signed address speaks of: opened it asks, pressed (by a person or a mail program) it does."""
    found = read_stop(token)
    reader = actors.of_person(found[0]) if found else None
    if found is None or reader is None or not reader.is_member:
        raise Http404
    if request.method == "POST":
        found[1].stop(reader)
    return render(request, "people/mail_stop.html", {"kind": found[1], "is_stopped": request.method == "POST"})
