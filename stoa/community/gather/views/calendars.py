"""Calendar files: of one event, and one's own at a secret address."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.community.gather import actions, policy
from stoa.community.gather.calendars import TYPE, calendar_of
from stoa.community.gather.feeding import address_of, events_of, reader_of
from stoa.community.gather.reading import own_answer
from stoa.community.gather.views.events import found


@require_GET
def of_event(request: Request, event_id: int) -> HttpResponse:
    event = found(request, event_id)
    shows = policy.may_see_online_address(
        request.actor, event, own_answer(event, request.actor), actions.hosts_of(event)
    )
    return file(calendar_of([(event, shows)]), f"{event.slug}.ics")


@require_http_methods(["GET", "POST", "DELETE"])
def own(request: Request) -> HttpResponse:
    """The address of one's own calendar: shown, made anew, taken back."""
    if not policy.may_have_calendar(request.actor):
        raise Http404
    if request.method == "POST":
        actions.make_feed(by=request.actor)
    elif request.method == "DELETE":
        actions.revoke_feed(by=request.actor)
    if request.method != "GET":
        return see_other(request.path)
    return render(request, "gather/calendar.html", {"address": address_of(request.actor)})


@require_GET
def feed(request: Request, secret: str) -> HttpResponse:
    """What a program reads that was given the address; nobody is signed in here."""
    reader = reader_of(secret)
    if reader is None:
        raise Http404
    return file(calendar_of(events_of(reader)), "events.ics")


def file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "ignore").decode()}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
