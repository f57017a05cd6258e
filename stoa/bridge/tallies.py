"""What came through a campaign's links, in a fixed number of queries: clicks as counted, joins by the sign-up that carried the link."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from stoa.base import cursors
from stoa.base.cursors import Page
from stoa.bridge.models import Campaign, Placement, Touch
from stoa.bridge.models.campaign import Campaigns
from stoa.social.publish.models import Click, ClickDay
from stoa.social.publish.models.boost import boosted

PAGE, MOST = 30, 200
FEWEST = 5  # below this a number of people is not told: one could guess who


@dataclass(frozen=True)
class Tally:
    """One link: what came by itself, and what came while its post was boosted. `joins` is None when fewer people joined than are told
    of. Where one of both is so few, it is all who joined, and none are told apart: a boost can be said for any hour afterwards."""

    placement: Placement
    clicks: int
    joins: int | None
    clicks_boosted: int
    joins_boosted: int


def campaigns_page(rows: Campaigns, before: str) -> Page[Campaign]:
    """One page, the newest first."""
    return cursors.page(rows.annotate(links=Count("placements", distinct=True)), "made_at", before, size=PAGE)


def placements_of(campaign: Campaign) -> list[Tally]:
    rows = campaign.placements.select_related("link__delivery__channel", "link__delivery__post").order_by("-id")
    placements = list(rows[:MOST])
    links = [placement.link_id for placement in placements]
    clicks = dict(ClickDay.objects.filter(link__in=links).values_list("link").annotate(n=Sum("clicks")))
    joins = dict(Touch.objects.filter(Q(kind="join"), link__in=links).values_list("link").annotate(n=Count("id")))
    paid = boosted("link__delivery")
    paid_clicks = dict(Click.objects.filter(paid, link__in=links).values_list("link").annotate(n=Count("id")))
    paid_joins = dict(
        Touch.objects.filter(paid, kind="join", link__in=links).values_list("link").annotate(n=Count("id"))
    )
    return [
        Tally(
            each, clicks.get(link, 0) - paid_clicks.get(link, 0), joined, paid_clicks.get(link, 0), joined_boosted,
        )
        for each, link in zip(placements, links, strict=True)
        for joined, joined_boosted in [apart(joins.get(link, 0), paid_joins.get(link, 0))]
    ]  # fmt: skip


def apart(every: int, paid: int) -> tuple[int | None, int]:
    """(who joined by themselves, who joined while it was boosted); all in the first, where one of both is too few to be told."""
    if told(every - paid) is None or told(paid) is None:
        return told(every), 0
    return every - paid, paid


def told(number: int) -> int | None:
    return number if number == 0 or number >= FEWEST else None
