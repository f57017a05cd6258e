"""Asking for cards: which addresses of a text stand alone on their line, and that the worker shall look at their pages."""

from collections.abc import Collection
from datetime import timedelta
from html import unescape

from django.db.models import Exists, OuterRef

from stoa.base import clock, files, limits
from stoa.base.actors import Actor
from stoa.base.elsewhere.addresses import domains_of, host_of, may_be_asked, without_fragment
from stoa.base.elsewhere.options import LINK_CARDS
from stoa.base.errors import TooMany
from stoa.base.models.file import File
from stoa.base.models.page_elsewhere import BarredHost, Linking, PageElsewhere
from stoa.base.text.cards import ALONE
from stoa.base.things import Reference
from stoa.base.work import wake

MOST = 8  # of one text
ALLOWED, PER = 40, timedelta(hours=1)  # pages that one person can make us ask for
KIND = "base.page_elsewhere"
UNLINKED_FOR = timedelta(days=2)
State = PageElsewhere.State


def addresses_in(html: str) -> list[str]:
    """The addresses of a stored text of which cards may be made, each once."""
    found = (without_fragment(unescape(each[2])) for each in ALONE.finditer(html)) if "<x-card>" in html else ()
    return [each for each in dict.fromkeys(found) if may_be_asked(each)][:MOST]


def ask(html: str, thing: Reference, *, is_public: bool, by: Actor) -> None:
    """Within the transaction that keeps an open text: what it links to is asked for by the worker, unless it is known. `is_public`:
    whether visitors read it. A text that has no address on a line of its own costs nothing."""
    wanted = addresses_in(html)
    if not wanted or not LINK_CARDS.get():
        return
    wanted = _not_barred(wanted)
    PageElsewhere.objects.bulk_create(
        [PageElsewhere(address=each, host=host_of(each), is_public=is_public) for each in wanted], ignore_conflicts=True
    )
    pages = list(PageElsewhere.objects.filter(address__in=wanted).order_by("id"))
    Linking.objects.bulk_create(
        [Linking(page=each, thing_key=thing[0], thing_id=thing[1]) for each in pages], ignore_conflicts=True
    )
    if is_public and not all(each.is_public for each in pages):
        PageElsewhere.objects.filter(id__in=[each.id for each in pages]).update(is_public=True)
    _make_due([each for each in pages if _is_stale(each)], by)


def unlink(thing_ids: Collection[int], keep: str = "") -> None:
    """These texts link to nothing any more, or (one text, with its HTML) only to what it holds now."""
    gone = Linking.objects.filter(thing_id__in=thing_ids)
    kept = addresses_in(keep)
    (gone.exclude(page__address__in=kept) if kept else gone).delete()


def hand_over(before: Reference, after: Reference) -> None:
    """What one text links to, another does from now on."""
    Linking.objects.filter(thing_id=before[1]).update(thing_key=after[0], thing_id=after[1])


def forget_unlinked() -> None:
    """Forgets pages to which nothing links any more, with their pictures; what a person dropped stays dropped."""
    linked = Linking.objects.filter(page=OuterRef("pk"))
    gone = PageElsewhere.objects.exclude(state=State.DROPPED).filter(~Exists(linked), at__lt=clock.now() - UNLINKED_FOR)
    numbers = list(gone.values_list("id", flat=True)[:500])
    files.forget(File.objects.filter(thing_key=KIND, thing_id__in=numbers))
    PageElsewhere.objects.filter(id__in=numbers).delete()


def is_barred(host: str) -> bool:
    return BarredHost.objects.filter(host__in=domains_of(host)).exists()


def _not_barred(addresses: list[str]) -> list[str]:
    domains = {each: domains_of(host_of(each)) for each in addresses}
    barred = set(
        BarredHost.objects.filter(host__in={one for all_of in domains.values() for one in all_of}).values_list(
            "host", flat=True
        )
    )
    return [each for each in addresses if not barred.intersection(domains[each])]


def _is_stale(page: PageElsewhere) -> bool:
    """Whether it waits for its first look, or was looked at too long ago."""
    if page.due_at is not None or page.state == State.DROPPED:
        return False
    return page.expires_at is None or page.expires_at <= clock.now()


def _make_due(pages: list[PageElsewhere], by: Actor) -> None:
    """As many as this person may still ask for in this hour; the others stay plain links until somebody links to them again."""
    taken = []
    for page in pages:
        try:
            limits.take(f"cards {by.person_id or by.name}", per=PER, allowed=ALLOWED)
        except TooMany:
            break
        taken.append(page.id)
    if taken:
        PageElsewhere.objects.filter(id__in=taken, due_at=None).update(due_at=clock.now(), failures=0)
        wake.after_commit()
