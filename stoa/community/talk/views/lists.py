"""Lists of topics."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stoa.base.pages import find, render
from stoa.base.requests import Request
from stoa.community.talk.listing import TopicsPage, topics_page
from stoa.spaces.models import Space


@require_GET
def latest(request: Request) -> HttpResponse:
    page = asked_for(request, None)
    return render(request, "talk/topics.html", {"page": page}, fragment="topics")


@require_GET
def of_space(request: Request, space_id: int) -> HttpResponse:
    space = find(Space.objects.readable_by(request.actor), id=space_id)
    page = asked_for(request, space)
    return render(request, "talk/space_topics.html", {"page": page, "space": space}, fragment="topics")


def asked_for(request: Request, space: Space | None) -> TopicsPage:
    """The page of the list that the address asks for."""
    kind, before, period, of_kind = (request.GET.get(name, "") for name in ("list", "before", "period", "kind"))
    return topics_page(request.actor, kind, before, space, period, of_kind)
