"""Lists of topics."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stoa.base.actors import Actor
from stoa.base.pages import one, render
from stoa.base.requests import Request
from stoa.base.standing_queries import standing
from stoa.community.talk.listing import TopicsPage, topics_page
from stoa.spaces.models import Space


@require_GET
def latest(request: Request) -> HttpResponse:
    page = asked_for(request, None)
    return render(request, "talk/topics.html", {"page": page}, fragment="topics")


@require_GET
def of_space(request: Request, space_id: int) -> HttpResponse:
    space = one(standing(read_space, request.actor, space_id=space_id))
    page = asked_for(request, space)
    return render(request, "talk/space_topics.html", {"page": page, "space": space}, fragment="topics")


def read_space(actor: Actor, space_id: int) -> QuerySet[Space]:
    return Space.objects.readable_by(actor).filter(id=space_id).order_by()[:1]


def asked_for(request: Request, space: Space | None) -> TopicsPage:
    """The page of the list that the address asks for."""
    kind, before, period, of_kind = (request.GET.get(name, "") for name in ("list", "before", "period", "kind"))
    return topics_page(request.actor, kind, before, space, period, of_kind)
