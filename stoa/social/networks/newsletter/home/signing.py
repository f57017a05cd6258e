"""Addresses of ours that work without signing in, because they came by mail: to agree, to stop, to choose.

They are signed, speak of nothing else, and hold no address of anybody but in the one that asks for consent, where nothing is kept yet.
Those that stop and choose speak of one subscription, from its beginning to its end: whoever subscribes anew has new ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from stoa.base import clock
from stoa.social.networks.newsletter.home.addresses import normal
from stoa.social.networks.newsletter.home.models import Subscriber

ASKING, STOPPING, CHOOSING = "newsletter.ask", "newsletter.stop", "newsletter.choose"
LASTS = timedelta(days=7)
CHOICES_LAST = timedelta(days=90)  # longer than most newsletters pause: the newest mail opens them anew


@dataclass(frozen=True)
class Asked:
    """Who asked for which newsletters, when (seconds since 1970) and in which language."""

    address: str
    newsletters: tuple[int, ...]
    language: str
    at: int

    @property
    def is_over(self) -> bool:
        return clock.now().timestamp() - self.at > LASTS.total_seconds()


def consent_address(asked: Asked) -> str:
    """Where whoever owns that mailbox agrees."""
    token = signing.dumps([asked.address, list(asked.newsletters), asked.language, asked.at], salt=ASKING)
    return settings.STOA_URL + reverse("newsletter:confirmation", kwargs={"token": token})


def read_consent(token: str) -> Asked | None:
    """None for what we did not sign."""
    try:
        address, newsletters, language, at = signing.loads(token, salt=ASKING)
        asked = Asked(normal(str(address)), tuple(int(each) for each in newsletters), str(language)[:35], int(at))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return asked if asked.address else None


def stop_address(subscriber: Subscriber, mail_id: int = 0) -> str:
    """Where this subscriber ends the newsletter in one click (RFC 8058); `mail_id`: by which mail of an issue."""
    token = signing.dumps([subscriber.id, begun(subscriber), mail_id], salt=STOPPING)
    return settings.STOA_URL + reverse("newsletter:stop", kwargs={"token": token})


def read_stop(token: str) -> tuple[Subscriber, int] | None:
    """None for what we did not sign, and for a subscription that ended before this one began."""
    try:
        subscriber_id, since, mail_id = map(int, signing.loads(token, salt=STOPPING))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = subscriber_of(subscriber_id, since)
    return (found, mail_id) if found else None


def choice_address(subscriber: Subscriber) -> str:
    """What opens the page on which this subscriber chooses among all newsletters."""
    token = signing.dumps([subscriber.id, begun(subscriber), int(clock.now().timestamp())], salt=CHOOSING)
    return settings.STOA_URL + reverse("newsletter:choices", kwargs={"token": token})


def read_choice(token: str) -> Subscriber | None:
    """None as well when it is over."""
    try:
        subscriber_id, since, at = map(int, signing.loads(token, salt=CHOOSING))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    is_over = clock.now().timestamp() - at > CHOICES_LAST.total_seconds()
    return None if is_over else subscriber_of(subscriber_id, since)


def begun(subscriber: Subscriber) -> int:
    return int(subscriber.since.timestamp())


def subscriber_of(subscriber_id: int, since: int) -> Subscriber | None:
    found = Subscriber.objects.select_related("newsletter").filter(id=subscriber_id).first()
    return found if found and begun(found) == since else None
