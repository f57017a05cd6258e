"""Making the k-th time of a schedule: a copy of its post, planned some days ahead like any other. From then on it is one.

Each time on each channel is one row, so whoever comes second finds it made. What the rules, the rights or the gates refuse now is not
planned; where nothing may go out any more the schedule stops with the reason. Of times that passed while nobody worked the last one asks a
person and the others are only noted: nothing goes out in a burst.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists
from django.utils import translation
from django.utils.translation import gettext as _

from stoa.base import actors, clock
from stoa.base.actors import Actor
from stoa.base.backup import restored_at
from stoa.base.errors import NotAllowed, NotPossible, Refusal
from stoa.base.facts import announce
from stoa.base.models.site import site
from stoa.base.walltime import Moment
from stoa.social.networks.models import Channel, Hold
from stoa.social.publish import gates
from stoa.social.publish.actions.copying import copy_post
from stoa.social.publish.actions.planning import check_variant, plan_for
from stoa.social.publish.actions.repeating import channels_of, halt
from stoa.social.publish.facts import OccurrenceMade, ScheduleEnded, ScheduleStopped
from stoa.social.publish.models import Occurrence, Post, Schedule
from stoa.social.publish.models.schedule import ENDED, MADE, MAY_COME_YET, MISSED, REFUSED, RUNNING
from stoa.social.publish.times import AGAIN_SOON, AHEAD, GRACE

HOUSE = actors.system("publish")


class NotThere(Exception):
    """One channel on which it may not go out now."""

    def __init__(self, channel_id: int, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.channel_id, self.refusal = channel_id, refusal


def make_occurrence(schedule_id: int, fence: int) -> None:
    """The next time of a claimed schedule, if it is near; and when it is looked at again."""
    with transaction.atomic():
        rows = Schedule.objects.select_for_update(of=("self",)).select_related("post")
        now = clock.now()
        schedule = rows.filter(id=schedule_id, fence=fence, state=RUNNING, due_at__lte=now).first()
        if schedule is None:
            return
        channels = channels_of(schedule)
        if is_all_stopped(channels):
            look_at(schedule, now + AGAIN_SOON)
            return
        missed, following = nearest(schedule, now)
        if following and following[1].at - AHEAD <= now:
            note_missed(schedule, missed, channels)
            with translation.override(site().language):
                make(schedule, *following, channels)
            schedule.next_number = following[0] + 1
        if schedule.is_running:
            look_at_next(schedule)


def is_all_stopped(channels: Sequence[Channel]) -> bool:
    """Whether a switch stops every one of them: then nothing is piled up behind it."""
    if site().paused_reason:
        return True
    held = Exists(Hold.objects.standing().over_each("pk"))
    return not Channel.objects.filter(~held, id__in=[each.id for each in channels]).exists()


def nearest(schedule: Schedule, now: datetime) -> tuple[list[tuple[int, Moment]], tuple[int, Moment] | None]:
    """(what has passed, but for the last; the time to be made now). The last that has passed is made: its deliveries ask."""
    missed: list[tuple[int, Moment]] = []
    times = schedule.times(schedule.next_number)
    found = next(times, None)
    while found and found[1].at + GRACE < now:
        later = next(times, None)
        if later is None or later[1].at > now:
            break
        missed.append(found)
        found = later
    return missed, found


def note_missed(schedule: Schedule, missed: Sequence[tuple[int, Moment]], channels: Sequence[Channel]) -> None:
    numbers = [number for number, _moment in missed]
    known = set(schedule.occurrences.filter(number__in=numbers).values_list("number", "channel"))
    rows = [
        Occurrence(schedule=schedule, number=number, channel=each, at=moment.at, state=MISSED)
        for number, moment in missed for each in channels if (number, each.id) not in known
    ]  # fmt: skip
    Occurrence.objects.bulk_create(rows, batch_size=500)


def make(schedule: Schedule, number: int, moment: Moment, channels: Sequence[Channel]) -> None:
    """Plans it on every channel where it may go out and was not made, and notes why not on the others."""
    known = {each.channel_id: each for each in schedule.occurrences.filter(number=number)}
    at = restored_at()
    if at and moment.at <= at:  # the installation that is gone may have sent what has no row here
        note_missed(schedule, [(number, moment)], channels)
        channels = [each for each in channels if each.id in known]
    wanted = [each for each in channels if each.id not in known or known[each.id].state in MAY_COME_YET]
    if not wanted:
        return
    post, refused = plan_where_it_may(schedule, moment, wanted)
    for channel in wanted:
        why = refused.get(channel.id)
        values = {
            "at": moment.at, "state": REFUSED if why else MADE, "post": None if why else post,
            "reason": f"{why.reason} {why.mend}".strip()[:300] if why else "",
        }  # fmt: skip
        if channel.id in known:
            Occurrence.objects.filter(id=known[channel.id].id).update(**values)
        else:
            Occurrence.objects.create(schedule=schedule, number=number, channel=channel, **values)
    announce(OccurrenceMade(schedule.id, number, post.id if post else None, len(refused)), by=HOUSE)
    if post is None:
        why = next(iter(refused.values()))
        halt(schedule, why.reason, why.mend)
        announce(ScheduleStopped(schedule.id, by_itself=True), by=HOUSE)


def plan_where_it_may(
    schedule: Schedule, moment: Moment, channels: Sequence[Channel]
) -> tuple[Post | None, dict[int, Refusal]]:
    """(the post, None where nothing may go out; why not, by channel)."""
    by = actors.of_person(schedule.kept_by_id) if schedule.kept_by_id else None
    if why := why_not_at_all(schedule, by):
        return None, {each.id: why for each in channels}
    refused: dict[int, Refusal] = {}
    while left := [each for each in channels if each.id not in refused]:
        try:
            with transaction.atomic():
                return planned(schedule, moment, left, by or actors.VISITOR), refused
        except NotThere as where:
            refused[where.channel_id] = where.refusal
    return None, refused


def why_not_at_all(schedule: Schedule, by: Actor | None) -> Refusal | None:
    if by is None:
        return NotAllowed(_("Whoever kept this schedule has left."), _("Let it go on in your own name."))
    if schedule.post.erased_at:
        return NotPossible(_("Its words were erased at the author's request."))
    return None


def planned(schedule: Schedule, moment: Moment, channels: Sequence[Channel], by: Actor) -> Post:
    """The copy, planned for that moment. Raises `NotThere` for the first channel on which it may not go out."""
    copy = copy_post(schedule.post, channels, by=by)
    for variant in copy.variants.select_related("channel"):
        variant.post = copy
        try:
            check_variant(variant, by=by)
        except Refusal as refusal:
            raise NotThere(variant.channel_id, refusal) from refusal
    post = plan_for(copy, moment, by=by)
    for delivery in post.deliveries.filter(follows=None).select_related("channel", "post").order_by("id"):
        if reason := gates.refusal(delivery):
            raise NotThere(delivery.channel_id, NotPossible(reason))
    return post


def look_at_next(schedule: Schedule) -> None:
    """Some days before the time that comes next; never again when there is none."""
    following = next(schedule.times(schedule.next_number), None)
    if following is not None:
        look_at(schedule, following[1].at - AHEAD)
        return
    schedule.state, schedule.due_at, schedule.lease_until = ENDED, None, None
    schedule.save()
    announce(ScheduleEnded(schedule.id), by=HOUSE)


def look_at(schedule: Schedule, when: datetime) -> None:
    schedule.due_at, schedule.lease_until, schedule.tries = when, None, 0
    schedule.save()
