"""Bringing a list along: read first, then brought with what its bringer says of consent, or asked for it one by one."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock, limits
from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.facts import announce
from stoa.base.mail import compose, write_letter
from stoa.social.networks.newsletter.home.actions.subscribing import KIND, may_have_a_letter
from stoa.social.networks.newsletter.home.addresses import digest_of, digests_of, normal
from stoa.social.networks.newsletter.home.facts import ListBrought
from stoa.social.networks.newsletter.home.models import Brought, Newsletter, Subscriber
from stoa.social.networks.newsletter.home.models.subscriber import (
    ATTESTED,
    BOUNCED,
    COMPLAINED,
    ERASED,
)  # fmt: skip
from stoa.social.networks.newsletter.home.options import PER_MINUTE
from stoa.social.networks.newsletter.home.policy import must_manage
from stoa.social.networks.newsletter.home.signing import Asked, consent_address

AGAIN = timedelta(days=7)  # as long as the letter that asks can be answered
NOWHERE = (BOUNCED, COMPLAINED, ERASED)  # whoever ended one newsletter so is brought to none
LINES, SIGNS, SHOWN, AT_ONCE = 10_000, 1_000_000, 10, 500


@dataclass(frozen=True)
class Reading:
    """What a list amounts to, before anything is done: who is new, who is there, who ended it and is not brought back, which lines hold
    no address, by their numbers."""

    new: tuple[str, ...]
    there: int
    ended: int
    wrong: tuple[int, ...]

    @property
    def shown_wrong(self) -> str:
        more = "…" if len(self.wrong) > SHOWN else ""
        return ", ".join(map(str, self.wrong[:SHOWN])) + more


def read_list(newsletter: Newsletter, text: str, *, by: Actor) -> Reading:
    """A list with an address in each line, or a table (CSV) with one in some column. Names and all else are not kept."""
    must_manage(by)
    lines = text.replace("\0", "").splitlines()
    if len(text) > SIGNS or len(lines) > LINES:
        raise Invalid(_("Bring at most %(n)s lines at once.") % {"n": LINES}, field="list")
    found, wrong = list[str](), list[int]()
    for number, line in enumerate(lines, start=1):
        if address := address_in(line):
            found.append(address)
        elif line.strip() and (number > 1 or "@" in line):  # a first line without any is the head of a table
            wrong.append(number)
    addresses = list(dict.fromkeys(found))
    known = known_among(newsletter, addresses)
    new = tuple(each for each in addresses if each not in known)
    there = sum(known.values())
    return Reading(new, there, len(known) - there, tuple(wrong))


def address_in(line: str) -> str:
    """The first address in a line, whatever parts its columns."""
    try:
        cells = next(csv.reader([re.sub(r"[;\t]", ",", line[:2000])]), [])
    except csv.Error:
        cells = line[:2000].split(",")
    for cell in cells:
        cell = re.sub(r"^\s*'(?=[=+@-])", "", cell)  # as our own table writes what no table program shall run
        inside = re.search(r"<([^<>]+)>", cell)
        if "@" in cell and (address := normal(inside[1] if inside else cell)):
            return address
    return ""


def known_among(newsletter: Newsletter, addresses: list[str]) -> dict[str, bool]:
    """Those that this list knows, and whether they get it; with them whoever left us altogether by another. An address that is not
    forgotten is known by itself as well: the secret of its digest may be over."""
    known: dict[str, bool] = {}
    for begin in range(0, len(addresses), AT_ONCE):
        batch = addresses[begin : begin + AT_ONCE]
        of = {digest: address for address in batch for digest in digests_of(address)}
        rows = Subscriber.objects.filter(Q(digest__in=list(of)) | Q(address__in=batch))
        for row in rows.filter(Q(newsletter=newsletter) | Q(ended_because__in=NOWHERE)):
            address, gets = of.get(row.digest, row.address), row.newsletter_id == newsletter.id and row.is_subscribed
            known[address] = known.get(address, False) or gets
    return known


def bring_attested(newsletter: Newsletter, text: str, statement: str, *, by: Actor) -> int:
    """They get it from now on; who says that they agreed, and how, is kept with them. Gives how many are new."""
    statement = " ".join(statement.split())[:1000]
    if len(statement) < 10:
        raise Invalid(_("Say where and how these people agreed to get this."), field="statement")
    read = read_list(newsletter, text, by=by)
    now = clock.now()
    with transaction.atomic():
        brought = Brought.objects.create(newsletter=newsletter, statement=statement, by_id=by.person_id, at=now)
        rows = [
            Subscriber(
                newsletter=newsletter, digest=digest_of(each), address=each, consent=ATTESTED, brought=brought, since=now
            )
            for each in read.new
        ]  # fmt: skip
        Subscriber.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
        announce(ListBrought(newsletter.id, len(rows), asked=False), by=by)
    return len(read.new)


def bring_asking(newsletter: Newsletter, text: str, *, by: Actor) -> int:
    """Each gets one letter that asks; nobody is subscribed before they agree. Gives how many were asked: nobody who had a few letters of
    this kind just now. The same people are asked once in a week; raises `TooMany`."""
    read = read_list(newsletter, text, by=by)
    now, pause, number = clock.now(), timedelta(minutes=1) / PER_MINUTE.get(), 0
    with transaction.atomic():
        same = hashlib.sha256("\n".join(sorted(read.new)).encode()).hexdigest()
        limits.take(f"newsletter list {newsletter.id} {same}", per=AGAIN, allowed=1)
        for address in read.new:
            if not may_have_a_letter(address):
                continue
            asked = Asked(address, (newsletter.id,), by.language, int(now.timestamp()))
            said = {"names": [newsletter.name], "consent": consent_address(asked), "choices": ""}
            made = compose("newsletter/mail/asked.txt", said, language=by.language)
            due_at = now + pause * number
            write_letter(KIND, address=address, due_at=due_at, subject=made["subject"], text=made["text"])
            number += 1
        announce(ListBrought(newsletter.id, number, asked=True), by=by)
    return number
