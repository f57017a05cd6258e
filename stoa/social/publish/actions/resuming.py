"""Going on: after a channel was connected again, after a hold, after the zones' rules changed, after a restore."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.work import wake
from stoa.social.networks.actions import place_hold
from stoa.social.networks.models import Hold
from stoa.social.publish import policy
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.models.delivery import HELD, PENDING, PLANNED, PUBLISHED, SENDING, STOPPED, UNKNOWN
from stoa.social.publish.times import GRACE
from stoa.social.publish.walltime import resolve, tzdata_version


def resume_channel(channel_id: int) -> None:
    """The channel is connected again: what was stopped is due (and asks when it is late), what is unknown is looked up."""
    now = clock.now()
    with transaction.atomic():
        rows = Delivery.objects.filter(channel=channel_id, due_at=None)
        rows.filter(state=STOPPED).update(state=PLANNED, due_at=now, since=now, mend="")
        rows.filter(Q(state__in=(UNKNOWN, PENDING)) | Q(state=PUBLISHED, takedown="asked")).update(due_at=now, mend="")
        wake.after_commit()


def resume_held() -> None:
    """What a switch held back, and no switch holds any more, is due again. What was missed meanwhile will ask."""
    now = clock.now()
    holding = Hold.objects.standing().filter(Q(channel=OuterRef("channel")) | Q(channel=None))
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
        post.at, post.tzdata = at, version
        post.save(update_fields=["at", "tzdata"])


def pause_after_restore(*, by: Actor) -> None:
    """After a backup was restored: nothing goes out until somebody lifts the hold, and whatever was due since the backup is looked
    up first, because it may have been published by the installation that is gone."""
    if not policy.may_pause_after_restore(by):
        raise NotAllowed(_("Only the restore does this."))
    now = clock.now()
    with transaction.atomic():
        place_hold(None, reason=_("A backup was restored. Look at what is unknown, then go on."), by=by)
        lost(Delivery.objects.filter(state=SENDING))
        lost(Delivery.objects.filter(state=PLANNED, planned_for__lte=now))


def lost(rows: QuerySet[Delivery]) -> None:
    """Their outcome is unknown: they are looked up by the key that was chosen before."""
    now = clock.now()
    rows.update(
        state=UNKNOWN, since=now, due_at=now, lease_until=None, looks=0, quiet_at=now,
        reason=_("A backup was restored after it was due."),
    )  # fmt: skip
