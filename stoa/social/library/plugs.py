"""What this room brings to lower rooms' sockets."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stoa.base import things
from stoa.base.actors import Actor
from stoa.people import keeping
from stoa.social.library import options, rights  # noqa: F401  (registers this room's options and rights)
from stoa.social.library.keeping import KEEPING
from stoa.social.library.models import Asset


def visible_assets(actor: Actor, numbers: Collection[int]) -> QuerySet[Asset]:
    return Asset.objects.visible_to(actor).filter(id__in=numbers)


def asset_card(asset: Asset) -> things.Card:
    return things.Card(asset.title, f"/desk/library/{asset.shown_id}/", _("Asset"), asset.alt[:160], "", asset.at)


things.register(things.Thing("library.asset", visible_assets, asset_card))
keeping.register(KEEPING)
