"""The demo's newsletter: a list of people who like mended things, all invented, and two issues that have reached them."""

from __future__ import annotations

import random
from datetime import timedelta

from django.db import transaction

from stoa.base import clock, ids
from stoa.base.actors import system
from stoa.demo_guild import SEED
from stoa.social.networks.newsletter.home.actions.newsletters import Said, make_newsletter
from stoa.social.networks.newsletter.home.actions.subscribing import end, subscribe
from stoa.social.networks.newsletter.home.models import Issue, Mail, Newsletter, Subscriber
from stoa.social.networks.newsletter.home.models.issue import SENT
from stoa.social.networks.newsletter.home.models.mail import REFUSED, TAKEN
from stoa.social.networks.newsletter.home.models.subscriber import BOUNCED, CONFIRMED

FIRST = (
    "anouk", "bruno", "celia", "david", "elif", "farid", "greta", "hanne", "ibrahim", "jelena", "karim", "lotte", "marek",
    "nadia", "oskar", "paula", "quentin", "rosa", "samir", "tove", "ulrike", "vera", "wim", "xenia", "yusuf", "zoe",
)  # fmt: skip
LAST = (
    "arendt",
    "bakker",
    "costa",
    "dahl",
    "egger",
    "fonseca",
    "grau",
    "haas",
    "ito",
    "jansen",
    "kowal",
    "lind",
    "meyer",
)
ISSUES = (
    (
        timedelta(days=33), "What we mended in the autumn",
        "Forty-one lamps, nineteen radios and a music box that plays again.\n\nThe lamp bench has found its first three apprentices. If"
        " you have a steady hand and a free Tuesday, there is a stool for you.\n\nAnd the question that we could not answer: who still"
        " makes zips for tents? Write to us, we will pass it on.",
    ),
    (
        timedelta(days=5), "The winter fair, and a bench for bicycles",
        "On the second Saturday of Advent we open all benches from ten to five. Bring what is broken; leave with it mended, or with an"
        " honest answer.\n\nNew this winter: a bench for bicycles, under the roof of the yard, whatever the weather.\n\nThere will be"
        " soup.",
    ),
)  # fmt: skip


def fill(seed: int = SEED) -> int:
    """Returns how many get it; filling twice changes nothing."""
    if Newsletter.objects.exists():
        return Subscriber.objects.subscribed().count()
    now, dice = clock.now(), random.Random(f"newsletter {seed}")  # noqa: S311
    with transaction.atomic(), ids.seeded(seed + 53):
        with clock.pinned(now - timedelta(days=320)):
            letter = make_newsletter("bench-letter", said(), by=system("newsletter"))
        for name in names(dice):
            with clock.pinned(now - timedelta(days=dice.uniform(6, 300))):
                subscribe(letter, f"{name}@example.org", consent=CONFIRMED, language="en")
        for before, title, text in ISSUES:
            with clock.pinned(now - before):
                sent(letter, title, text)
        with clock.pinned(now - timedelta(days=4)):
            for each, because in zip(
                letter.subscribers.subscribed().order_by("since")[3:6], (BOUNCED, "", ""), strict=True
            ):
                end(each, because or "unsubscribed")
    return Subscriber.objects.subscribed().count()


def said() -> Said:
    return Said(
        name="The Bench Letter", description="What we mended, what we could not, and when you can come. Once a month.",
        sender="The Brackwater Repair Guild", reply_to="letter@example.org",
        imprint="The Brackwater Repair Guild, Old Rope Works, 7 Quay Lane, Brackwater",
    )  # fmt: skip


def names(dice: random.Random) -> list[str]:
    return sorted({f"{first}.{dice.choice(LAST)}" for first in FIRST for _time in range(2)})


def sent(letter: Newsletter, title: str, text: str) -> None:
    """As it is after the last mail: each was taken by the mail server, but for one to a mailbox that is gone."""
    now = clock.now()
    issue = Issue.objects.create(
        newsletter=letter, title=title, text=text, language="en", key=f"demo {title}", state=SENT, at=now, done_at=now
    )
    readers = list(letter.subscribers.subscribed().filter(since__lt=now).order_by("since").values_list("id", flat=True))
    mails = [
        Mail(issue=issue, subscriber_id=each, state=TAKEN, tries=1, tried_at=now, code=250, said="2.0.0 Ok")
        for each in readers
    ]  # fmt: skip
    if len(mails) > 3:
        mails[3].state, mails[3].code, mails[3].said = REFUSED, 550, "5.1.1 Nobody is at this address"
    Mail.objects.bulk_create(mails)
