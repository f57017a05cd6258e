"""Signs under topics and replies, and the accepted answer."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from stoa.base.pages import see_other
from stoa.base.requests import Request
from stoa.community.talk import actions
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.reading import TopicPage
from stoa.community.talk.views.replies import found as found_reply
from stoa.community.talk.views.topics import found as found_topic


@require_http_methods(["POST"])
def under_topic(request: Request, topic_id: int) -> HttpResponse:
    topic = found_topic(request, topic_id)
    mark(request, topic)
    return see_other(topic.get_absolute_url())


@require_http_methods(["POST"])
def under_reply(request: Request, reply_id: int) -> HttpResponse:
    reply = found_reply(request, reply_id)
    mark(request, reply)
    return see_other(TopicPage.address_of(reply, request.actor))


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
