"""The API of feeds: JSON over HTTP for those who hold a feed's token, as any network has one."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stoa.base import ids
from stoa.social.networks.web_feed.home import shapes
from stoa.social.networks.web_feed.home.actions import entries as acts
from stoa.social.networks.web_feed.home.actions.feeds import open_feed, renew_token
from stoa.social.networks.web_feed.home.actions.pictures import BYTES, store_picture
from stoa.social.networks.web_feed.home.errors import Problem, not_there, not_valid, taken_down
from stoa.social.networks.web_feed.home.models import Entry, Feed, Picture
from stoa.social.networks.web_feed.home.models.feed import hash_of
from stoa.social.networks.web_feed.home.speaking import speakable

Call = Callable[..., JsonResponse]


def door(*methods: str, signed: bool = True) -> Callable[[Call], Call]:
    """The way in: these methods only, with a token (`call` gets its feed), troubles as JSON, nothing cached."""

    def wrap(call: Call) -> Call:
        @csrf_exempt
        @require_http_methods(list(methods))
        @wraps(call)
        def answer(request: HttpRequest, **arguments: Any) -> JsonResponse:
            try:
                made = call(request, _feed_of(request), **arguments) if signed else call(request, **arguments)
            except Problem as problem:
                said = {"error": problem.name, "message": problem.message, "mend": problem.mend}
                made = JsonResponse(said, status=problem.status)
            made["Cache-Control"] = "no-store"
            return made

        return answer

    return wrap


@door("POST", signed=False)
def feeds(request: HttpRequest) -> JsonResponse:
    body = _body(request)
    words = (_text(body, "handle", 60), _text(body, "title", 200), _text(body, "description", 500))
    feed, token = open_feed(*words, key=_text(body, "key", 100))
    return JsonResponse({"feed": shapes.of_feed(feed), "token": token}, status=201)


@door("POST")
def token(request: HttpRequest, feed: Feed) -> JsonResponse:
    return JsonResponse({"token": renew_token(feed)})


@door("POST")
def pictures(request: HttpRequest, feed: Feed) -> JsonResponse:
    return JsonResponse({"id": store_picture(request.read(BYTES + 1), by=feed).shown_id}, status=201)


@door("GET", "POST")
def entries(request: HttpRequest, feed: Feed) -> JsonResponse:
    if request.method == "POST":
        key = speakable(request.headers.get("Idempotency-Key", ""))[:200]
        return JsonResponse(shapes.of_entry(acts.write_entry(_draft(_body(request), feed), by=feed, key=key)))
    wanted = {name: request.GET[name] for name in ("key", "marker") if request.GET.get(name)}
    if not wanted:
        raise not_valid("Ask for a key or a marker.", "Add ?key= or ?marker= to the address.")
    found = Entry.objects.standing().filter(feed=feed, **wanted).select_related("feed")[:10]
    return JsonResponse({"entries": [shapes.of_entry(each) for each in found]})


@door("GET", "PUT", "DELETE")
def entry(request: HttpRequest, feed: Feed, entry_id: str) -> JsonResponse:
    found = Entry.objects.select_related("feed").filter(id=_id(entry_id), feed=feed).first()
    if found is None:
        raise not_there()
    if found.is_gone:
        raise taken_down()
    if request.method == "DELETE":
        acts.take_down(found, by=feed)
        return JsonResponse({"taken_down": found.shown_id})
    if request.method == "PUT":
        found = acts.change_entry(found, _draft(_body(request), feed), by=feed)
    return JsonResponse(shapes.of_entry(found))


def _feed_of(request: HttpRequest) -> Feed:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    feed = Feed.objects.filter(token_hash=hash_of(token)).first() if token else None
    if scheme.lower() != "bearer" or feed is None:
        raise Problem(401, "WrongToken", "This token opens no feed.")
    return feed


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):
        body = None
    if not isinstance(body, dict):
        raise Problem(400, "NotJson", "Send a JSON object.")
    return body


def _text(body: dict[str, Any], name: str, at_most: int) -> str:
    value = body.get(name) or ""
    if not isinstance(value, str) or len(value) > at_most:
        raise not_valid(f"“{name}” is not possible.", f"Use text of at most {at_most} characters.")
    return speakable(value)


def _draft(body: dict[str, Any], feed: Feed) -> acts.Draft:
    rows = body.get("pictures") or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise not_valid("“pictures” is not possible.", "Send a list of objects with id and alt.")
    return acts.Draft(
        title=_text(body, "title", 20_000),
        text=_text(body, "text", 40_000),
        language=_text(body, "language", 35),
        pictures=[(_picture(_text(row, "id", 40), feed), _text(row, "alt", 20_000)) for row in rows[:100]],
        marker=_text(body, "marker", 200),
    )


def _picture(shown: str, feed: Feed) -> Picture:
    found = Picture.objects.filter(id=_id(shown), owner=feed, entry=None).first()
    if found is None:
        raise not_there("There is no such picture.")
    return found


def _id(shown: str) -> int:
    try:
        return ids.parse(shown)
    except ValueError:
        raise not_there("This is not an id of ours.") from None
