"""The public timeline, one post with its answers, one account, and the pictures on them."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stoa.base.pages import find, render
from stoa.base.requests import Request
from stoa.base.views import FRONT
from stoa.social.networks.plaza.home.actions.accounts import PASSER_BY
from stoa.social.networks.plaza.home.models import Account, Picture, Post
from stoa.social.networks.plaza.home.models.post import Posts
from stoa.social.networks.plaza.home.policy import may_practise, practice_key

PAGE = 20
ANSWERS = 200


def shown_posts() -> Posts:
    """Standing posts with all that a page draws of them, in three queries."""
    rows = Post.objects.standing().with_counts().select_related("author", "answered__author")
    return rows.prefetch_related("pictures")


def practice(request: Request) -> dict[str, object]:
    """What every page of Plaza needs to know of who is looking; nothing of it is kept on their device."""
    name = request.GET.get("as", "")[:60]
    return {"may_practise": may_practise(request.actor), "stranger": name, "default_stranger": PASSER_BY}


@require_safe
@never_cache
def timeline(request: Request) -> HttpResponse:
    before = request.GET.get("before", "")
    rows = shown_posts().filter(answered=None).order_by("-at", "-id")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(id__lt=int(before))
    posts = list(rows[: PAGE + 1])
    older = posts[PAGE - 1].id if len(posts) > PAGE else None
    context = {"posts": posts[:PAGE], "older": older, "newest_first": not before, **practice(request)}
    return render(request, "plaza/timeline.html", context)


@require_safe
@never_cache
def post(request: Request, post_id: int) -> HttpResponse:
    shown = find(shown_posts(), id=post_id)
    above = shown_posts().filter(id=shown.answered_id or 0).first()
    thread = shown_posts().filter(root_id=shown.root_id or shown.id).exclude(id__in=[shown.id, shown.answered_id or 0])
    context = {"post": shown, "above": above, "answers": thread.order_by("at", "id")[:ANSWERS], **practice(request)}
    return render(request, "plaza/post.html", context)


@require_safe
@never_cache
def account(request: Request, handle: str) -> HttpResponse:
    shown = find(Account.objects.all(), handle=handle)
    posts = list(shown_posts().filter(author=shown).order_by("-at", "-id")[:PAGE])
    return render(request, "plaza/account.html", {"account": shown, "posts": posts, **practice(request)})


@require_safe
@never_cache
def connecting(request: Request) -> HttpResponse:
    """How an account is connected, with the practice key for those who may."""
    known = practice(request)
    key = practice_key() if known["may_practise"] else ""
    address = settings.STOA_URL + reverse("plaza:timeline").rstrip("/")
    return render(request, "plaza/connecting.html", {"key": key, "address": address, **known})


@require_safe
def avatar(request: Request, handle: str) -> HttpResponse:
    shown = find(Account.objects.all(), handle=handle)
    answer = render(request, "plaza/avatar.svg", {"account": shown})
    return _as_file(answer, "image/svg+xml")


@require_safe
def picture(request: Request, picture_id: int) -> HttpResponse:
    """Public as the post that it belongs to; a picture whose post was taken down is not found."""
    shown = find(Picture.objects.filter(post__taken_down_at=None, post__isnull=False), id=picture_id)
    if shown.is_video and request.META.get(FRONT) and isinstance(default_storage, FileSystemStorage):
        return _as_file(HttpResponse(headers={"X-Stoa-File": shown.stored}), shown.mime)
    with default_storage.open(shown.stored) as file:
        return _as_file(HttpResponse(file.read()), shown.mime)


def _as_file(answer: HttpResponse, mime: str) -> HttpResponse:
    answer["Content-Type"] = mime
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer["Cache-Control"] = "public, max-age=300"
    return answer
