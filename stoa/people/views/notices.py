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
from stoa.base.push import public_key
from stoa.base.requests import Request
from stoa.people.actions.notice import end_quiet, keep_quiet, read_all, read_notice
from stoa.people.actions.wishes import wish_all
from stoa.people.forms import QuietForm
from stoa.people.models import Device, Notice
from stoa.people.models.notice import WAYS
from stoa.people.policy import may_follow
from stoa.people.reading import hours, notices_page
from stoa.people.stopping import read_stop
from stoa.people.wish_groups import chosen_levels, wish_groups


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
    """What a form says of each kind that stood in it: `kinds`, each of the ways that it showed holds the kinds that are told so, and for
    each group its choice and the one that was shown."""
    ways = [way for way in WAYS if way in request.POST.getlist("ways")]
    ticked = {way: set(request.POST.getlist(way)) for way in ways}
    return chosen_levels(request.POST.getlist("kinds"), ways, request.POST.dict(), ticked)


def told_page(actor: Actor, refused: QuietForm | None = None) -> dict[str, Any]:
    """What the page of wishes shows; `refused` is what was sent and could not be kept."""
    kept = hours(actor)
    form = refused or QuietForm(initial=kept)
    devices = list(Device.objects.visible_to(actor).order_by("-id"))
    ways = [("page", _("Here")), ("mail", _("By mail")), *([("push", _("On devices"))] if devices else [])]
    return {
        "groups": wish_groups(actor, [way for way, _label in ways]), "form": form, "is_quiet": bool(kept),
        "zone": actor.zone.replace("_", " "), "devices": devices, "ways": ways, "push_key": public_key(),
        "may_add": may_follow(actor),
    }  # fmt: skip


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
