"""What a delivery sends: frozen as JSON when it is planned, and made into the connector's `Outgoing` for each attempt."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from stoa.base import files
from stoa.base.models.file import File
from stoa.social.networks.protocol import Card, Outgoing, Picture
from stoa.social.publish.fetching import addressed
from stoa.social.publish.filming import video_of
from stoa.social.publish.material import Shown
from stoa.social.publish.models import Delivery

Content = dict[str, Any]


def freeze(
    text: str, *, link: str = "", card: Card | None = None, pictures: Sequence[Shown] = (), language: str = ""
) -> Content:
    """The content that is kept and never changes: words, link, card, pictures by the ids of their files."""
    shown = [{"file": each.file, "alt": each.alt, **({"of": each.of} if each.of else {})} for each in pictures]
    told = {"title": card.title, "description": card.description} if card else None
    return {"text": text, "link": link, "card": told, "pictures": shown, "language": language}


def hash_of(content: Content, answers: str = "") -> str:
    """What an attempt says that it sent."""
    plain = json.dumps([content, answers], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def outgoing_of(delivery: Delivery, at: datetime, *, with_pictures: bool = True) -> Outgoing:
    """For one attempt at `at`; the key and the instant of making are the same in every attempt. To look it up takes no pictures and no
    video: whose they were may have left, and the files with them."""
    content = delivery.content if with_pictures else {**delivery.content, "pictures": []}
    made = outgoing(
        content, key=delivery.key, made_at=delivery.made_at, at=at, marker=delivery.marker, answers=delivery.answers
    )
    return addressed(replace(made, prepared=delivery.prepared), delivery, at)


def outgoing(
    content: Content, *, key: str, made_at: datetime, at: datetime, marker: str = "", answers: str = ""
) -> Outgoing:
    """Also for previews and checks, before there is a delivery."""
    told, shown = content.get("card"), shown_files(content)
    return Outgoing(
        text=content["text"],
        key=key,
        made_at=made_at,
        at=at,
        marker=marker,
        language=content.get("language", ""),
        link=content.get("link", ""),
        card=Card(told["title"], told["description"]) if told else None,
        pictures=tuple(picture_of(file, alt) for file, alt in shown if not file.is_video),
        video=next((video_of(file, alt) for file, alt in shown if file.is_video), None),
        answers=answers,
    )


def shown_files(content: Content) -> list[tuple[File, str]]:
    """Pictures, or a video, as a content names them (`pictures`), each with its words."""
    named = content.get("pictures", ())
    known = File.objects.in_bulk([each["file"] for each in named]) if named else {}
    return [(known[each["file"]], each["alt"]) for each in named]


def picture_of(file: File, alt: str) -> Picture:
    """The picture of a file, with its words."""
    with files.open_file(file) as opened:
        return Picture(opened.read(), file.media_type, alt, file.width or 0, file.height or 0)
