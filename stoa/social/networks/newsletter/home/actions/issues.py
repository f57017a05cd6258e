"""Writing an issue, the same one for the same key: with it, one mail for each subscriber of that moment. Taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from stoa.base import clock, ids
from stoa.base.work import wake
from stoa.social.networks.newsletter.home.actions.pictures import drop_pictures
from stoa.social.networks.newsletter.home.errors import Problem, not_there, not_valid, taken_down
from stoa.social.networks.newsletter.home.models import Issue, Mail, Newsletter, Picture
from stoa.social.networks.newsletter.home.models.issue import SENDING, SENT, STOPPED
from stoa.social.networks.newsletter.home.models.mail import LEFT_OUT, WAITING

TEXT, TITLE, PICTURES, ALT = 20_000, 200, 4, 2000
AT_ONCE = 500


@dataclass(frozen=True)
class Draft:
    """What is about to be written. `pictures` are stored pictures of the same newsletter with their descriptions."""

    title: str
    text: str
    language: str = ""
    pictures: Sequence[tuple[Picture, str]] = field(default_factory=tuple)
    marker: str = ""


def write_issue(draft: Draft, *, by: Newsletter, key: str = "", at: datetime | None = None) -> Issue:
    """Writes an issue, which begins to go out; or returns the one that this key has made already."""
    if made := made_with(key, by):
        return made
    check(draft)
    if not settings.STOA_MAIL_URL and at is None and by.subscribers.subscribed().exists():
        raise Problem(
            409, "NoMailServer", "This installation has no mail server.", "Name one in STOA_MAIL_URL, as the docs say."
        )
    try:
        with transaction.atomic():
            return _write(draft, by, key, at)
    except IntegrityError:
        if made := made_with(key, by):
            return made
        raise


def take_back(issue: Issue, *, by: Newsletter) -> int:
    """Stops what has not gone out, and empties the page. Gives to how many it went, or may have: mails cannot be called back."""
    with transaction.atomic():
        row = Issue.objects.select_for_update().filter(id=issue.id, newsletter=by).first()
        if row is None:
            raise not_there()
        stop(row)
        out = row.mails.exclude(state__in=(WAITING, LEFT_OUT)).count()
        if row.gone_at is None:
            Issue.objects.filter(id=row.id).update(title="", text="", gone_at=clock.now())
            drop_pictures(row)
    return out


def stop(issue: Issue) -> None:
    """What waits stays here. A worker that is in the middle of one mail finishes that one and finds nothing more; the row is due once
    more for whoever finds that one when the worker has died."""
    with transaction.atomic():
        issue.mails.filter(state=WAITING).update(state=LEFT_OUT, again_at=None)
        running = Issue.objects.filter(id=issue.id, state=SENDING)
        running.update(state=STOPPED, done_at=clock.now(), due_at=clock.now())


def made_with(key: str, by: Newsletter) -> Issue | None:
    made = Issue.objects.filter(newsletter=by, key=key).select_related("newsletter").first() if key else None
    if made is not None and made.is_gone:
        raise taken_down()
    return made


def check(draft: Draft) -> None:
    if not (draft.title.strip() or draft.text.strip() or draft.pictures):
        raise not_valid("There is nothing to send.", "Write a text or add a picture.")
    if (used := len(draft.text)) > TEXT:
        raise not_valid(f"The text has {used} characters; a newsletter takes {TEXT}.", "Shorten the text.")
    if len(draft.title) > TITLE:
        raise not_valid(f"The title has more than {TITLE} characters.", "Shorten its first line.")
    if len(draft.pictures) > PICTURES:
        raise not_valid(f"An issue takes {PICTURES} pictures.", "Remove some pictures.")
    if any(len(alt) > ALT for _, alt in draft.pictures):
        raise not_valid(f"A description has more than {ALT} characters.", "Shorten the description.")


def _write(draft: Draft, by: Newsletter, key: str, at: datetime | None) -> Issue:
    now = at or clock.now()
    issue = Issue.objects.create(
        newsletter=by, title=draft.title, text=draft.text, language=draft.language, key=key, marker=draft.marker, at=now
    )
    for place, (picture, alt) in enumerate(draft.pictures):
        Picture.objects.filter(id=picture.id, owner=by, issue=None).update(issue=issue, alt=alt, place=place)
    readers = list(by.subscribers.subscribed().order_by("since", "id").values_list("id", flat=True))
    numbers = sorted(
        ids.new() for _reader in readers
    )  # they go out in this order: whoever has been there longest first
    mails = [Mail(id=number, issue=issue, subscriber_id=each) for number, each in zip(numbers, readers, strict=True)]
    Mail.objects.bulk_create(mails, batch_size=AT_ONCE)
    begun = {"due_at": now} if readers else {"state": SENT, "done_at": now}
    Issue.objects.filter(id=issue.id).update(**begun)
    issue.refresh_from_db()
    if readers:
        wake.after_commit()
    return issue
