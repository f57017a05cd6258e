"""Writing an entry, the same one for the same key; changing it; taking it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from stoa.base import clock
from stoa.social.networks.web_feed.home.actions.pictures import drop_pictures
from stoa.social.networks.web_feed.home.errors import not_there, not_valid, taken_down
from stoa.social.networks.web_feed.home.models import Entry, Feed, Picture
from stoa.social.networks.web_feed.home.speaking import speakable

TEXT, TITLE, PICTURES, ALT = 20_000, 200, 10, 2000


@dataclass(frozen=True)
class Draft:
    """What is about to be written. `pictures` are stored pictures of the same feed with their descriptions."""

    title: str
    text: str
    language: str = ""
    pictures: Sequence[tuple[Picture, str]] = field(default_factory=tuple)
    marker: str = ""


def write_entry(draft: Draft, *, by: Feed, key: str = "", at: datetime | None = None) -> Entry:
    """Writes an entry, or returns the one that this key has made already."""
    if made := made_with(key, by):
        return made
    draft = said(draft)
    check(draft)
    try:
        with transaction.atomic():
            return _write(draft, by, key, at or clock.now())
    except IntegrityError:
        if made := made_with(key, by):
            return made
        raise


def change_entry(entry: Entry, draft: Draft, *, by: Feed) -> Entry:
    """Other words in the same entry, which counts as updated. Its pictures stay."""
    with transaction.atomic():
        row, draft = _standing(entry, by), said(draft)
        check(draft, has_pictures=row.pictures.exists())
        row.title, row.text, row.language = draft.title, draft.text, draft.language
        row.changed_at = clock.now()
        row.save(update_fields=["title", "text", "language", "changed_at"])
        _touch(by, row.changed_at)
    return row


def take_down(entry: Entry, *, by: Feed) -> Entry:
    """Empties the entry, and forgets its pictures; its id goes on answering *gone*."""
    with transaction.atomic():
        row = _standing(entry, by)
        row.title, row.text, row.gone_at = "", "", clock.now()
        row.save(update_fields=["title", "text", "gone_at"])
        drop_pictures(row)
        _touch(by, row.gone_at)
    return row


def made_with(key: str, by: Feed) -> Entry | None:
    made = Entry.objects.filter(feed=by, key=key).first() if key else None
    if made is not None and made.is_gone:
        raise taken_down()
    return made


def said(draft: Draft) -> Draft:
    """As a feed can say it."""
    pictures = [(picture, speakable(alt)) for picture, alt in draft.pictures]
    words = {name: speakable(getattr(draft, name)) for name in ("title", "text", "language", "marker")}
    return replace(draft, pictures=pictures, **words)


def check(draft: Draft, *, has_pictures: bool = False) -> None:
    if not (draft.title.strip() or draft.text.strip() or draft.pictures or has_pictures):
        raise not_valid("There is nothing to publish.", "Write a text or add a picture.")
    if (used := len(draft.text)) > TEXT:
        raise not_valid(f"The text has {used} characters; a feed takes {TEXT}.", "Shorten the text.")
    if len(draft.title) > TITLE:
        raise not_valid(f"The title has more than {TITLE} characters.", "Shorten its first line.")
    if len(draft.pictures) > PICTURES:
        raise not_valid(f"An entry takes {PICTURES} pictures.", "Remove some pictures.")
    if any(len(alt) > ALT for _, alt in draft.pictures):
        raise not_valid(f"A description has more than {ALT} characters.", "Shorten the description.")


def _standing(entry: Entry, by: Feed) -> Entry:
    row = Entry.objects.select_for_update().filter(id=entry.id, feed=by).first()
    if row is None:
        raise not_there()
    if row.is_gone:
        raise taken_down()
    return row


def _write(draft: Draft, by: Feed, key: str, at: datetime) -> Entry:
    entry = Entry.objects.create(
        feed=by, title=draft.title, text=draft.text, language=draft.language, key=key, marker=draft.marker, at=at,
        changed_at=at,
    )  # fmt: skip
    for place, (picture, alt) in enumerate(draft.pictures):
        Picture.objects.filter(id=picture.id, owner=by, entry=None).update(entry=entry, alt=alt, place=place)
    _touch(by, at)
    return entry


def _touch(feed: Feed, at: datetime) -> None:
    Feed.objects.filter(id=feed.id).update(changed_at=at)
