"""Public pages: the list of feeds, a feed as XML and as a page, one entry, its pictures."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from stoa.base import cursors
from stoa.base.pages import find, render
from stoa.base.requests import Request
from stoa.social.networks.web_feed.home.models import Entry, Feed, Picture
from stoa.social.networks.web_feed.home.models.entry import Entries
from stoa.social.networks.web_feed.home.policy import feeds_key, may_see_key
from stoa.social.networks.web_feed.home.shapes import absolute, words_of
from stoa.social.networks.web_feed.home.writing import Atom, Rss, write

SHOWN, PAGE, FEEDS = 50, 20, 200
FRESH = "public, max-age=300"


def shown_entries(feed: Feed) -> Entries:
    """What stands there, with all that is drawn of it, in two queries."""
    return Entry.objects.standing().filter(feed=feed).select_related("feed").prefetch_related("pictures")


@require_safe
def feeds(request: Request) -> HttpResponse:
    """Every feed of this house; to those who may connect channels also how one is opened."""
    may = may_see_key(request.actor)
    values = {"feeds": Feed.objects.order_by("title", "id")[:FEEDS], "may_connect": may}
    values |= {"key": feeds_key(), "address": absolute(reverse("web_feed:feeds"))} if may else {}
    answer = render(request, "web_feed/feeds.html", values)
    if may:
        answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def feed(request: Request, handle: str) -> HttpResponse:
    shown = find(Feed.objects.all(), handle=handle)
    found = cursors.page(shown_entries(shown), "at", request.GET.get("before", ""), size=PAGE)
    entries = [(each, words_of(each)) for each in found.rows]
    return render(request, "web_feed/feed.html", {"feed": shown, "entries": entries, "older": found.next})


@require_safe
def entry(request: Request, handle: str, entry_id: int) -> HttpResponse:
    """One entry; of one that was taken down, that it was."""
    rows = Entry.objects.select_related("feed").prefetch_related("pictures")
    shown = find(rows, id=entry_id, feed__handle=handle)
    values = {"feed": shown.feed, "entry": shown, "words": words_of(shown)}
    return render(request, "web_feed/entry.html", values, status=410 if shown.is_gone else 200)


def version_of(request: HttpRequest, handle: str) -> str | None:
    """Changes with anything that the document says: what stands in the feed, and where the house is."""
    changed = changed_at(request, handle)
    said = f"{settings.STOA_URL} {request.path} {changed.isoformat() if changed else ''}"
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"' if changed else None


def changed_at(request: HttpRequest, handle: str) -> datetime | None:
    if not hasattr(request, "feed_found"):
        request.feed_found = Feed.objects.filter(handle=handle).first()  # type: ignore[attr-defined]
    found: Feed | None = request.feed_found  # type: ignore[attr-defined]
    return found.changed_at if found else None


@require_safe
@condition(etag_func=version_of, last_modified_func=changed_at)
def atom(request: HttpRequest, handle: str) -> HttpResponse:
    return document(request, Atom, "web_feed:atom")


@require_safe
@condition(etag_func=version_of, last_modified_func=changed_at)
def rss(request: HttpRequest, handle: str) -> HttpResponse:
    return document(request, Rss, "web_feed:rss")


def document(request: HttpRequest, kind: type[Atom] | type[Rss], route: str) -> HttpResponse:
    found: Feed | None = request.feed_found  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    entries = list(shown_entries(found).order_by("-at", "-id")[:SHOWN])
    answer = HttpResponse(write(kind, found, entries, route), content_type=kind.mime_type)
    answer["Cache-Control"] = FRESH
    return answer


@require_safe
def picture(request: HttpRequest, picture_id: int) -> HttpResponse:
    """Public as the entry that it belongs to."""
    shown = find(Picture.objects.filter(entry__gone_at=None, entry__isnull=False), id=picture_id)
    with default_storage.open(shown.stored) as file:
        answer = HttpResponse(file.read(), content_type=shown.mime)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = FRESH
    return answer
