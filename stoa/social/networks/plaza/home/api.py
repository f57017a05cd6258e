"""Plaza's API: JSON over HTTP for those who hold an account's token, as any network has one."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import IO, Any, cast

from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stoa.base import ids
from stoa.social.networks.plaza.home import shapes
from stoa.social.networks.plaza.home.actions.accounts import open_account, renew_token
from stoa.social.networks.plaza.home.actions.pictures import BYTES, store_picture
from stoa.social.networks.plaza.home.actions.posts import Draft, take_down, write_post
from stoa.social.networks.plaza.home.actions.videos import store_video
from stoa.social.networks.plaza.home.errors import Problem, not_there, not_valid, taken_down
from stoa.social.networks.plaza.home.models import Account, Picture, Post
from stoa.social.networks.plaza.home.models.account import hash_of

PAGE, LATEST = 50, 10
OVERLAP = 10_000 << 22

Call = Callable[..., JsonResponse]


def door(*methods: str, signed: bool = True) -> Callable[[Call], Call]:
    """The way in: these methods only, with a token (`call` gets its account), troubles as JSON, nothing cached."""

    def wrap(call: Call) -> Call:
        @csrf_exempt
        @require_http_methods(list(methods))
        @wraps(call)
        def answer(request: HttpRequest, **arguments: Any) -> JsonResponse:
            try:
                made = call(request, _account_of(request), **arguments) if signed else call(request, **arguments)
            except Problem as problem:
                made = JsonResponse(
                    {"error": problem.name, "message": problem.message, "mend": problem.mend}, status=problem.status
                )
                if problem.after:
                    made["Retry-After"] = str(problem.after)
            made["Cache-Control"] = "no-store"
            return made

        return answer

    return wrap


@door("POST", signed=False)
def accounts(request: HttpRequest) -> JsonResponse:
    body = _body(request)
    account, token = open_account(_text(body, "handle", 60), _text(body, "name", 80), key=_text(body, "key", 100))
    return JsonResponse({"account": shapes.of_account(account), "token": token}, status=201)


@door("GET")
def account(request: HttpRequest, account: Account) -> JsonResponse:
    """The account as a stranger sees it, with its last posts that answer nobody."""
    rows = Post.objects.standing().with_counts().filter(author=account, answered=None)
    posts = list(rows.select_related("author", "answered", "root").order_by("-at", "-id")[:LATEST])
    return JsonResponse(shapes.of_presence(account, posts))


@door("POST")
def token(request: HttpRequest, account: Account) -> JsonResponse:
    return JsonResponse({"token": renew_token(account)})


@door("POST")
def media(request: HttpRequest, account: Account) -> JsonResponse:
    if str(request.content_type).startswith("video/"):
        return JsonResponse({"id": store_video(cast(IO[bytes], request), by=account).shown_id}, status=201)
    content = request.read(BYTES + 1)
    return JsonResponse({"id": store_picture(content, by=account).shown_id}, status=201)


@door("GET", "POST")
def posts(request: HttpRequest, account: Account) -> JsonResponse:
    if request.method == "POST":
        key = request.headers.get("Idempotency-Key", "")[:200]
        return JsonResponse(shapes.of_post(write_post(_draft(_body(request), account), by=account, key=key)))
    wanted = {name: request.GET[name] for name in ("key", "marker") if request.GET.get(name)}
    if not wanted:
        raise not_valid("Ask for a key or a marker.", "Add ?key= or ?marker= to the address.")
    found = Post.objects.standing().filter(author=account, **wanted).select_related("author")[:10]
    return JsonResponse({"posts": [shapes.of_post(post) for post in found]})


@door("GET", "DELETE")
def post(request: HttpRequest, account: Account, post_id: str) -> JsonResponse:
    found = _post(post_id)
    if found.is_taken_down:
        raise taken_down()
    if request.method == "DELETE":
        take_down(found, by=account)
        return JsonResponse({"taken_down": found.shown_id})
    return JsonResponse(shapes.of_post(found))


@door("GET")
def notifications(request: HttpRequest, account: Account) -> JsonResponse:
    """From `since` on, oldest first. A cursor at rest re-reads ten seconds; one that ends in + goes straight on."""
    since = request.GET.get("since", "")
    rows = account.notices.select_related("post__author", "post__answered", "post__root").order_by("id")
    if since:
        start = _id(since.rstrip("+"))
        rows = rows.filter(id__gt=start if since.endswith("+") else start - OVERLAP)
    else:
        rows = rows.filter(id__in=list(account.notices.order_by("-id").values_list("id", flat=True)[:PAGE]))
    page = list(rows[: PAGE + 1])
    more = len(page) > PAGE
    page = page[:PAGE]
    cursor = (ids.shown(page[-1].id) if page else since.rstrip("+")) + ("+" if more else "")
    return JsonResponse({"notifications": [shapes.of_notice(row) for row in page], "cursor": cursor, "more": more})


@door("GET")
def readings(request: HttpRequest, account: Account) -> JsonResponse:
    wanted = {_id(shown) for shown in request.GET.getlist("id")[:100]}
    found = Post.objects.standing().filter(author=account, id__in=wanted).select_related("author").with_counts()
    return JsonResponse({"readings": {row.shown_id: shapes.of_readings(row) for row in found}})


def _account_of(request: HttpRequest) -> Account:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    account = Account.objects.filter(token_hash=hash_of(token)).first() if token else None
    if scheme.lower() != "bearer" or account is None:
        raise Problem(401, "WrongToken", "Plaza does not know this token.")
    return account


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except (ValueError, RawPostDataException):
        body = None
    if not isinstance(body, dict):
        raise Problem(400, "NotJson", "Send a JSON object.")
    return body


def _text(body: dict[str, Any], name: str, at_most: int) -> str:
    value = body.get(name) or ""
    if not isinstance(value, str) or len(value) > at_most or "\x00" in value:
        raise not_valid(f"“{name}” is not possible.", f"Use text of at most {at_most} characters.")
    return value


def _draft(body: dict[str, Any], account: Account) -> Draft:
    card = body.get("card") or {}
    answered = _text(body, "in_reply_to", 40)
    card_picture = _text(card, "picture", 40)
    return Draft(
        text=_text(body, "text", 20_000),
        language=_text(body, "language", 35),
        link=_web_address(_text(body, "link", 2000)),
        card_title=_text(card, "title", 300),
        card_description=_text(card, "description", 1000),
        card_picture=_picture(card_picture, account) if card_picture else None,
        pictures=[(_picture(_text(row, "id", 40), account), _text(row, "alt", 20_000)) for row in _rows(body)],
        answered=_post(answered) if answered else None,
        marker=_text(body, "marker", 200),
    )


def _rows(body: dict[str, Any]) -> list[dict[str, Any]]:
    rows = body.get("pictures") or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise not_valid("“pictures” is not possible.", "Send a list of objects with id and alt.")
    return rows


def _web_address(link: str) -> str:
    if link and not link.startswith(("https://", "http://")):
        raise not_valid("The link is not a web address.", "Begin it with https://.")
    return link


def _picture(shown: str, account: Account) -> Picture:
    found = Picture.objects.filter(id=_id(shown), owner=account).first()
    if found is None:
        raise not_there("Plaza has no such picture.")
    return found


def _post(shown: str) -> Post:
    found = Post.objects.select_related("author", "answered", "root").filter(id=_id(shown)).first()
    if found is None:
        raise not_there()
    return found


def _id(shown: str) -> int:
    try:
        return ids.parse(shown)
    except ValueError:
        raise not_there("This is not an id of Plaza.") from None
