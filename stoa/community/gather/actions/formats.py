"""Keeping a format, changing it, and starting an occasion of it in one act."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.shell import kept_site
from stoa.base.text import write
from stoa.community.gather import policy
from stoa.community.gather.actions.events import plan_event
from stoa.community.gather.days import today_here
from stoa.community.gather.facts import FormatChanged, FormatKept, FormatStarted
from stoa.community.gather.models import Format, Occasion
from stoa.community.gather.planning import EventPlan
from stoa.community.gather.rhythms import next_day
from stoa.community.talk.actions import open_topic
from stoa.spaces.models import Space

LONGEST_MINUTES = 24 * 60


@dataclass(frozen=True)
class FormatPlan:
    """All that makes a format. `how` is for those who run it, `opening` is what people read on each occasion."""

    name: str
    shape: str
    rhythm: str
    weekday: int
    at: time
    title: str
    opening: str
    how: str = ""
    minutes: int = 90
    place: str = ""
    is_resting: bool = False


def keep_format(space: Space, plan: FormatPlan, *, by: Actor) -> Format:
    """A new format of a space."""
    with transaction.atomic():
        ask_for(by, space)
        format = Format(space=space, made_by_id=by.person_id)
        take(format, plan)
        format.save(force_insert=True)
        announce(FormatKept(format.id, space.id), by=by)
    return format


def change_format(format: Format, plan: FormatPlan, *, by: Actor) -> Format:
    """Changes a format; what was started of it stays as it is."""
    with transaction.atomic():
        ask_for(by, format.space)
        take(format, plan)
        format.save()
        announce(FormatChanged(format.id, format.space_id), by=by)
    return format


def start_format(format: Format, *, by: Actor) -> Occasion:
    """Plans the next event, or opens the topic of today, with everything that the format knows. At most one a day."""
    with transaction.atomic():
        format = Format.objects.select_for_update().get(id=format.id)
        ask_for(by, format.space)
        if format.is_resting:
            raise NotPossible(_("This format rests."), _("Take it up again first."))
        last = format.occasions.order_by("-day").first()
        today = today_here()
        if not format.is_event and last is not None and last.day >= today:
            raise NotPossible(_("It has been started today."), _("The next one can be started tomorrow."))
        made = _plan_next(format, last, by) if format.is_event else _open_now(format, by)
        made.started_by_id = by.person_id
        made.save(force_insert=True)
        announce(FormatStarted(format.id, made.id, format.space_id), by=by)
    return made


def _plan_next(format: Format, last: Occasion | None, by: Actor) -> Occasion:
    """The coming day of its rhythm; the one after when that day's hour is over."""
    day = next_day(format, last.day if last else None, today_here())
    try:
        return _planned(format, datetime.combine(day, format.at), by)
    except Invalid as over:
        if over.field != "starts":
            raise
        return _planned(format, datetime.combine(next_day(format, day, today_here()), format.at), by)


def _planned(format: Format, starts: datetime, by: Actor) -> Occasion:
    ends = starts + timedelta(minutes=format.minutes)
    plan = EventPlan(format.title, format.opening, starts, ends, kept_site().zone, place=format.place)
    return Occasion(format=format, day=starts.date(), event=plan_event(format.space, plan, by=by))


def _open_now(format: Format, by: Actor) -> Occasion:
    topic = open_topic(format.space, title=format.title, source=format.opening, by=by)
    return Occasion(format=format, day=today_here(), topic=topic)


def ask_for(by: Actor, space: Space) -> None:
    if not policy.may_plan_event(by, space):
        raise NotAllowed(_("You cannot keep formats in this space."), _("Those who plan its events can."))


def take(format: Format, plan: FormatPlan) -> None:
    """Takes a checked plan into the row."""
    if plan.shape == Format.Shape.EVENT and not plan.place.strip():
        raise Invalid(_("Say where it is."), field="place")
    if plan.shape == Format.Shape.TOPIC and not plan.opening.strip():
        raise Invalid(_("A topic needs some words to begin with."), field="opening")
    if not 5 <= plan.minutes <= LONGEST_MINUTES:
        raise Invalid(_("From five minutes to a day."), field="minutes")
    format.name, format.title = " ".join(plan.name.split()), " ".join(plan.title.split())
    format.shape, format.rhythm, format.weekday, format.at = plan.shape, plan.rhythm, plan.weekday, plan.at
    format.minutes, format.place, format.opening = plan.minutes, plan.place.strip(), plan.opening
    format.state = Format.State.RESTING if plan.is_resting else Format.State.KEPT
    format.set_text(write(plan.how))
