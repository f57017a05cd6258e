"""Notices: the list, marking as read, how to be told."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.actions.notice import read_all, read_notice, wish_mail
from stoa.people.models import Notice
from stoa.people.notices import all_kinds
from stoa.people.reading import notices_page, wishes


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
        for key in all_kinds():
            if mail := request.POST.get(key):
                wish_mail(key, mail, by=request.actor)
        return see_other(reverse("people:notice_wishes"))
    return render(request, "people/notice_wishes.html", {"wishes": wishes(request.actor)})
