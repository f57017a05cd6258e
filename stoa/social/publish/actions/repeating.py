"""Repeating a post: a schedule is kept, changed, stopped and goes on; one of its times is left out.

What was planned ahead and is not out is let go before anything changes, and may be planned anew under the same number only where nothing
of it can have reached a network. So no k-th time goes out twice, whatever somebody presses.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.models.site import site
from stoa.base.recurring import PLACES, RHYTHMS
from stoa.base.walltime import zone
from stoa.base.work import wake
from stoa.social.networks.models import Channel
from stoa.social.publish import policy
from stoa.social.publish.actions.copying import copy_post
from stoa.social.publish.actions.deciding import let_go
from stoa.social.publish.actions.planning import check_channel
from stoa.social.publish.facts import (
    OccurrenceSkipped,
    ScheduleChanged,
    ScheduleKept,
    ScheduleResumed,
    ScheduleStopped,
)
from stoa.social.publish.models import Delivery, Occurrence, Post, Schedule, ScheduleChannel
from stoa.social.publish.models.delivery import ASKS, HANDED, HELD, NOT_DONE, PLANNED, REFUSED, STOPPED
from stoa.social.publish.models.schedule import ENDED, LET_GO, MADE, MAY_COME_YET, MOST_EVERY, RUNNING, SKIPPED
from stoa.social.publish.models.schedule import STOPPED as STANDS_STILL
from stoa.social.publish.repeating import SchedulePlan
from stoa.social.publish.times import AHEAD

MOST, MOST_TIMES, LAST_DAY = 200, 1000, 31
FURTHEST = timedelta(days=2 * 366)
NOT_OUT = (PLANNED, HELD, STOPPED, REFUSED, HANDED)


def repeat_post(post: Post, plan: SchedulePlan, *, by: Actor) -> Schedule:
    """A schedule that repeats this post from now on, in the name of whoever keeps it."""
    with transaction.atomic():
        if post.erased_at:
            raise NotPossible(_("Its words were erased at the author's request."))
        if Schedule.objects.exclude(state=ENDED).count() >= MOST:
            raise NotPossible(_("Very many posts are repeated already."), _("Stop one of them first."))
        schedule = Schedule(post=post, kept_by_id=by.own_id)
        take(schedule, plan, by=by)
        keep_channels(schedule, plan.channels)
        announce(ScheduleKept(schedule.id, post.id), by=by)
        wake.after_commit()
    return schedule


def change_schedule(schedule: Schedule, plan: SchedulePlan, *, by: Actor) -> Schedule:
    """Other times or channels. What is planned ahead and not out is let go, and planned anew as the rule says now. Other times are counted
    on from the last number; whoever changes it keeps it."""
    with transaction.atomic():
        schedule = locked_schedule(schedule, by=by)
        let_the_planned_go(schedule, _("Its schedule was changed."), by=by)
        schedule.kept_by_id = by.own_id
        take(schedule, plan, by=by)
        keep_channels(schedule, plan.channels)
        announce(ScheduleChanged(schedule.id), by=by)
        wake.after_commit()
    return schedule


def write_anew(schedule: Schedule, *, by: Actor) -> Post:
    """The draft in which the words of the next times are written: a copy, unless what is repeated is a draft already."""
    with transaction.atomic():
        schedule = locked_schedule(schedule, by=by)
        if schedule.post.is_draft:
            return schedule.post
        if schedule.post.erased_at:
            raise NotPossible(_("Its words were erased at the author's request."))
        draft = copy_post(schedule.post, channels_of(schedule), by=by)
        Schedule.objects.filter(id=schedule.id).update(post=draft, changed_at=clock.now())
        announce(ScheduleChanged(schedule.id), by=by)
    return draft


def stop_schedule(schedule: Schedule, *, by: Actor) -> Schedule:
    """Nothing more is planned, and what is planned and not out is let go. What may be out stays as it is."""
    with transaction.atomic():
        schedule = locked_schedule(schedule, by=by)
        if schedule.is_running:
            let_the_planned_go(schedule, _("Its schedule was stopped."), by=by)
            halt(schedule)
            announce(ScheduleStopped(schedule.id, by_itself=False), by=by)
    return schedule


def resume_schedule(schedule: Schedule, *, by: Actor) -> Schedule:
    """It goes on with the next time to come, kept by whoever lets it go on."""
    with transaction.atomic():
        schedule = locked_schedule(schedule, by=by)
        if schedule.state == STANDS_STILL:
            schedule.state, schedule.reason, schedule.mend, schedule.kept_by_id = RUNNING, "", "", by.own_id
            look_from_now(schedule)
            schedule.save()
            announce(ScheduleResumed(schedule.id), by=by)
            wake.after_commit()
    return schedule


def skip_occurrence(schedule: Schedule, number: int, *, by: Actor) -> None:
    """Leaves out one time that has not come. What is planned for it is let go."""
    with transaction.atomic():
        schedule = locked_schedule(schedule, by=by)
        moment = next((moment for k, moment in schedule.times(number) if k == number), None)
        if moment is None or moment.at <= clock.now():
            raise NotPossible(_("This time has passed, or does not come."))
        let_the_planned_go(schedule, _("This time was left out."), by=by, number=number)
        known = {each.channel_id: each for each in schedule.occurrences.filter(number=number)}
        left_out = [each for each in known.values() if each.state in MAY_COME_YET]
        schedule.occurrences.filter(id__in=[each.id for each in left_out]).update(state=SKIPPED, reason="")
        new = [each for each in channels_of(schedule) if each.id not in known]
        Occurrence.objects.bulk_create(
            [Occurrence(schedule=schedule, number=number, channel=each, at=moment.at, state=SKIPPED) for each in new]
        )
        if not left_out and not new:
            raise NotPossible(_("It is on its way or left out already."))
        announce(OccurrenceSkipped(schedule.id, number, again=False), by=by)


def take_up_occurrence(schedule: Schedule, number: int, *, by: Actor) -> None:
    """After all it is not left out, if its time has not come."""
    with transaction.atomic():
        schedule = locked_schedule(schedule, by=by)
        rows = schedule.occurrences.filter(number=number, state=SKIPPED, at__gt=clock.now())
        if not rows.update(state=LET_GO):
            raise NotPossible(_("This time has passed, or was not left out."))
        if schedule.is_running:
            look_from_now(schedule)
            schedule.save()
            wake.after_commit()
        announce(OccurrenceSkipped(schedule.id, number, again=True), by=by)


def take(schedule: Schedule, plan: SchedulePlan, *, by: Actor) -> None:
    """Takes a checked plan into the row, and says when it is looked at next."""
    check(plan, by=by)
    is_new, place = schedule._state.adding, plan.zone or site().zone
    today = clock.now().astimezone(zone(place)).date()
    is_same = not is_new and plan.has_times_of(schedule)
    plan.into(schedule)
    if not is_same:
        begins = max(plan.since or today, today)
        if begins > today + FURTHEST:
            raise Invalid(_("That is very far ahead."), _("Choose a day within two years."), field="since")
        schedule.zone, schedule.since, schedule.before = place, begins, 0 if is_new else highest(schedule)
        first = next(schedule.rule.moments())[1]
        if first.at <= clock.now():  # today's time has passed: it is no time of this rule
            schedule.since = today + timedelta(days=1)
    if schedule.is_ended:
        schedule.state = RUNNING
    look_from_now(schedule)
    schedule.due_at = schedule.due_at if schedule.is_running else None
    schedule.changed_at = clock.now()
    schedule.save()


def check(plan: SchedulePlan, *, by: Actor) -> None:
    """Raises `Invalid` or `NotAllowed` for what cannot be kept."""
    if not plan.channels:
        raise Invalid(_("Choose at least one channel."), field="channels")
    for each in plan.channels:
        check_channel(each, by=by)
    days = bool(plan.weekdays) and all(0 <= day < 7 for day in plan.weekdays)
    if plan.rhythm not in RHYTHMS or plan.place not in PLACES or not 1 <= plan.day <= LAST_DAY:
        raise Invalid(_("Say how often, and on which day."), field="rhythm")
    if not days:
        raise Invalid(_("Choose at least one day of the week."), field="weekdays")
    if not 1 <= plan.every <= MOST_EVERY:
        raise Invalid(_("Between 1 and 12."), field="every")
    if plan.most is not None and not 1 <= plan.most <= MOST_TIMES:
        raise Invalid(_("Between 1 and 1000 times."), field="most")


def look_from_now(schedule: Schedule) -> None:
    """From the next time to come on, under a new fence. Raises `Invalid` when there is none."""
    following = next(schedule.times(after=clock.now()), None)
    if following is None:
        raise Invalid(_("No time is left until its end."), _("Choose a later end, or none."), field="until")
    schedule.next_number, moment = following
    schedule.due_at, schedule.lease_until, schedule.tries = moment.at - AHEAD, None, 0
    schedule.fence += 1


def highest(schedule: Schedule) -> int:
    """The last number that this schedule has used."""
    made = schedule.occurrences.aggregate(last=Max("number"))["last"] or 0
    return max(made, schedule.next_number - 1)


def halt(schedule: Schedule, reason: str = "", mend: str = "") -> None:
    schedule.state, schedule.reason, schedule.mend = STANDS_STILL, reason[:300], mend[:300]
    schedule.due_at, schedule.lease_until, schedule.fence = None, None, schedule.fence + 1
    schedule.changed_at = clock.now()
    schedule.save()


def let_the_planned_go(schedule: Schedule, reason: str, *, by: Actor, number: int | None = None) -> None:
    """What was planned for its times (or one of them) and has not begun to go out."""
    rows = schedule.occurrences.filter(state=MADE).exclude(post=None).order_by("id")
    for each in rows if number is None else rows.filter(number=number):
        first = Delivery.objects.filter(post=each.post_id, channel=each.channel_id, follows=None).first()
        if first is None or not is_not_out(first):
            continue
        has_left = first.attempts.filter(kind__in=("send", "hand")).exclude(outcome__in=NOT_DONE).exists()
        let_go(first, reason, by=by)
        if not has_left:
            Occurrence.objects.filter(id=each.id).update(state=LET_GO)


def is_not_out(delivery: Delivery) -> bool:
    waits = delivery.state == ASKS and delivery.question in ("late", "missed", "forgotten")
    return delivery.state in NOT_OUT or waits


def keep_channels(schedule: Schedule, channels: Sequence[Channel]) -> None:
    wanted = {each.id for each in channels}
    schedule.places.exclude(channel__in=wanted).delete()
    known = set(schedule.places.values_list("channel", flat=True))
    new = [ScheduleChannel(schedule=schedule, channel=each) for each in channels if each.id not in known]
    ScheduleChannel.objects.bulk_create(new)


def channels_of(schedule: Schedule) -> list[Channel]:
    return [each.channel for each in schedule.places.select_related("channel")]


def locked_schedule(schedule: Schedule, *, by: Actor) -> Schedule:
    """The row as it is now, locked, for somebody who may let things go out on all of its channels."""
    row = Schedule.objects.select_for_update(of=("self",)).select_related("post").get(id=schedule.id)
    if not policy.may_repeat(by, channels_of(row)):
        raise NotAllowed(_("You may not publish on all channels of this schedule."))
    return row
