"""What a stranger does on Plaza by hand: write, answer, like, repost. And the beacon that tells what was seen."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.request import RawPostDataException
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from stoa.base import clock, ids
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, see_other
from stoa.base.requests import Request
from stoa.social.networks.plaza.home.actions.accounts import let_in, say_of_itself
from stoa.social.networks.plaza.home.actions.posts import Draft, write_post
from stoa.social.networks.plaza.home.actions.reactions import react, reader_of, see
from stoa.social.networks.plaza.home.errors import Problem
from stoa.social.networks.plaza.home.models import Account, Post, Reaction
from stoa.social.networks.plaza.home.policy import may_practise

SEEN_AT_ONCE = 50
View = Callable[..., HttpResponse]


def practising(view: View) -> View:
    """Lets in who may practise, and says in Stoa's own way what Plaza does not take."""

    @require_POST
    @wraps(view)
    def answer(request: Request, **arguments: int | str) -> HttpResponse:
        if not may_practise(request.actor):
            raise NotAllowed("Only this installation's staff practise here.", "Sign in as a member of the team.")
        try:
            return view(request, **arguments)
        except Problem as problem:
            raise Invalid(problem.message, problem.mend, field="text") from problem

    return answer


@practising
def write(request: Request) -> HttpResponse:
    stranger = let_in(request.POST.get("as", ""))
    written = write_post(Draft(_text(request)), by=stranger)
    return _back(request, written)


@practising
def answer(request: Request, post_id: int) -> HttpResponse:
    answered = find(Post.objects.standing().select_related("author", "root"), id=post_id)
    written = write_post(Draft(_text(request), answered=answered), by=let_in(request.POST.get("as", "")))
    return _back(request, answered, anchor=written)


@practising
def like(request: Request, post_id: int) -> HttpResponse:
    return _react(request, post_id, Reaction.Kind.LIKE)


@practising
def repost(request: Request, post_id: int) -> HttpResponse:
    return _react(request, post_id, Reaction.Kind.REPOST)


@practising
def words(request: Request, handle: str) -> HttpResponse:
    """What an account of ours says of itself on Plaza."""
    account = find(Account.objects.exclude(kind=Account.Kind.STRANGER), handle=handle)
    say_of_itself(account, _text(request, "bio"), request.POST.get("link", "").strip())
    return see_other(reverse("plaza:account", kwargs={"handle": handle}))


@csrf_exempt
@require_POST
def sightings(request: Request) -> HttpResponse:
    """A batch of post ids that came into view. It needs no token: the worst that it can do is count one reader once."""
    try:
        shown = json.loads(request.body)["posts"][:SEEN_AT_ONCE]
        wanted = {ids.parse(str(one)) for one in shown}
    except (ValueError, KeyError, TypeError, RawPostDataException):
        return HttpResponse(status=400)
    reader = reader_of(request.META.get("REMOTE_ADDR", ""), request.headers.get("User-Agent", ""), clock.now().date())
    see(Post.objects.standing().filter(id__in=wanted), reader=reader)
    return HttpResponse(status=204)


def _react(request: Request, post_id: int, kind: Reaction.Kind) -> HttpResponse:
    post = find(Post.objects.standing(), id=post_id)
    react(post, kind, by=let_in(request.POST.get("as", "")))
    return _back(request, post)


def _text(request: Request, name: str = "text") -> str:
    return request.POST.get(name, "").replace("\r\n", "\n").strip()[:20_000]


def _back(request: Request, post: Post, anchor: Post | None = None) -> HttpResponse:
    """The page of the post, with the stranger's name in its address, because nothing is stored on their device."""
    name = request.POST.get("as", "")[:60]
    query = "?" + urlencode({"as": name}) if name else ""
    place = f"#post-{(anchor or post).shown_id}"
    return see_other(reverse("plaza:post", kwargs={"post_id": post.id}) + query + place)
