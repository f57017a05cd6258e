"""The search."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from stoa.base import search, things
from stoa.base.actors import Actor
from stoa.base.pages import render
from stoa.base.requests import Request
from stoa.base.search import Found
from stoa.community.talk.actions.saved_searches import kept_form
from stoa.community.talk.asking import Question
from stoa.community.talk.models import SavedSearch
from stoa.community.talk.similar import similar_topics
from stoa.community.talk.suggesting import suggestions
from stoa.spaces.readers import search_readable

RESULTS = 20
FEW = 3


@require_GET
def found(request: Request) -> HttpResponse:
    """What was found, or, where that is nothing, what the question with mended words finds: the page says so."""
    question = Question(request.GET.dict(), request.actor)
    after = request.GET.get("after", "")
    values: dict[str, Any] = {
        "question": question,
        "asked": question.text,
        "count": 0,
        "results": [],
        "meant": "",
        "instead": False,
        "kept": "",
        "is_kept": False,
    }
    if question.is_valid and not question.is_empty:
        values |= _results(question, question.text, after, request.actor)
        if values["count"] < FEW and not after and (meant := _meant(question, request.actor)):
            instead = not values["count"]
            values |= {
                **(_results(question, meant, "", request.actor) if instead else {}),
                "meant": meant,
                "instead": instead,
            }
    if request.actor.is_member and values["results"]:
        values |= {"kept": kept_form(question), "is_kept": _is_kept(question, request.actor)}
    return render(request, "talk/search.html", values, fragment="results")


@require_GET
def suggested(request: Request) -> HttpResponse:
    """What a question may become, while it is typed."""
    return JsonResponse({"suggestions": suggestions(request.GET.get("q", ""), request.actor)})


@require_GET
def similar(request: Request) -> HttpResponse:
    """Topics about the same as a title, while it is typed."""
    found = similar_topics(request.GET.get("title", ""), request.actor)
    return render(request, "talk/similar.html", {"similar": found})


def _is_kept(question: Question, actor: Actor) -> bool:
    return SavedSearch.objects.visible_to(actor).filter(question=kept_form(question)).exists()


def _results(question: Question, text: str, after: str, actor: Actor) -> dict[str, Any]:
    to, within = search_readable(actor), question.within
    reached = search.reach(text, to=to, within=within)
    how: dict[str, Any] = {"after": after, "latest": question.is_latest, "reached": reached}
    hits = search.query(text, to=to, within=within, limit=RESULTS + 1, **how)
    shown = hits[:RESULTS]
    cards = things.cards([(hit.thing_key, hit.thing_id) for hit in shown], to=actor)
    rows = [(cards[key], hit) for hit in shown if (key := (hit.thing_key, hit.thing_id)) in cards]
    return {
        "results": [_row(card, hit, text) for card, hit in rows],
        "count": reached.count,
        "more": question.address(q=text, after=shown[-1].mark) if len(hits) > RESULTS else "",
        "is_later": bool(after),
    }


def _row(card: things.Card, hit: Found, text: str) -> tuple[things.Card, str, str]:
    return card, search.highlight(card.title, text), search.snippet(hit.body, text)


def _meant(question: Question, actor: Actor) -> str:
    return search.corrected(question.text, to=search_readable(actor), within=question.within)
