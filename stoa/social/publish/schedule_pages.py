"""What the pages of schedules show: the list, one with its times that were and will be, and what networks think of repetition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from stoa.base import clock, cursors
from stoa.base.actors import Actor
from stoa.base.walltime import Moment
from stoa.social.networks.models import Channel
from stoa.social.networks.registry import UnknownNetwork
from stoa.social.publish import policy
from stoa.social.publish.models import Delivery, Occurrence, Post, Schedule, ScheduleChannel
from stoa.social.publish.repeating import coming, end_words, rule_words
from stoa.social.publish.telling import told_of
from stoa.social.publish.together import together

PAGE, AHEAD, BACK = 30, 6, 60

State = tuple[str, str]


@dataclass(frozen=True)
class ScheduleRow:
    """One schedule in the list. `next`: when it goes out next, None when it does not run."""

    schedule: Schedule
    rule: str
    end: str
    state: State
    channels: str
    next: datetime | None


@dataclass(frozen=True)
class Time:
    """One k-th time, past or to come. `channels`: (which, its state, why) as far as it was looked at; `told`: what the clocks do to it."""

    number: int
    at: datetime
    told: str
    channels: list[tuple[str, State, str]]
    post: int | None
    may_skip: bool
    may_take_up: bool


@dataclass(frozen=True)
class SchedulePage:
    """One schedule, what comes, and what became of its last times."""

    row: ScheduleRow
    coming: list[Time]
    gone: list[Time]
    warnings: list[str]
    may_keep: bool

    @classmethod
    def of(cls, schedule: Schedule, actor: Actor) -> "SchedulePage":
        now, may_keep = clock.now(), policy.may_repeat(actor, channels_of(schedule))
        moments = dict(coming(schedule, now, AHEAD)) if schedule.is_running else {}
        looked = looked_at(schedule, actor)
        times = {k: time_of(k, moment.at, looked.get(k, []), now, may_keep, moment) for k, moment in moments.items()}
        others = [time_of(k, rows[0].at, rows, now, may_keep) for k, rows in looked.items() if k not in moments]
        return cls(
            row_of(schedule, now),
            list(times.values()),
            sorted(others, key=lambda each: -each.number),
            warnings(channels_of(schedule)) if schedule.is_running else [],
            may_keep,
        )


def schedule_list(actor: Actor, before: str) -> tuple[list[ScheduleRow], str]:
    """(one page, the newest first; where it goes on)."""
    rows = Schedule.objects.visible_to(actor).select_related("post")
    rows = rows.prefetch_related(Prefetch("places", ScheduleChannel.objects.select_related("channel")))
    found, now = cursors.page(rows, "made_at", before, size=PAGE), clock.now()
    return [row_of(each, now) for each in found.rows], found.next


def row_of(schedule: Schedule, now: datetime) -> ScheduleRow:
    following = coming(schedule, now, 1) if schedule.is_running else []
    return ScheduleRow(
        schedule, rule_words(schedule), end_words(schedule), state_word(schedule),
        ", ".join(each.title for each in channels_of(schedule)), following[0][1].at if following else None,
    )  # fmt: skip


def channels_of(schedule: Schedule) -> list[Channel]:
    """As they were fetched with it, where they were."""
    return [each.channel for each in schedule.places.all()]


def state_word(schedule: Schedule) -> State:
    return {
        "running": (_("Running"), "good"),
        "stopped": (_("Stopped"), "bad" if schedule.reason else "warn"),
        "ended": (_("Ended"), "plain"),
    }[schedule.state]


def looked_at(schedule: Schedule, actor: Actor) -> dict[int, list[Occurrence]]:
    """Number → its rows, the last times first: those on channels that this actor sees."""
    seen = Delivery.objects.visible_to(actor).select_related("channel").order_by("id")
    rows = Occurrence.objects.visible_to(actor).filter(schedule=schedule).select_related("channel", "post")
    found: dict[int, list[Occurrence]] = {}
    for each in rows.prefetch_related(Prefetch("post__deliveries", seen)).order_by("-number", "id")[:BACK]:
        found.setdefault(each.number, []).append(each)
    return found


def time_of(
    number: int, at: datetime, rows: list[Occurrence], now: datetime, may_keep: bool, moment: Moment | None = None
) -> Time:
    """`at` by the rule; where it is planned, when that is."""
    shown = [(each.channel.title, occurrence_word(each), each.reason) for each in rows]
    post = next((each.post for each in rows if each.post and each.state == "made"), None)
    skipped = any(each.state == "skipped" for each in rows)
    ahead = may_keep and at > now
    when = post.at if post and post.at else at
    told = told_of(moment) if moment else ""
    return Time(
        number,
        when,
        told,
        shown,
        post.id if post else None,
        ahead and not skipped and moment is not None,
        ahead and skipped,
    )


def occurrence_word(row: Occurrence) -> State:
    """What became of it on one channel; of what was made, the state of its delivery."""
    if row.state == "made" and row.post:
        own = [each for each in together(row.post.deliveries.all()) if each.first.channel_id == row.channel_id]
        return own[0].state if own else (_("Planned"), "plain")
    return {
        "skipped": (_("Left out"), "plain"),
        "missed": (_("Missed"), "warn"),
        "refused": (_("Not planned"), "bad"),
        "let_go": (_("Let go"), "plain"),
    }.get(row.state, (_("Planned"), "plain"))


def warnings(channels: Iterable[Channel]) -> list[str]:
    """What networks think of posts that repeat themselves, one sentence for each channel there."""
    return [f"{each.title}: {said}" for each in channels if (said := about_repetition(each))]


@dataclass(frozen=True)
class Repeated:
    """How a post stands to schedules: those that repeat it, and which time of one it is itself (None: of none)."""

    by: list[Schedule]
    time: Occurrence | None
    may_repeat: bool

    @classmethod
    def of(cls, post: Post, actor: Actor) -> "Repeated":
        seen = Schedule.objects.visible_to(actor)
        times = Occurrence.objects.visible_to(actor).filter(post=post, schedule__in=seen).select_related("schedule")
        may = policy.may_compose(actor) and not post.erased_at
        return cls(list(seen.filter(post=post).order_by("id")[:5]), times.order_by("id").first(), may)


def about_repetition(channel: Channel) -> str:
    try:
        rule = channel.rules.same_again
    except UnknownNetwork:
        return ""
    return rule.reason if rule else ""
