"""Counting visits through a link, with nothing stored on the visitor's device and nothing kept that names them. Of those who are
signed in, whoever plugs into `publish.visits` keeps by account what the page of numbers needs."""

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.social.publish import visits
from stoa.social.publish.models import Click, ClickDay, Link, Salt

SALT_LIFE = timedelta(hours=48)
PROGRAMS = (
    "bot", "crawl", "spider", "slurp", "preview", "fetch", "facebookexternalhit", "whatsapp",
    "pleroma", "misskey", "http", "curl", "wget", "python", "java/", "go-", "okhttp", "axios", "headless", "scan",
    "monitor", "embed", "cardyb", "akkoma", "friendica", "lemmy/",
)  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """What a request through a link says of itself."""

    method: str
    mode: str
    purpose: str
    agent: str
    address: str

    @property
    def is_click(self) -> bool:
        """Somebody followed the link: a navigation, by no known program. Everything else is a preview or a fetch."""
        agent = self.agent.lower()
        named = bool(agent) and not any(word in agent for word in PROGRAMS)
        return self.method == "GET" and self.mode == "navigate" and not self.purpose and named


def count_visit(link: Link, visit: Visit, *, by: Actor) -> None:
    """Counts a click once per visitor and hour; previews and fetches apart. Who is signed in is told of where that is kept."""
    now = clock.now()
    with transaction.atomic():
        day, _made = ClickDay.objects.get_or_create(link=link, day=now.date())
        if not visit.is_click:
            ClickDay.objects.filter(id=day.id).update(previews=F("previews") + 1)
            return
        visits.tell(link, by=by)
        hour = now.replace(minute=0, second=0, microsecond=0)
        visitor = visitor_key(link, visit, now.date())
        _click, is_new = Click.objects.get_or_create(link=link, visitor=visitor, hour=hour, defaults={"at": now})
        if is_new:
            ClickDay.objects.filter(id=day.id).update(clicks=F("clicks") + 1)


def visitor_key(link: Link, visit: Visit, day: date) -> str:
    """HMAC of link, address prefix and user agent under the day's salt."""
    salt, _made = Salt.objects.get_or_create(day=day, defaults={"value": secrets.token_bytes(32)})
    said = f"{link.id}|{address_prefix(visit.address)}|{visit.agent}"
    return hmac.new(bytes(salt.value), said.encode(), hashlib.sha256).hexdigest()[:32]


def address_prefix(address: str) -> str:
    """/24 of IPv4, /48 of IPv6: enough to tell households apart for a day, and no more."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False).network_address)


def destroy_salts() -> None:
    Salt.objects.filter(made_at__lt=clock.now() - SALT_LIFE).delete()
