"""Posts for wall times around changes of clocks, planned years before; for a quarter of them the zone data were other ones then."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from proofs.publish.driving import channel_of
from proofs.publish.run import PLACES, Run
from stoa.base.tests.clock_changes import CASES
from stoa.social.publish.actions import Draft, VariantDraft, plan_post
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.times import GRACE
from stoa.spaces.tests.makers import make_staff

OLD = "2009.1"
NEAR = timedelta(minutes=5)  # of the product's time: a sweep and a line of its channel


def plan(run: Run) -> None:
    channels = [channel_of(run, f"{kind}-{number}", number) for kind, many in PLACES for number in range(many)]
    by = make_staff("social_media_manager")
    for number in range(run.count):
        zone, wall, _instant, _told = CASES[number % len(CASES)]
        draft = Draft(text=f"Number {number}.", target="/join/")
        plan_post(by=by, variants=[VariantDraft(channels[number % len(channels)])], draft=draft,
                  wall=datetime.fromisoformat(wall), zone=zone)  # fmt: skip
    Delivery.objects.update(late_after=F("planned_for") + timedelta(hours=2))
    wrong = list(Post.objects.annotate(rest=F("id") % 4).filter(rest=0).values_list("id", flat=True))
    hour = timedelta(hours=1)
    Post.objects.filter(id__in=wrong).update(tzdata=OLD, at=F("at") - hour)
    Delivery.objects.filter(post__in=wrong).update(
        due_at=F("due_at") - hour, planned_for=F("planned_for") - hour, late_after=F("planned_for") - hour + GRACE
    )
    run.told["planned_by_old_zone_data"] = len(wrong)


def are_resolved() -> bool:
    return not Post.objects.filter(tzdata=OLD).exists()


def told_of(run: Run, posts: list[dict[str, Any]]) -> dict[str, Any]:
    """How far from the wall time shown each went out: nothing before it, nothing long after."""
    meant = {}
    for row in Delivery.objects.select_related("post"):
        assert row.post is not None
        instant = next(i for zone, wall, i, _told in CASES if (zone, wall) == (row.post.zone, row.post.wall))
        meant[row.key] = datetime.fromisoformat(f"{instant}+00:00").timestamp()
    off = [run.clockwork.shown(each["t"]) - meant[each["key"]] for each in posts if each["made"]]
    return {
        "cases": len(CASES), "wrong_instant": sum(not -0.5 <= each <= NEAR.total_seconds() for each in off),
        "seconds_after_its_time_most": round(max(off, default=0), 1),
    }  # fmt: skip
