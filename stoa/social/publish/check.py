"""Does it all still fit? What this room derives or must hold, counted again from the rows."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate

from stoa.social.publish.models import (
    AssetUse,
    Click,
    ClickDay,
    Correction,
    Delivery,
    Occurrence,
    Post,
    Schedule,
    VideoFit,
)


def check() -> Iterator[str]:
    """Complaints, each naming its row."""
    yield from clicks()
    yield from corrections()
    for row in Delivery.objects.filter(state="published", attempts=None):
        yield f"publish: delivery {row.shown_id} is published and nothing was tried"
    idle = Delivery.objects.filter(state__in=("planned", "sending", "pending", "handed"), due_at=None)
    for row in idle.exclude(state="planned", follows__isnull=False, follows__published_at=None):
        yield f"publish: delivery {row.shown_id} is {row.state} and no worker will ever look at it"
    for row in Delivery.objects.filter(Q(variant__isnull=False) & ~Q(variant__channel=F("channel"))):
        yield f"publish: delivery {row.shown_id} goes to another channel than its variant"
    for row in Delivery.objects.filter(follows__isnull=False).exclude(follows__channel=F("channel")):
        yield f"publish: delivery {row.shown_id} follows one of another channel"
    loose = Delivery.objects.filter(role="part", answers="", state="published", channel__is_by_hand=False)
    for row in loose.exclude(attempts__kind__in=("hand", "person")):
        yield f"publish: part {row.shown_id} is published and answers nothing"
    for post in Post.objects.filter(state="planned", deliveries=None):
        yield f"publish: post {post.shown_id} is planned and has no delivery"
    yield from asset_uses()
    for fit in VideoFit.objects.filter(state="asked", due_at=None):
        yield f"publish: video {fit.shown_id} is to be fitted and no worker will ever look at it"
    for fit in VideoFit.objects.exclude(of__thing_key="publish.post", of__thing_id=F("post")):
        yield f"publish: video {fit.shown_id} was fitted for a post that does not show it"
    yield from schedules()


def schedules() -> Iterator[str]:
    """What runs is looked at some day, what was made is planned on its channel, and one post is one time."""
    for row in Schedule.objects.filter(state="running", due_at=None):
        yield f"publish: schedule {row.shown_id} runs and no worker will ever look at it"
    there = Delivery.objects.filter(post=OuterRef("post"), channel=OuterRef("channel"))
    for made in Occurrence.objects.filter(~Exists(there), state="made"):
        yield f"publish: time {made.number} of schedule {made.schedule_id} is made and has no delivery"
    shared = Occurrence.objects.exclude(post=None).values("post").annotate(times=Count("number", distinct=True))
    for each in shared.filter(times__gt=1):
        yield f"publish: post {each['post']} stands for {each['times']} times of a schedule"


def asset_uses() -> Iterator[str]:
    """Each asset that a post shows has a row that says so, and no other has."""
    told: dict[int, set[int]] = {}
    for post, asset in AssetUse.objects.values_list("post", "asset"):
        told.setdefault(post, set()).add(asset)
    for row in Post.objects.exclude(pictures=[]).iterator():
        if {each["asset"] for each in row.pictures if each.get("asset")} != told.pop(row.id, set()):
            yield f"publish: post {row.shown_id} shows other assets than its rows say"
    for post in told:
        yield f"publish: post {post} has rows of assets and shows none"


def clicks() -> Iterator[str]:
    """Each day's count is the number of its clicks."""
    rows = Click.objects.annotate(day=TruncDate("at")).values_list("link", "day").annotate(count=Count("id"))
    counted = {(link, day): count for link, day, count in rows}
    for each in ClickDay.objects.all().iterator():
        if each.clicks != counted.pop((each.link_id, each.day), 0):
            yield f"publish: {each.shown_id} counts {each.clicks} clicks, the rows say otherwise"
    for link, day in counted:
        yield f"publish: clicks of link {link} on {day} are counted nowhere"


def corrections() -> Iterator[str]:
    """What a delivery holds is what its last correction brought."""
    last: dict[int, Correction] = {
        each.delivery_id: each for each in Correction.objects.filter(state="done").order_by("id")
    }
    for row in Delivery.objects.filter(id__in=last, erased_at=None):
        if row.request_hash != last[row.id].request_hash:
            yield f"publish: delivery {row.shown_id} holds other words than its last correction"
