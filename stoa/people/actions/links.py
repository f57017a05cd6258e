"""Links on one's profile: adding, taking away, and finding out whether the page behind one links back."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stoa.base import clock, limits
from stoa.base.actors import Actor, system
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.http import Answer, GuardedClient, Outside, web_address
from stoa.base.work import Fenced, wake
from stoa.people.facts import LinkProofLost, LinkProven
from stoa.people.models import ProfileLink
from stoa.people.models.link import LONGEST_ADDRESS, MOST
from stoa.people.policy import may_follow, may_link_elsewhere
from stoa.people.rel_me import links_back

LARGEST, SECONDS, REDIRECTS = 1_000_000, 10.0, 3
AGAIN, SOON = timedelta(days=30), (timedelta(days=1), timedelta(days=7))
ALLOWED, PER = 10, timedelta(hours=1)
LOST_AFTER = 2  # failures in a row
Said = ProfileLink.Said


def add_link(address: str, *, by: Actor) -> ProfileLink:
    """Puts an address on one's profile and looks for its proof at once."""
    if not may_link_elsewhere(by):
        raise NotAllowed(
            _("You can add links once you have settled in here."), _("What you may do says what is missing.")
        )
    address = checked_address(address)
    with transaction.atomic():
        if ProfileLink.objects.own(by).count() >= MOST:
            raise NotPossible(_("A profile holds at most %(most)s links.") % {"most": MOST}, _("Take one away first."))
        try:
            with transaction.atomic():
                link = ProfileLink.objects.create(person_id=by.own_id, address=address, due_at=clock.now())
        except IntegrityError:
            raise Invalid(_("This address stands on your profile already."), field="address") from None
        wake.after_commit()
    return link


def checked_address(typed: str) -> str:
    """A whole web address, or `Invalid` beside the field."""
    typed = typed.strip()
    address = web_address(typed if "://" in typed else f"https://{typed}", LONGEST_ADDRESS)
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        host, port = "", None
    if "." not in host or parts.username is not None or (port is not None and not port):
        raise Invalid(_("Write a whole web address, such as https://example.org/me."), field="address")
    if host == urlsplit(settings.STOA_URL).hostname:
        raise Invalid(_("Link to a page of yours elsewhere: here, your profile says who you are."), field="address")
    return address


def take_link_away(link: ProfileLink, *, by: Actor) -> None:
    if link.person_id != by.person_id:
        raise NotAllowed(_("Only you can change your links."))
    link.delete()


def ask_for_proof(link: ProfileLink, *, by: Actor) -> None:
    """Looks now, some times an hour."""
    if link.person_id != by.person_id or not may_follow(by):
        raise NotAllowed(_("Only you can change your links."))
    limits.take(f"links {by.own_id}", per=PER, allowed=ALLOWED)
    with transaction.atomic():
        ProfileLink.objects.filter(id=link.id).update(due_at=clock.now())
        wake.after_commit()


def look_for_proof(link_id: int, fence: int) -> None:
    """The worker's part: asks outside of any transaction, then keeps what it found."""
    link = ProfileLink.objects.filter(id=link_id, fence=fence).select_related("person").first()
    if link is None:
        raise Fenced
    said = found_at(link.address, link.person.shown_id)
    with transaction.atomic():
        keep_finding(link, said, fence)


def found_at(address: str, shown_id: str) -> str:
    """What is wrong with the page behind an address; nothing when it links back to this person."""
    try:
        answer = outside().request("GET", address, headers={"accept": "text/html"}, follow=REDIRECTS)
    except Outside:
        return Said.NO_ANSWER
    if answer.status != 200 or not answer.headers.get("content-type", "").lower().startswith(
        ("text/html", "application/xhtml")
    ):
        return Said.NO_PAGE
    if _host(answer.url) != _host(address):  # else a page that leads anywhere would prove anybody
        return Said.ELSEWHERE
    return Said.NOTHING if links_back(_text(answer), settings.STOA_URL, shown_id) else Said.NO_LINK


def outside() -> GuardedClient:
    return GuardedClient(largest=LARGEST, seconds=SECONDS)


def keep_finding(link: ProfileLink, said: str, fence: int) -> None:
    """Proof counts at once; it is gone after it was missing twice in a row. What was never proven is looked for a few times, then
    when its person asks."""
    now, was_proven = clock.now(), link.proven_at is not None
    failures = 0 if not said else min(link.failures + 1, 100)
    is_proven = not said or (was_proven and failures < LOST_AFTER)
    due = now + AGAIN if not said else (now + SOON[failures - 1] if failures <= len(SOON) else None)
    kept = ProfileLink.objects.filter(id=link.id, fence=fence).update(
        proven_at=(link.proven_at or now) if is_proven else None, checked_at=now, failures=failures, said=said,
        due_at=due, lease_until=None,
    )  # fmt: skip
    if not kept:
        raise Fenced
    if is_proven and not was_proven:
        announce(LinkProven(link.person_id, link.id), by=system("people"))
    elif was_proven and not is_proven:
        announce(LinkProofLost(link.person_id, link.id), by=system("people"))


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _text(answer: Answer) -> str:
    """The page as text. Tags and addresses are ASCII in every encoding that pages are written in."""
    return answer.body.decode("utf-8", errors="replace")
