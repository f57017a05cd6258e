"""Going on: after a channel was connected again, after a hold or a restore, after the zones' rules changed."""

from django.db import transaction
from django.db.models import Exists, Q

from stoa.base import clock
from stoa.base.models.site import site
from stoa.base.walltime import resolve, tzdata_version
from stoa.base.work import wake
from stoa.social.networks.models import Hold
from stoa.social.publish.actions.following import move_waiting
from stoa.social.publish.models import Correction, Delivery, Post
from stoa.social.publish.models.delivery import HELD, PENDING, PLANNED, PUBLISHED, STOPPED, UNKNOWN
from stoa.social.publish.times import GRACE


def resume_channel(channel_id: int) -> None:
    """The channel is connected again: what was stopped is due (and asks when it is late), what is unknown is looked up."""
    now = clock.now()
    with transaction.atomic():
        rows = Delivery.objects.filter(channel=channel_id, due_at=None)
        rows.filter(state=STOPPED).update(state=PLANNED, due_at=now, since=now, mend="")
        asked = Q(state=PUBLISHED, id__in=Correction.objects.asked().values("delivery"))
        rows.filter(Q(state__in=(UNKNOWN, PENDING)) | Q(state=PUBLISHED, takedown="asked") | asked).update(
            due_at=now, mend=""
        )
        wake.after_commit()


def resume_held() -> None:
    """What a switch held back, and no switch holds any more, is due again. What was missed meanwhile will ask."""
    if site().paused_reason:
        return
    now = clock.now()
    holding = Hold.objects.standing().over_each("channel")
    with transaction.atomic():
        rows = Delivery.objects.filter(~Exists(holding), state=HELD, held_by="switch")
        if rows.update(state=PLANNED, due_at=now, since=now):
            wake.after_commit()


def resolve_zones() -> None:
    """Plans whose zone data are older than the package's are resolved anew: they go out at the wall time shown."""
    version = tzdata_version()
    waiting = Post.objects.filter(state="planned", at__gt=clock.now()).exclude(tzdata=version)
    for post in waiting.iterator():
        resolve_post(post.id, version)


def resolve_post(post_id: int, version: str) -> None:
    with transaction.atomic():
        post = Post.objects.select_for_update().get(id=post_id)
        wall = post.wall_time
        if wall is None or post.tzdata == version:
            return
        at = resolve(wall, post.zone).at
        planned = Delivery.objects.filter(post=post, state=PLANNED, due_at=post.at)
        planned.update(planned_for=at, due_at=at, late_after=at + GRACE)
        move_waiting(post, at)
        post.at, post.tzdata = at, version
        post.save(update_fields=["at", "tzdata"])
