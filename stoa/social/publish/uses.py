"""In which posts an asset of the library is used, as the asset's page shows it."""

from dataclasses import dataclass

from django.db.models import Prefetch

from stoa.base.actors import Actor
from stoa.social.library.models import Asset
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.reading import PostRow, states_of

SHOWN = 20


@dataclass(frozen=True)
class AssetUses:
    """The newest posts that this reader may see, and how many such posts there are."""

    rows: list[PostRow]
    count: int

    @classmethod
    def of(cls, asset: Asset, actor: Actor) -> "AssetUses":
        posts = Post.objects.visible_to(actor).filter(asset_uses__asset=asset)
        shown = Prefetch("deliveries", Delivery.objects.visible_to(actor).select_related("channel").order_by("id"))
        rows = [PostRow(post, states_of(post)) for post in posts.prefetch_related(shown).order_by("-id")[:SHOWN]]
        return cls(rows, posts.count() if len(rows) == SHOWN else len(rows))
