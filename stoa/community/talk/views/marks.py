"""Signs under topics and replies, and the accepted answer."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.base.text import excerpt
from stoa.community.talk import actions, policy
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.reading import TopicPage
from stoa.community.talk.tallies import Tallies
from stoa.community.talk.views.replies import found as found_reply
from stoa.community.talk.views.topics import found as found_topic


@require_http_methods(["GET", "POST"])
def under_topic(request: Request, topic_id: int) -> HttpResponse:
    topic = found_topic(request, topic_id)
    return answered(request, topic, topic, topic.get_absolute_url())


@require_http_methods(["GET", "POST"])
def under_reply(request: Request, reply_id: int) -> HttpResponse:
    reply = found_reply(request, reply_id)
    return answered(request, reply, reply.topic, TopicPage.address_of(reply, request.actor))


def answered(request: Request, on: Topic | Reply, topic: Topic, back: str) -> HttpResponse:
    """The choice of signs; after one was left or taken back, the place where it stands."""
    if request.method == "POST":
        mark(request, on)
        return see_other(back)
    values = {
        "topic": topic,
        "back": back,
        "words": excerpt(on.html, 200),
        "tallies": Tallies.choices(on, topic, request.actor) if policy.may_mark(request.actor, topic) else [],
    }
    return render(request, "talk/signs.html", values, fragment="choices")


def mark(request: Request, on: Topic | Reply) -> None:
    """Each button of the form says what it does: leave this sign, or take it back."""
    if key := request.POST.get("take"):
        actions.take_mark_back(on, key[:12], by=request.actor)
    else:
        actions.leave_mark(on, request.POST.get("sign", ""), by=request.actor)


@require_http_methods(["POST", "DELETE"])
def acceptance(request: Request, reply_id: int) -> HttpResponse:
    act = actions.take_acceptance_back if request.method == "DELETE" else actions.accept_answer
    return see_other(TopicPage.address_of(act(found_reply(request, reply_id), by=request.actor), request.actor))
