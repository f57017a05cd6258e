"""Public pages: the list of newsletters, one newsletter with its issues, subscribing."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stoa.base import cursors, limits
from stoa.base.errors import Invalid
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.networks.newsletter.home.actions.subscribing import ask_for, end_own, subscribe_oneself
from stoa.social.networks.newsletter.home.addresses import normal
from stoa.social.networks.newsletter.home.models import Issue, Newsletter, Picture, Subscriber
from stoa.social.networks.newsletter.home.models.mail import was_out
from stoa.social.networks.newsletter.home.policy import may_manage
from stoa.social.networks.newsletter.home.writing import words_of

PAGE, MOST = 20, 100
FRESH = "private, max-age=300"  # in no cache on the way: it may be taken back


def own_subscriptions(request: Request) -> set[int]:
    """The newsletters that this member gets at the address of their account."""
    address = normal(request.actor.proven) if request.actor.is_member else ""
    rows = Subscriber.objects.known_as(address).subscribed() if address else Subscriber.objects.none()
    return set(rows.values_list("newsletter_id", flat=True))


@require_safe
def newsletters(request: Request) -> HttpResponse:
    return drawn_list(request)


def drawn_list(request: Request, refused: Invalid | None = None) -> HttpResponse:
    values = {
        "newsletters": Newsletter.objects.offered().order_by("name", "id")[:MOST],
        "own": own_subscriptions(request), "refused": refused, "typed": request.POST.get("address", "")[:254],
        "chosen": request.POST.getlist("newsletters"), "may_manage": may_manage(request.actor),
    }  # fmt: skip
    return render(request, "newsletter/newsletters.html", values, status=refused.status if refused else 200)


@require_safe
def newsletter(request: Request, handle: str) -> HttpResponse:
    return drawn_newsletter(request, find(Newsletter.objects.all(), handle=handle))


def drawn_newsletter(request: Request, shown: Newsletter, refused: Invalid | None = None) -> HttpResponse:
    """With its issues, newest first, where everybody may read them: none before somebody has it."""
    rows = Issue.objects.standing().filter(newsletter=shown) if shown.is_shown else Issue.objects.none()
    rows = rows if may_manage(request.actor) else rows.filter(was_out())
    found = cursors.page(rows.prefetch_related("pictures"), "at", request.GET.get("before", ""), size=PAGE)
    for each in found.rows:
        each.newsletter = shown
    values = {
        "newsletter": shown, "issues": found.rows, "older": found.next, "refused": refused,
        "typed": request.POST.get("address", "")[:254],
        "may_own": bool(request.actor.proven), "is_own": shown.id in own_subscriptions(request),
        "may_manage": may_manage(request.actor),
    }  # fmt: skip
    return render(request, "newsletter/newsletter.html", values, status=refused.status if refused else 200)


@require_POST
def requests(request: Request) -> HttpResponse:
    """Asks by mail. The answer is the same whoever it is."""
    limits.take(f"newsletter from {limits.place_of(request)}", per=timedelta(minutes=10), allowed=10)
    handles = request.POST.getlist("newsletters")[:MOST]
    asked = list(Newsletter.objects.offered().filter(handle__in=handles).order_by("name"))
    try:
        ask_for(asked, request.POST.get("address", ""), language=get_language() or "en")
    except Invalid as refused:
        alone = asked[0] if request.POST.get("page") and len(asked) == 1 else None
        return drawn_newsletter(request, alone, refused) if alone else drawn_list(request, refused)
    return see_other(reverse("newsletter:asked"))


@require_safe
def asked(request: Request) -> HttpResponse:
    return render(request, "newsletter/asked.html")


@require_http_methods(["POST", "DELETE"])
def own(request: Request, handle: str) -> HttpResponse:
    """A member at the address of their account, which is proven already."""
    if request.method == "DELETE":
        chosen = find(Newsletter.objects.all(), handle=handle)
        end_own(chosen, by=request.actor)
        return see_other(chosen.get_absolute_url())
    chosen = find(Newsletter.objects.offered(), handle=handle)
    subscribe_oneself(chosen, by=request.actor)
    return see_other(chosen.get_absolute_url())


@require_safe
def issue(request: Request, handle: str, issue_id: int) -> HttpResponse:
    """One issue, where they can be read here; of one that was taken back, that it was."""
    rows = Issue.objects.select_related("newsletter").prefetch_related("pictures")
    is_told = was_out() | Q(gone_at__isnull=False)
    rows = rows if may_manage(request.actor) else rows.filter(is_told, newsletter__is_shown=True)
    shown = find(rows, id=issue_id, newsletter__handle=handle)
    values = {"newsletter": shown.newsletter, "issue": shown, "words": words_of(shown)}
    return render(request, "newsletter/issue.html", values, status=410 if shown.is_gone else 200)


@require_safe
def picture(request: Request, picture_id: int) -> HttpResponse:
    """Public as the issue that it belongs to."""
    rows = Picture.objects.filter(issue__gone_at=None, issue__isnull=False)
    rows = rows if may_manage(request.actor) else rows.filter(was_out("issue"), owner__is_shown=True)
    shown = find(rows, id=picture_id)
    with default_storage.open(shown.stored) as file:
        answer = HttpResponse(file.read(), content_type=shown.mime)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = FRESH if shown.owner.is_shown else "private, no-store"
    return answer
