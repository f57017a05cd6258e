"""What networks said of the numbers of our posts, by channel: the last reading within 7 days of each post. Not offered is not 0."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import DateTimeField, ExpressionWrapper, F, Q

from stoa.base.models.site import site
from stoa.measure.days import WEEK, Days
from stoa.social.listen.models import Reading
from stoa.social.listen.paid import apart
from stoa.social.networks import registry
from stoa.social.publish.models import Delivery

REACH = "reach"
INTERACTIONS = ("likes", "reposts", "replies")


@dataclass
class ChannelNumbers:
    """One channel's posts of the period, `read` of which were read.

    `reached` of them have a reach, which sums to `reach`; of `refused` the network said that it does not offer one. `engaged` are the
    interactions of the posts whose reach is known. All of these came by themselves; `boosted` posts grew by `boosted_reach` (of
    `boosted_reached` posts) and `boosted_interactions` while they were boosted."""

    title: str
    posts: int = 0
    read: int = 0
    reach: int = 0
    reached: int = 0
    refused: int = 0
    interactions: int = 0
    engaged: int = 0
    boosted: int = 0
    boosted_reach: int = 0
    boosted_reached: int = 0
    boosted_interactions: int = 0

    def take_boosted(self, measures: Mapping[str, int | None]) -> None:
        """Adds what one post gained while it was boosted."""
        reach = measures.get(REACH)
        self.boosted += 1
        self.boosted_reach += reach or 0
        self.boosted_reached += reach is not None
        self.boosted_interactions += sum(measures.get(key) or 0 for key in INTERACTIONS)

    def take(self, measures: Mapping[str, int | None]) -> None:
        """Adds one post with what was last read of it, but for what it gained while it was boosted."""
        self.posts, self.read = self.posts + 1, self.read + bool(measures)
        known = sum(measures.get(key) or 0 for key in INTERACTIONS)
        self.interactions += known
        reach = measures.get(REACH)
        if reach is not None:
            self.reach, self.reached, self.engaged = self.reach + reach, self.reached + 1, self.engaged + known
        self.refused += REACH in measures and reach is None


def channel_numbers(days: Days) -> list[ChannelNumbers]:
    """By channel, busiest first. Practice stands in no number, but in a demo folder."""
    period = days.period
    rows = Delivery.objects.filter(post__isnull=False, published_at__gte=period.start, published_at__lt=period.end)
    rows = rows.filter(role="post")  # a thread is one post, however many parts it has
    sent = list(rows.filter(counted_channels("channel__")).select_related("channel"))
    read = last_readings({delivery.id for delivery in sent})
    paid = apart(sent, young={each.id: each.published_at + WEEK for each in sent if each.published_at})
    found: dict[int, ChannelNumbers] = {}
    for delivery in sent:
        one = found.setdefault(delivery.channel_id, ChannelNumbers(delivery.channel.title))
        one.take(paid[delivery.id].organic if delivery.id in paid else read.get(delivery.id, {}))
        if delivery.id in paid and paid[delivery.id].boosted:
            one.take_boosted(paid[delivery.id].boosted)
    return sorted(found.values(), key=lambda one: (-one.posts, one.title))


def last_readings(deliveries: Collection[int]) -> dict[int, dict[str, int | None]]:
    """Delivery → measure → value (None = not offered), as last read within 7 days of publishing."""
    young = ExpressionWrapper(F("delivery__published_at") + WEEK, output_field=DateTimeField())
    rows = Reading.objects.filter(delivery__in=deliveries).alias(young=young).filter(at__lte=F("young"))
    found: dict[int, dict[str, int | None]] = defaultdict(dict)
    for delivery, measure, value in rows.order_by("at", "id").values_list("delivery_id", "measure", "value"):
        found[delivery][measure] = value
    return found


def counted_channels(prefix: str = "") -> Q:
    """Every channel; outside a demo folder not those of the practice network."""
    return Q() if site().is_demo else ~Q(**{f"{prefix}network": registry.practice().key})
