"""Pages that a letter opens, without signing in: agreeing, ending it in one click (RFC 8058), choosing. Opened they ask, pressed they
do."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stoa.base.pages import render
from stoa.base.requests import Request
from stoa.social.networks.newsletter.home.actions.subscribing import agree, choose, end
from stoa.social.networks.newsletter.home.addresses import veiled
from stoa.social.networks.newsletter.home.models import Newsletter, Subscriber
from stoa.social.networks.newsletter.home.signing import read_choice, read_consent, read_stop

MOST = 100


def private(answer: HttpResponse) -> HttpResponse:
    """Kept by nobody on the way, and its address told to no page that it leads to."""
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@csrf_exempt
@require_http_methods(["GET", "POST"])
def confirmation(request: Request, token: str) -> HttpResponse:
    """The signed address is the proof: whoever holds it has the mailbox."""
    asked = read_consent(token)
    if asked is None:
        raise Http404
    if asked.is_over:
        return private(render(request, "newsletter/confirmation.html", {"is_over": True}, status=410))
    if request.method == "POST":
        agreed = agree(asked)
        values = {"agreed": agreed, "is_done": True, "is_over": not agreed}
        return private(render(request, "newsletter/confirmation.html", values, status=200 if agreed else 410))
    names = Newsletter.objects.filter(id__in=asked.newsletters).order_by("name")
    return private(render(request, "newsletter/confirmation.html", {"newsletters": names, "address": asked.address}))


@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: Request, token: str) -> HttpResponse:
    """Pressing twice is fine; a mail program presses without reading what comes back. A mail is passed on and its heads with it, so it
    leads no further from here."""
    found = read_stop(token)
    if found is None:
        raise Http404
    reader, mail_id = found
    if request.method == "POST":
        end(reader, mail_id=mail_id)
        reader.refresh_from_db()
    values = {"newsletter": reader.newsletter, "is_ended": not reader.is_subscribed}
    return private(render(request, "newsletter/stop.html", values))


@csrf_exempt
@require_http_methods(["GET", "POST"])
def choices(request: Request, token: str) -> HttpResponse:
    """What somebody gets, and what they could get."""
    reader = read_choice(token)
    if reader is None:
        raise Http404
    address, asked = reader.address, list[Newsletter]()
    if request.method == "POST" and address:
        wanted = Newsletter.objects.filter(handle__in=request.POST.getlist("newsletters")[:MOST])
        asked = choose(reader, list(wanted.values_list("id", flat=True)), language=get_language() or "en")
    own = (
        set(Subscriber.objects.known_as(address).subscribed().values_list("newsletter_id", flat=True))
        if address
        else set()
    )
    rows = [each for each in Newsletter.objects.order_by("name", "id")[:MOST] if each.is_open or each.id in own]
    values = {
        "newsletters": rows, "own": own, "asked": asked, "address": veiled(address),
        "is_done": request.method == "POST",
    }  # fmt: skip
    return private(render(request, "newsletter/choices.html", values))
