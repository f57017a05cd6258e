"""The demo's paid reach: one post of the last weeks was boosted for two days."""

from datetime import timedelta
from decimal import Decimal

from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.social.publish.facts import BoostChanged
from stoa.social.publish.models import Boost, Delivery

OLD, FIRST, LAST = timedelta(days=5), timedelta(hours=6), timedelta(days=3)


def boost_one(story: Story) -> None:
    out = Delivery.objects.filter(state="published", role="post", published_at__lt=story.now - OLD)
    delivery = out.order_by("-published_at").first()
    if delivery is None or delivery.published_at is None:
        return
    begins, by = delivery.published_at + FIRST, story.known("person", "dov")
    with story.at(begins):
        boost = Boost.objects.create(
            delivery=delivery, starts_at=begins, ends_at=delivery.published_at + LAST, budget=Decimal("30.00"), currency="GBP",
            note="People within five miles of Hall 3; from the publicity tin", by_id=by,
        )  # fmt: skip
    fact = BoostChanged(boost.id, delivery.id, delivery.channel_id, boost.starts_at, boost.ends_at)
    announce_past([Past(fact, begins, by)])
