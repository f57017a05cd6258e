"""The worker's part: looks at a page once, reads what it says of itself, and keeps that with a small picture of our own making.

A request leaves only while a text that every member may read links to the page; that is asked again here, because a topic can have moved
into a closed space, or be gone, since it was posted.
"""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction

from stoa.base import clock, files, limits, things
from stoa.base.actors import Actor, Standing, system
from stoa.base.elsewhere.addresses import host_of, may_be_asked
from stoa.base.elsewhere.asking import KIND, is_barred
from stoa.base.elsewhere.facts import PageFound
from stoa.base.elsewhere.options import LINK_CARDS
from stoa.base.elsewhere.reading import Said, said_by
from stoa.base.errors import Invalid, TooMany
from stoa.base.facts import announce
from stoa.base.files.pictures import Small, shrunk
from stoa.base.http import Answer, Forbidden, GuardedClient, Outside, TooLarge
from stoa.base.models.file import File
from stoa.base.models.page_elsewhere import Linking, PageElsewhere
from stoa.base.work.claim import Fenced

ENOUGH, LARGEST_PICTURE = 512_000, 3_000_000  # bytes
SECONDS, REDIRECTS = 8.0, 3
PAGES = {"text/html", "application/xhtml+xml"}
PICTURES = {"image/jpeg", "image/png", "image/webp", "image/gif"}
OF_A_HOST, PER = 10, timedelta(minutes=1)
AGAIN = (timedelta(minutes=2), timedelta(minutes=30), timedelta(hours=6))
KNOWN_FOR, NOTHING_FOR, FAILED_FOR = timedelta(days=30), timedelta(days=7), timedelta(days=1)
LOOKED_AT = 50  # linking texts, the newest first
ANY_MEMBER = Actor(standing=Standing.MEMBER)
State = PageElsewhere.State


class NotNow(Exception):
    """The page did not answer, or not as it does on other days: it is looked at again."""


@dataclass(frozen=True)
class Found:
    """What a page gave: what it says, and its picture if that could be had."""

    said: Said
    picture: Small | None


def look_at(page_id: int, fence: int) -> None:
    """Looks at one page, outside of any transaction, and keeps what it found."""
    page = PageElsewhere.objects.filter(id=page_id, fence=fence).first()
    if page is None:
        raise Fenced
    if not _still_wanted(page):
        _settle(page, due_at=None)
        return
    try:
        limits.take(f"cards of {page.host}", per=PER, allowed=OF_A_HOST)
    except TooMany:
        _settle(page, due_at=clock.now() + PER)
        return
    try:
        found = found_at(page.address)
    except NotNow as trouble:
        _try_again(page, str(trouble))
        return
    if found:
        _keep(page, found)
    else:
        _settle(page, state=State.NOTHING, expires_at=clock.now() + NOTHING_FOR, **NOTHING)


def found_at(address: str) -> Found | None:
    """What the page at an address says of itself; None when it says nothing. Raises `NotNow`."""
    answer = _asked(outside(largest=ENOUGH, whole=False), address, "text/html,application/xhtml+xml")
    kind = answer.headers.get("content-type", "")
    if answer.status in (408, 425, 429) or answer.status >= 500:
        raise NotNow(f"status {answer.status}")
    if answer.status != 200 or kind.partition(";")[0].strip().lower() not in PAGES:
        return None
    if answer.url != address and not _may_lead(answer.url):
        return None
    said = said_by(answer.body, kind, answer.url)
    return Found(said, picture_at(said.picture)) if said else None


def _may_lead(address: str) -> bool:
    """Not to where we would not have gone by ourselves: a page to sign in, ours, a host that is barred."""
    return may_be_asked(address) and not is_barred(host_of(address))


def picture_at(address: str) -> Small | None:
    """The picture, made anew from its pixels; None when there is none that can be had: a card does without."""
    if not address or urlsplit(address).username is not None or is_barred(host_of(address)):
        return None
    try:
        answer = _asked(outside(largest=LARGEST_PICTURE), address, ",".join(sorted(PICTURES)))
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        return shrunk(answer.body) if answer.status == 200 and kind in PICTURES else None
    except (NotNow, Invalid):
        return None


def outside(*, largest: int, whole: bool = True) -> GuardedClient:
    return GuardedClient(largest=largest, seconds=SECONDS, whole=whole)


def _asked(client: GuardedClient, address: str, accept: str) -> Answer:
    try:
        return client.request("GET", address, headers={"accept": accept}, follow=REDIRECTS)
    except (Forbidden, TooLarge):
        return Answer(403, {}, b"", address)  # it will be so on every other day too
    except Outside as trouble:
        raise NotNow(str(trouble)) from trouble


def _still_wanted(page: PageElsewhere) -> bool:
    """Whether a text that every member may read links to it, while cards are made and nobody has barred its host."""
    if not LINK_CARDS.get() or is_barred(page.host) or page.host != host_of(page.address):
        return False
    linking = Linking.objects.filter(page=page).order_by("-id").values_list("thing_key", "thing_id")[:LOOKED_AT]
    return bool(things.rows(list(linking), to=ANY_MEMBER))


NOTHING = {"title": "", "description": "", "site": "", "picture_id": None, "width": None, "height": None}


def _keep(page: PageElsewhere, found: Found) -> None:
    """The words, the picture in the place of the one before, and the fact that tells open pages."""
    said, small = found.said, found.picture
    picture = files.keep_small(small, (KIND, page.id)) if small else None
    try:
        _keep_both(page, said, picture)
    except Fenced:
        files.forget([picture] if picture else [])
        raise


def _keep_both(page: PageElsewhere, said: Said, picture: File | None) -> None:
    with transaction.atomic():
        before = File.objects.filter(thing_key=KIND, thing_id=page.id)
        files.forget(before.exclude(id=picture.id) if picture else before)
        _settle(
            page, state=State.FOUND, expires_at=clock.now() + KNOWN_FOR, title=said.title, description=said.description, site=said.site,
            picture_id=picture and picture.id, width=picture and picture.width, height=picture and picture.height,
        )  # fmt: skip
        announce(PageFound(page.id), by=system("base"))


def _try_again(page: PageElsewhere, trouble: str) -> None:
    """A few times, ever later. What was found before stays until another link asks after it is old."""
    failures, now = page.failures + 1, clock.now()
    if failures <= len(AGAIN):
        _settle(page, due_at=now + AGAIN[failures - 1], failures=failures, trouble=trouble[:300])
        return
    state = State.FOUND if page.state == State.FOUND else State.FAILED
    _settle(page, state=state, expires_at=now + FAILED_FOR, trouble=trouble[:300], failures=failures)


def _settle(page: PageElsewhere, **values: object) -> None:
    """Writes what became of it, unless somebody else has it now or a person has dropped it meanwhile."""
    written = {"due_at": None, "lease_until": None, "trouble": "", **values}
    if "state" in values:
        written |= {"asked_at": clock.now(), "failures": values.get("failures", 0)}
    rows = PageElsewhere.objects.filter(id=page.id, fence=page.fence).exclude(state=State.DROPPED)
    if not rows.update(**written):
        raise Fenced
