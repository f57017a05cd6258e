"""Looking after cards: dropping one everywhere, barring a host, and allowing it again."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock, files
from stoa.base.actors import Actor
from stoa.base.elsewhere.addresses import host_of
from stoa.base.elsewhere.asking import KIND
from stoa.base.elsewhere.facts import HostAllowed, HostBarred, PageDropped
from stoa.base.elsewhere.fetching import NOTHING
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.base.models.file import File
from stoa.base.models.page_elsewhere import LONGEST_HOST, BarredHost, PageElsewhere

RIGHT = "base.tend_cards"
BARRED = "its host is barred"  # dropped with its host: asked again when that is allowed; one that was dropped by itself is not
State = PageElsewhere.State


def may_tend_cards(actor: Actor) -> bool:
    return actor.is_staff and actor.may(RIGHT)


def drop_card(page: PageElsewhere, *, by: Actor) -> None:
    """Every text has the bare link from now on, and the page is not asked again. Dropping twice changes nothing."""
    _check(by)
    with transaction.atomic():
        if _drop(Q(id=page.id)):
            announce(PageDropped(page.id), by=by)


def bar_host(typed: str, *, by: Actor) -> BarredHost:
    """No page of this host, or below it, has a card any more. Barring twice changes nothing."""
    _check(by)
    host = _host(typed)
    with transaction.atomic():
        barred, is_new = BarredHost.objects.get_or_create(
            host=host, defaults={"at": clock.now(), "by_id": by.person_id}
        )
        _drop(Q(host=host) | Q(host__endswith=f".{host}"), BARRED)
        if is_new:
            announce(HostBarred(barred.id), by=by)
    return barred


def allow_host(barred: BarredHost, *, by: Actor) -> None:
    """Its pages are asked for again when somebody links to them."""
    _check(by)
    with transaction.atomic():
        number, host = barred.id, barred.host
        if BarredHost.objects.filter(id=number).delete()[0]:
            below = Q(host=host) | Q(host__endswith=f".{host}")
            pages = PageElsewhere.objects.filter(below, state=State.DROPPED, trouble=BARRED)
            pages.update(state=State.WAITING, expires_at=None, trouble="")
            announce(HostAllowed(number), by=by)


def _drop(which: Q, why: str = "") -> int:
    """Nothing stays of what those pages said, and nothing that is under way is written any more."""
    rows = PageElsewhere.objects.filter(which).exclude(state=State.DROPPED)
    numbers = list(rows.values_list("id", flat=True))
    files.forget(File.objects.filter(thing_key=KIND, thing_id__in=numbers))
    rows.filter(id__in=numbers).update(state=State.DROPPED, due_at=None, lease_until=None, trouble=why, **NOTHING)
    return len(numbers)


def _host(typed: str) -> str:
    """A host from what was typed: a name, or an address of it."""
    typed = typed.strip().lower()
    try:
        host = host_of(typed if "://" in typed else f"https://{typed}")
        host = host.encode("idna").decode("ascii") if host else ""
    except ValueError:
        host = ""
    fits = 0 < len(host) <= LONGEST_HOST and "." in host and all(each.isalnum() or each in ".-" for each in host)
    if not fits:
        raise Invalid(_("Write the name of a host, such as shop.example."), field="host")
    return host


def _check(by: Actor) -> None:
    if not may_tend_cards(by):
        raise NotAllowed(_("You cannot take cards away from everybody."), _("Ask a moderator."))
