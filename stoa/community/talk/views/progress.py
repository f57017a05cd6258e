"""Where somebody stopped: going on from there, saying how far they came, calling all of it read."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stoa.base import ids
from stoa.base.pages import find, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.reading import TopicPage
from stoa.community.talk.unread import news_in, with_news
from stoa.community.talk.views.topics import found
from stoa.spaces.models import Space


@require_GET
def new(request: Request, topic_id: int) -> HttpResponse:
    """Leads to the first reply that is new for this reader; to the beginning where they have read none of it."""
    rows = with_news(Topic.objects.visible_to(request.actor).select_related("space", "author"), request.actor)
    topic = find(rows, id=topic_id)
    first = news_in(topic, request.actor).first() if request.actor.is_member and not vars(topic)["unseen"] else None
    return see_other(TopicPage.address_of(_in(topic, first), request.actor) if first else topic.get_absolute_url())


@require_GET
def newest(request: Request, topic_id: int) -> HttpResponse:
    """Leads to the last reply."""
    topic = found(request, topic_id)
    last = Reply.objects.visible_to(request.actor).filter(topic=topic, presence="here").order_by("-id").first()
    return see_other(TopicPage.address_of(_in(topic, last), request.actor) if last else topic.get_absolute_url())


def _in(topic: Topic, reply: Reply) -> Reply:
    reply.topic = topic
    return reply


@require_POST
def progress(request: Request, topic_id: int) -> HttpResponse:
    """By beacon as replies come into view; by a form from a page without scripts."""
    topic = found(request, topic_id)
    actions.read_topic(topic, ids.read(request.POST.get("to", "")) or 0, by=request.actor)
    return HttpResponse(status=204) if request.POST.get("beacon") else see_other(topic.get_absolute_url())


@require_POST
def of_space(request: Request, space_id: int) -> HttpResponse:
    space = find(Space.objects.readable_by(request.actor), id=space_id)
    actions.catch_up(space, by=request.actor)
    return see_other(space.address)


@require_POST
def everywhere(request: Request) -> HttpResponse:
    actions.catch_up(None, by=request.actor)
    return see_other(reverse("talk:topics"))
