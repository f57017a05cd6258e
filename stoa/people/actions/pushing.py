"""Notices by web push: a due row for each device of who wishes it. What is said is written when it is sent, as far as its reader may
see it then; what stands in a closed space is told without a word of it, for a locked screen is read by others."""

import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import structlog
from django.conf import settings
from django.utils import timezone, translation

from stoa.base import actors, clock, push, things
from stoa.base.actors import Actor
from stoa.base.http import Forbidden
from stoa.base.push.base64url import encoded
from stoa.base.things import Reference
from stoa.base.work import Fenced, wake
from stoa.people.away import waits_until
from stoa.people.models import Device, Notice, Person, Push, QuietHours
from stoa.people.notices import NoticeKind, kind_of
from stoa.people.sessions import signs_in
from stoa.people.wishing import ways_of

log = structlog.get_logger()
KEPT = 86_400  # seconds for which a push service keeps it for a device that is off
TRIES = 8
LONGEST_PAUSE, PAUSE = timedelta(hours=6), timedelta(minutes=1)
GONE, TAKEN, LATER = (404, 410), (200, 201, 202, 204), (408, 425, 429)
TITLE, BODY = 120, 200


def push_notices(people: Iterable[int], kind: NoticeKind, thing: Reference) -> int:
    """A row for each device of these people, who wish push of this kind; due when they are back and their quiet hours are over. Says
    how many."""
    devices = list(Device.objects.filter(person_id__in=set(people)).select_related("person").order_by("id"))
    quiet = QuietHours.objects.in_bulk(
        {each.person_id for each in devices} if kind.waits else [], field_name="person_id"
    )
    now = clock.now()
    for device in devices:
        away = device.person.away_until if kind.waits else None
        due = waits_until(now, device.person.zone, away, quiet.get(device.person_id))
        values = {"due_at": due or now, "lease_until": None, "tries": 0}
        Push.objects.update_or_create(
            device=device, kind=kind.key, thing_key=thing[0], thing_id=thing[1], defaults=values
        )
    if devices:
        wake.after_commit()
    return len(devices)


def send_push(push_id: int, fence: int) -> None:
    """Sends one, if it may still be told; asks its service again later, or forgets a device that is gone."""
    rows = Push.objects.select_related("device__session", "device__person__account")
    row = rows.filter(id=push_id, fence=fence).first()
    if row is None:
        raise Fenced
    account = row.device.person.account
    is_signed_in = account is not None and signs_in(row.device.session, account)
    content = content_of(row, actors.of_person(row.device.person_id)) if is_signed_in else None
    if content is None or not row.device.endpoint:
        _forget(row)
        return
    try:
        answer = push.send(row.device.address, content, _wish(row))
    except Forbidden:
        log.warning("push.forbidden", device=row.device.shown_id)
        row.device.delete()
        return
    if answer.status in GONE:
        row.device.delete()
    elif answer.status in TAKEN:
        Device.objects.filter(id=row.device_id).update(told_at=clock.now(), trouble="")
        _forget(row)
    elif (answer.status in LATER or answer.status >= 500) and row.tries < TRIES:
        _later(row, answer.headers.get("retry-after", ""))
    else:
        log.warning("push.refused", device=row.device.shown_id, status=answer.status)
        Device.objects.filter(id=row.device_id).update(trouble=f"{row.device.service}: {answer.status}")
        _forget(row)


def content_of(row: Push, reader: Actor) -> bytes | None:
    """What the device shows, or None when there is nothing to tell (any more): read meanwhile, not wished, not visible."""
    kind = kind_of(row.kind)
    if kind is None or not reader.is_member or not kind.gets(reader):
        return None
    if "push" not in ways_of([reader.own_id], kind)[reader.own_id]:
        return None
    own = Notice.objects.visible_to(reader).unread()
    notice = own.filter(kind=row.kind, thing_key=row.thing_key, thing_id=row.thing_id).first()
    with translation.override(reader.language), timezone.override(reader.zone or None):
        card = things.cards([row.reference], to=reader).get(row.reference)
        if notice is None or card is None or (notice.by_id and notice.by_id in reader.blocked):
            return None
        return said(kind, notice, card)


def said(kind: NoticeKind, notice: Notice, card: things.Card) -> bytes:
    """The words of a card that is open to bystanders; of any other only that there is something, and what to do."""
    tag = _topic(notice.kind, notice.reference)
    if card.is_open:
        by = Person.objects.filter(id=notice.by_id).values_list("name", flat=True).first() if notice.by_id else ""
        title, to = kind.sentence(notice.count, by or "", card), card.address
    else:
        title, to = kind.label(), "/notices/"
    words = {"title": title[:TITLE], "body": kind.what_to_do()[:BODY], "to": to, "tag": tag}
    return json.dumps(words, ensure_ascii=False).encode()


def _wish(row: Push) -> push.Wish:
    kind = kind_of(row.kind)
    urgency = "normal" if kind is None or kind.waits else "high"
    return push.Wish(seconds=KEPT, urgency=urgency, topic=_topic(f"{row.device_id} {row.kind}", row.reference))


def _topic(kind: str, thing: Reference) -> str:
    """Names what it speaks of to the push service without saying it, nor that two devices are told of the same."""
    named = f"push {kind} {thing[0]} {thing[1]}".encode()
    return encoded(hmac.digest(settings.SECRET_KEY.encode(), named, "sha256"))[:32]


def _forget(row: Push) -> None:
    Push.objects.filter(id=row.id, fence=row.fence).delete()


def _later(row: Push, after: str) -> None:
    """When its service says, within reason; else after a pause that doubles."""
    pause = min(_asked(after) or PAUSE * 2**row.tries, LONGEST_PAUSE)
    Push.objects.filter(id=row.id, fence=row.fence).update(due_at=clock.now() + pause, lease_until=None)


def _asked(after: str) -> timedelta | None:
    """`Retry-After`: seconds, or a date (RFC 9110, 10.2.3)."""
    if after.isascii() and after.isdigit():
        return timedelta(seconds=int(after[:9]))
    try:
        moment: datetime = parsedate_to_datetime(after)
    except (TypeError, ValueError):
        return None
    return max(moment.replace(tzinfo=moment.tzinfo or UTC) - clock.now(), timedelta(0))
