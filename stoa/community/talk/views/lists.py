"""Lists of topics, and the search."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stoa.base import search, things
from stoa.base.pages import find, render
from stoa.base.requests import Request
from stoa.community.talk.listing import TopicsPage, topics_page
from stoa.spaces.models import Space
from stoa.spaces.readers import search_readable

RESULTS = 20


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
    kind, before, period = (request.GET.get(name, "") for name in ("list", "before", "period"))
    return topics_page(request.actor, kind, before, space, period)


@require_GET
def found(request: Request) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:10_000]
    skip = min(int(request.GET["from"][:6]), 1000) if request.GET.get("from", "").isdecimal() else 0
    hits = search.query(asked, to=search_readable(request.actor), limit=RESULTS + 1, skip=skip)
    cards = things.cards([(hit.thing_key, hit.thing_id) for hit in hits[:RESULTS]], to=request.actor)
    shown = [
        (hit, cards[hit.thing_key, hit.thing_id]) for hit in hits[:RESULTS] if (hit.thing_key, hit.thing_id) in cards
    ]
    values = {
        "asked": asked, "more": skip + RESULTS if len(hits) > RESULTS else None, "skip": skip,
        "results": [(card, search.highlight(card.title, asked), search.snippet(hit.body, asked)) for hit, card in shown],
    }  # fmt: skip
    return render(request, "talk/search.html", values, fragment="results")
