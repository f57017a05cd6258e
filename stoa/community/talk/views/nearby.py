"""Who is writing, who was here lately: drawn for a page that asks, and said by the page of somebody who is.

Saying so changes no row: the front is told that the pages it keeps are as good as before."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.base.server.front import WROTE_NOTHING
from stoa.community.talk import actions, nearby
from stoa.community.talk.forms import SeenForm
from stoa.community.talk.views.topics import found
from stoa.spaces.models import Space


@require_http_methods(["GET", "POST"])
def in_topic(request: Request, topic_id: int) -> HttpResponse:
    topic = found(request, topic_id)
    if request.method == "POST":
        nearby.says_writing(topic, by=request.actor)
        return nothing_written()
    return drawn(request, "talk/nearby_topic.html", nearby.writing_in(topic, request.actor))


@require_http_methods(["GET", "POST"])
def in_space(request: Request, space_id: int) -> HttpResponse:
    space = find(Space.objects.readable_by(request.actor), id=space_id)
    if request.method == "POST":
        nearby.says_here(space, by=request.actor)
        return nothing_written()
    return drawn(request, "talk/nearby_space.html", nearby.lately_in(space, request.actor))


@require_http_methods(["GET", "POST"])
def wish(request: Request) -> HttpResponse:
    """Whether others see that one is writing or here."""
    if not request.actor.is_member:
        raise NotAllowed(_("Visitors are never shown."), _("Join, or sign in."))
    form = SeenForm(
        request.POST if request.method == "POST" else None, initial={"seen": not nearby.is_unseen(request.actor)}
    )
    if request.method == "POST" and form.is_valid():
        actions.choose_to_be_seen(form.cleaned_data["seen"], by=request.actor)
        messages.success(request, _("Kept."))
        return see_other(request.path)
    return render(request, "talk/seen_wish.html", {"form": form})


def drawn(request: Request, template: str, seen: nearby.Nearby) -> HttpResponse:
    answer = render(request, template, {"seen": seen})
    answer["Cache-Control"] = "no-store"
    return answer


def nothing_written() -> HttpResponse:
    return HttpResponse(status=204, headers={WROTE_NOTHING: "1", "Cache-Control": "no-store"})
