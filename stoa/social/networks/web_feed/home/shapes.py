"""How the API and the feeds write what there is: ids as text, addresses in full, words as HTML."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.html import escape, linebreaks, urlize
from markupsafe import Markup

from stoa.social.networks.web_feed.home.models import Entry, Feed, Picture


def of_feed(feed: Feed) -> dict[str, str]:
    return {
        "id": feed.shown_id,
        "handle": feed.handle,
        "title": feed.title,
        "address": absolute(feed.get_absolute_url()),
    }


def of_entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.shown_id,
        "at": entry.at.isoformat(),
        "changed_at": entry.changed_at.isoformat(),
        "address": absolute(entry.get_absolute_url()),
    }


def words_of(entry: Entry) -> Markup:
    """The body: paragraphs and links, everything else escaped."""
    return Markup(linebreaks(urlize(entry.text, autoescape=True), autoescape=False))  # noqa: S704


def html_of(entry: Entry) -> str:
    """The body as readers show it, with its pictures and their descriptions."""
    return "".join([words_of(entry), *(f"<p>{shown(each)}</p>" for each in entry.pictures.all())])


def shown(picture: Picture) -> str:
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<img src="{escape(absolute(picture.get_absolute_url()))}" alt="{escape(picture.alt)}" {size}>'


def absolute(path: str) -> str:
    return f"{settings.STOA_URL}{path}"
