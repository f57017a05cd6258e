"""Addresses of ours that work without signing in, because they came by mail: to agree, to stop, to choose.

They are signed, speak of nothing else, and hold no address of anybody but in the one that asks for consent, where nothing is kept yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from stoa.base import clock
from stoa.social.networks.newsletter.home.addresses import normal

ASKING, STOPPING, CHOOSING = "newsletter.ask", "newsletter.stop", "newsletter.choose"
LASTS = timedelta(days=7)


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


def stop_address(subscriber_id: int, mail_id: int = 0) -> str:
    """Where this subscriber ends the newsletter in one click (RFC 8058); `mail_id`: by which mail of an issue."""
    token = signing.dumps([subscriber_id, mail_id], salt=STOPPING)
    return settings.STOA_URL + reverse("newsletter:stop", kwargs={"token": token})


def read_stop(token: str) -> tuple[int, int] | None:
    try:
        subscriber_id, mail_id = signing.loads(token, salt=STOPPING)
        return int(subscriber_id), int(mail_id)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def choice_token(subscriber_id: int) -> str:
    """What opens the page on which this subscriber chooses among all newsletters."""
    return signing.dumps(subscriber_id, salt=CHOOSING)


def choice_address(subscriber_id: int) -> str:
    return settings.STOA_URL + reverse("newsletter:choices", kwargs={"token": choice_token(subscriber_id)})


def read_choice(token: str) -> int | None:
    try:
        return int(signing.loads(token, salt=CHOOSING))
    except (signing.BadSignature, ValueError, TypeError):
        return None
