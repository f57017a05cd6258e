"""A feed as XML: Atom (RFC 4287) and RSS 2.0 with descriptions of pictures (Media RSS)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed

from stoa.social.networks.web_feed.home.models import Entry, Feed, Picture
from stoa.social.networks.web_feed.home.shapes import absolute, html_of

MEDIA = "http://search.yahoo.com/mrss/"


class Atom(Atom1Feed):
    """With the whole text as content, and each picture as an enclosure that says what it shows."""

    mime_type = "application/atom+xml; charset=utf-8"

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        language = {"xml:lang": item["language"]} if item["language"] else {}
        handler.addQuickElement("content", item["description"], {"type": "html", **language})
        for each in item["pictures"]:
            described = {"title": each.alt} if each.alt else {}
            link = {"rel": "enclosure", "href": address_of(each), "length": str(each.size), "type": each.mime}
            handler.addQuickElement("link", "", {**link, **described})


class Rss(Rss201rev2Feed):
    """RSS takes one enclosure an item: that is the first picture. All of them stand there as media, with their descriptions."""

    mime_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self) -> Any:
        return {**super().rss_attributes(), "xmlns:media": MEDIA}

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item)
        for each in item["pictures"]:
            what = {"url": address_of(each), "type": each.mime, "medium": "image", "fileSize": str(each.size)}
            size = {"width": str(each.width), "height": str(each.height)}
            handler.startElement("media:content", {**what, **size})
            if each.alt:
                handler.addQuickElement("media:description", each.alt, {"type": "plain"})
            handler.endElement("media:content")


def write(kind: type[SyndicationFeed], feed: Feed, entries: list[Entry], route: str) -> bytes:
    """The whole document. `route` is the address that it is served at."""
    made = kind(
        title=feed.title,
        link=absolute(feed.get_absolute_url()),
        description=feed.description,
        subtitle=feed.description,
        author_name=feed.title,
        feed_url=absolute(reverse(route, kwargs={"handle": feed.handle})),
        feed_guid=feed.tag,
        language=None,
    )
    for entry in entries:
        add(made, entry)
    made.latest_post_date = lambda: feed.changed_at  # type: ignore[method-assign]
    return made.writeString("utf-8").encode()


def add(made: SyndicationFeed, entry: Entry) -> None:
    pictures = list(entry.pictures.all())
    first = [Enclosure(address_of(each), str(each.size), each.mime) for each in pictures[:1]]
    made.add_item(
        title=entry.heading or entry.feed.title,
        link=absolute(entry.get_absolute_url()),
        description=html_of(entry),
        unique_id=entry.tag,
        unique_id_is_permalink=False,
        pubdate=entry.at,
        updateddate=entry.changed_at,
        enclosures=first if isinstance(made, Rss) else [],
        pictures=pictures,
        language=entry.language,
    )


def address_of(picture: Picture) -> str:
    return absolute(picture.get_absolute_url())
