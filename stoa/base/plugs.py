"""What base brings to its own sockets: hearings and ticks are kinds of due rows; the engine's finished tasks are cleared away."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stoa.base import backup, elsewhere, options, things, work  # noqa: F401  (backup, elsewhere, options: their facts are declared)
from stoa.base.actors import Actor
from stoa.base.facts import Told, load
from stoa.base.facts.hear import subscriber
from stoa.base.models import Hearing, PageElsewhere, Tick
from stoa.base.models.page_elsewhere import PagesElsewhere
from stoa.base.standing_queries import first, standing
from stoa.base.standing_writes import delete
from stoa.base.work import ticks


def hear(hearing_id: int, fence: int) -> None:
    """Lets one subscriber hear one fact: what it does and the end of the hearing are one transaction."""
    hearing = first(standing(heard, hearing_id=hearing_id, fence=fence))
    if hearing is None:
        raise work.Fenced
    row = hearing.fact
    found = subscriber(hearing.subscriber)
    with transaction.atomic():
        if found:
            found.hear(Told(load(row.name, row.content), row.id, row.at, row.by_id))
        if not delete(Hearing, {"id": hearing_id, "fence": fence}):
            raise work.Fenced


def heard(*, hearing_id: int, fence: int) -> QuerySet[Hearing]:
    return Hearing.objects.select_related("fact").filter(id=hearing_id, fence=fence).order_by()[:1]


def visible_pages(actor: Actor, ids: Collection[int]) -> PagesElsewhere:
    return PageElsewhere.objects.visible_to(actor).filter(id__in=ids)


def page_card(page: PageElsewhere) -> things.Card:
    return things.Card(page.title, page.address, _("Page elsewhere"), page.description)


things.register(things.Thing("base.page_elsewhere", visible_pages, page_card))
work.register(work.Kind("base.hearing", Hearing, hear, lease=timedelta(seconds=60), batch=32, together=8))
work.register(work.Kind("base.tick", Tick, ticks.run, lease=timedelta(minutes=10)))
