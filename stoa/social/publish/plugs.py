"""What this room brings to lower rooms' sockets."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base import things
from stoa.base.actors import Actor
from stoa.base.pages import piece
from stoa.base.panels import panel
from stoa.people import keeping
from stoa.social.library.models import Asset
from stoa.social.networks.models import Channel
from stoa.social.publish import halting, licensing, rights  # noqa: F401  (register what stops a sending, this room's gate, its rights)
from stoa.social.publish.keeping import KEEPING
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.models.delivery import visible_deliveries
from stoa.social.publish.models.schedule import Schedule, visible_schedules
from stoa.social.publish.noticing import register_notices
from stoa.social.publish.noticing_schedules import register_notice_of_schedules
from stoa.social.publish.risk_pages import draw_of_channel, draw_of_channels
from stoa.social.publish.uses import AssetUses
from stoa.social.publish.waiting import draw_waiting


def visible_posts(actor: Actor, numbers: Collection[int]) -> QuerySet[Post]:
    return Post.objects.visible_to(actor).filter(id__in=numbers)


def post_card(post: Post) -> things.Card:
    return things.Card(post.title, f"/desk/posts/{post.shown_id}/", _("Post"), post.text[:160], "", post.at)


def delivery_card(delivery: Delivery) -> things.Card:
    title = _("On %(channel)s") % {"channel": delivery.channel.title}
    address = f"/desk/deliveries/{delivery.shown_id}/" + ("hand/" if delivery.state == "handed" else "")
    return things.Card(title, address, _("Delivery"), delivery.words[:160], "", delivery.published_at, is_open=True)


def schedule_card(schedule: Schedule) -> things.Card:
    title = _("Repeated: %(post)s") % {"post": schedule.post.title}
    return things.Card(
        title, schedule.get_absolute_url(), _("Schedule"), schedule.post.text[:160], "", schedule.made_at
    )


@panel("networks.channel.top", queries=10)
def risks_of_channel(request: HttpRequest, channel: Channel) -> str:
    return draw_of_channel(request, channel)


@panel("networks.channels.content", queries=6)
def channels_at_risk(request: HttpRequest, actor: Actor) -> str:
    return draw_of_channels(request, actor)


@panel("networks.stopped.content", queries=3)
def what_waits(request: HttpRequest, actor: Actor) -> str:
    return draw_waiting(request, actor)


things.register(things.Thing("publish.post", visible_posts, post_card))
things.register(things.Thing("publish.delivery", visible_deliveries, delivery_card))
things.register(things.Thing("publish.schedule", visible_schedules, schedule_card))
keeping.register(KEEPING)
register_notices()
register_notice_of_schedules()


@panel("library.asset.content", queries=3)
def uses_of_asset(request: HttpRequest, asset: Asset) -> str:
    """In which posts it is used."""
    return piece(request, "publish/asset_uses.html", {"uses": AssetUses.of(asset, request.actor)})  # type: ignore[attr-defined]
