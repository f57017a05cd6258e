"""What the organisation's own application is at a network: asked or registered once, sealed, given to the connector again."""

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from django.db import transaction

from stoa.base import clock
from stoa.base.crypto import CannotOpen, Secret
from stoa.social.networks.models import Application
from stoa.social.networks.protocol import Field


def place_of(asks: Sequence[Field], answers: Mapping[str, str]) -> str:
    """At which server: what is asked each time and is no secret, written in one way. Empty where a network is one place."""
    told = [answers.get(each.name, each.default) for each in asks if not each.once and each.kind != "secret"]
    return " ".join(one_way(each) for each in told if each)[:200]


def one_way(told: str) -> str:
    """`https://Guild.example/`, `guild.example` and `GUILD.example` are one place."""
    plain = told.strip().rstrip("/").lower()
    return (urlsplit(plain).netloc or plain) if "://" in plain else plain


def known_application(network: str, place: str) -> dict[str, str]:
    """What is kept for this place; nothing where there is none, or where it cannot be opened any more."""
    row = Application.objects.filter(network=network, place=place).first()
    if row is None or row.sealed is None:
        return {}
    try:
        found: dict[str, str] = json.loads(row.sealed.open().reveal())
    except CannotOpen:
        return {}
    return found


def keep_application(network: str, place: str, told: Mapping[str, str]) -> None:
    """Keeps what a sign-in has just proved to be right. Nothing told leaves what is kept."""
    if not told:
        return
    with transaction.atomic():
        row = Application.objects.select_for_update().filter(network=network, place=place).first()
        row = row or Application(network=network, place=place)
        row.sealed, row.since = Secret(json.dumps(dict(told))), clock.now()
        row.save()
