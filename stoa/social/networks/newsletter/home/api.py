"""The API of newsletters: JSON over HTTP for those who hold a newsletter's token, as any network has one."""

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
from stoa.social.networks.newsletter.home import shapes
from stoa.social.networks.newsletter.home.actions import issues as acts
from stoa.social.networks.newsletter.home.actions.newsletters import open_newsletter, renew_token
from stoa.social.networks.newsletter.home.actions.pictures import BYTES, store_picture
from stoa.social.networks.newsletter.home.errors import Problem, not_there, not_valid, taken_down
from stoa.social.networks.newsletter.home.models import Issue, Newsletter, Picture
from stoa.social.networks.newsletter.home.models.newsletter import hash_of
from stoa.social.networks.newsletter.home.speaking import speakable

Call = Callable[..., JsonResponse]


def door(*methods: str, signed: bool = True) -> Callable[[Call], Call]:
    """The way in: these methods only, with a token (`call` gets its newsletter), troubles as JSON, nothing cached."""

    def wrap(call: Call) -> Call:
        @csrf_exempt
        @require_http_methods(list(methods))
        @wraps(call)
        def answer(request: HttpRequest, **arguments: Any) -> JsonResponse:
            try:
                made = call(request, _newsletter_of(request), **arguments) if signed else call(request, **arguments)
            except Problem as problem:
                said = {"error": problem.name, "message": problem.message, "mend": problem.mend}
                made = JsonResponse(said, status=problem.status)
            made["Cache-Control"] = "no-store"
            return made

        return answer

    return wrap


@door("POST", signed=False)
def newsletters(request: HttpRequest) -> JsonResponse:
    body = _body(request)
    opened, token = open_newsletter(_text(body, "handle", 60), key=_text(body, "key", 100))
    return JsonResponse({"newsletter": shapes.of_newsletter(opened), "token": token}, status=201)


@door("POST")
def token(request: HttpRequest, newsletter: Newsletter) -> JsonResponse:
    return JsonResponse({"token": renew_token(newsletter)})


@door("POST")
def pictures(request: HttpRequest, newsletter: Newsletter) -> JsonResponse:
    return JsonResponse({"id": store_picture(request.read(BYTES + 1), by=newsletter).shown_id}, status=201)


@door("GET", "POST")
def issues(request: HttpRequest, newsletter: Newsletter) -> JsonResponse:
    if request.method == "POST":
        key = speakable(request.headers.get("Idempotency-Key", ""))[:200]
        return JsonResponse(
            shapes.of_issue(acts.write_issue(_draft(_body(request), newsletter), by=newsletter, key=key))
        )
    wanted = {name: request.GET[name] for name in ("key", "marker") if request.GET.get(name)}
    if not wanted:
        raise not_valid("Ask for a key or a marker.", "Add ?key= or ?marker= to the address.")
    found = Issue.objects.standing().filter(newsletter=newsletter, **wanted).select_related("newsletter")[:10]
    return JsonResponse({"issues": [shapes.of_issue(each) for each in found]})


@door("GET", "DELETE")
def issue(request: HttpRequest, newsletter: Newsletter, issue_id: str) -> JsonResponse:
    """An issue whose words are gone stands as long as a mail of it is out."""
    found = Issue.objects.select_related("newsletter").filter(id=_id(issue_id), newsletter=newsletter).first()
    if found is None:
        raise not_there()
    if request.method == "DELETE":
        return JsonResponse({"taken_back": found.shown_id, "out": acts.take_back(found, by=newsletter)})
    told = shapes.of_issue(found)
    if found.is_gone and not told["out"]:
        raise taken_down()
    return JsonResponse(told)


@door("GET")
def numbers(request: HttpRequest, newsletter: Newsletter) -> JsonResponse:
    wanted = [_id(each) for each in request.GET.get("ids", "").split(",")[:50] if each]
    found = Issue.objects.filter(newsletter=newsletter, id__in=wanted).order_by("id")
    told = [(each, shapes.of_numbers(each)) for each in found]
    return JsonResponse({"numbers": [said for each, said in told if said["sent"] or not each.is_gone]})


def _newsletter_of(request: HttpRequest) -> Newsletter:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    newsletter = Newsletter.objects.filter(token_hash=hash_of(token)).first() if token else None
    if scheme.lower() != "bearer" or newsletter is None:
        raise Problem(401, "WrongToken", "This token opens no newsletter.")
    return newsletter


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


def _draft(body: dict[str, Any], newsletter: Newsletter) -> acts.Draft:
    rows = body.get("pictures") or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise not_valid("“pictures” is not possible.", "Send a list of objects with id and alt.")
    return acts.Draft(
        title=_text(body, "title", 20_000),
        text=_text(body, "text", 40_000),
        language=_text(body, "language", 35),
        pictures=[(_picture(_text(row, "id", 40), newsletter), _text(row, "alt", 20_000)) for row in rows[:100]],
        marker=_text(body, "marker", 200),
    )


def _picture(shown: str, newsletter: Newsletter) -> Picture:
    found = Picture.objects.filter(id=_id(shown), owner=newsletter, issue=None).first()
    if found is None:
        raise not_there("There is no such picture.")
    return found


def _id(shown: str) -> int:
    try:
        return ids.parse(shown)
    except ValueError:
        raise not_there("This is not an id of ours.") from None
