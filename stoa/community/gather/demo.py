"""The demo's events, forty past and six to come with who came and who waits, and the goal with a year's weekly counts."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stoa.base import search
from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.base.models.site import site
from stoa.base.text import write
from stoa.base.walltime import tzdata_version
from stoa.community.gather.facts import Answer, AttendanceTaken, ContributionCounted, EventPlanned, GoalSet, RsvpGiven
from stoa.community.gather.finding import document_of
from stoa.community.gather.models import Contribution, Event, Format, Goal, Host, Occasion, Rsvp
from stoa.community.gather.planning import WALL
from stoa.demo_guild import gatherings, steering
from stoa.demo_guild.rows import Event as Told
from stoa.people.models import Person
from stoa.spaces.models import Space

PLACE, UNIT, COUNTER = "porch", "things mended", "marta"
ONLINE = "https://meet.example.org/repair-evening"
AHEAD = timedelta(days=12)  # an event is planned that long before it begins


def fill(story: Story) -> None:
    """Events, answers, attendance; the goal and its counts."""
    told: list[Past] = []
    zone = ZoneInfo(site().zone)
    space = Space.objects.get(id=story.id_of("space", PLACE))
    joined = dict(Person.objects.values_list("id", "joined_at"))
    plans = gatherings.events(story.now.astimezone(zone).date(), story.seed)
    events = [_event(story, plan, space, zone, told) for plan in plans]
    rsvps = [
        rsvp for plan, event in zip(plans, events, strict=True) for rsvp in _answers(story, plan, event, joined, told)
    ]
    Event.objects.bulk_create(events)
    Host.objects.bulk_create(Host(event=event, person_id=event.made_by_id) for event in events)
    Rsvp.objects.bulk_create(rsvps, batch_size=2000)
    search.index_many(document_of(event) for event in events)
    _formats(story, space, plans, events)
    _goal(story, zone, told)
    announce_past(told)


def _event(story: Story, plan: Told, space: Space, zone: ZoneInfo, told: list[Past]) -> Event:
    starts = datetime.combine(plan.day, plan.starts)
    ends, host = starts + timedelta(minutes=plan.minutes), story.id_of("person", plan.host)
    begins = starts.replace(tzinfo=zone).astimezone(UTC)
    made = min(begins - AHEAD, story.now - timedelta(days=2))
    with story.at(made):
        event = Event(
            space=space, made_by_id=host, made_at=made, title=plan.title, zone=zone.key, zone_rules=tzdata_version(),
            starts_wall=starts.strftime(WALL), ends_wall=ends.strftime(WALL), starts_at=begins,
            ends_at=begins + timedelta(minutes=plan.minutes), place=plan.place.removesuffix(" and online"),
            online_address=ONLINE if plan.online else "", seats=plan.seats,
            going_count=len(plan.going), waiting_count=len(plan.waiting),
        )  # fmt: skip
    event.set_text(write(plan.description))
    story.remember("event", plan.key, event.id)
    told.append(Past(EventPlanned(event.id, space.id), made, host))
    return event


def _answers(story: Story, plan: Told, event: Event, joined: dict[int, datetime], told: list[Past]) -> Iterator[Rsvp]:
    """Who said yes, in order, then who waits; of what is over, who came."""
    dice, over = story.dice(f"answers {plan.key}"), event.ends_at <= story.now
    last = min(event.starts_at - timedelta(hours=1), story.now - timedelta(minutes=5))
    came = missed = 0
    for position, key in enumerate((*plan.going, *plan.waiting)):
        person, answer = story.id_of("person", key), Answer.YES if position < len(plan.going) else Answer.WAITING
        share = (position + dice.random()) / (len(plan.going) + len(plan.waiting))
        at = min(max(event.made_at + (last - event.made_at) * share, joined[person] + timedelta(minutes=9)), last)
        with story.at(at):
            rsvp = Rsvp(event=event, person_id=person, answer=answer.value, answered_at=at)
        if over:
            rsvp.day_told = rsvp.hour_told = event.starts_at
            if answer is Answer.YES:
                rsvp.attendance = Rsvp.Attendance.CAME if dice.random() < 0.87 else Rsvp.Attendance.MISSED
                came += rsvp.attendance == Rsvp.Attendance.CAME
                missed += rsvp.attendance == Rsvp.Attendance.MISSED
        told.append(Past(RsvpGiven(event.id, person, answer), at, person))
        yield rsvp
    if over:
        told.append(Past(AttendanceTaken(event.id, came, missed), event.ends_at, event.made_by_id))


def _formats(story: Story, space: Space, plans: Sequence[Told], events: list[Event]) -> None:
    """The weekly evening with every time that it took place, and a thread that is ready to be opened."""
    with story.at(story.now - timedelta(days=366)):
        evening = Format(
            space=space, name="Repair evening", shape=Format.Shape.EVENT, rhythm=Format.Rhythm.WEEKLY, weekday=3, at=time(19),
            minutes=150, title="Repair evening", place="Hall 3", opening="Bring one broken thing and a story about it.",
            made_by_id=story.id_of("person", COUNTER),
        )  # fmt: skip
        bench = Format(
            space=space, name="On your bench", shape=Format.Shape.TOPIC, rhythm=Format.Rhythm.WEEKLY, weekday=0, at=time(9),
            title="What is on your bench this week?", opening="One picture or one sentence: what are you mending?",
            made_by_id=story.id_of("person", COUNTER),
        )  # fmt: skip
    evening.set_text(write("Hall open at 18:30. Names at the door. Count what was mended before the lights go out."))
    bench.set_text(write("Answer everybody who writes for the first time. On Friday, thank whoever helped most."))
    Format.objects.bulk_create([evening, bench])
    held = [event for plan, event in zip(plans, events, strict=True) if plan.key.startswith("evening-")]
    Occasion.objects.bulk_create(
        Occasion(
            format=evening, event=event, day=date.fromisoformat(event.starts_wall[:10]), started_at=event.made_at,
            started_by_id=event.made_by_id,
        )
        for event in held
    )  # fmt: skip


def _goal(story: Story, zone: ZoneInfo, told: list[Past]) -> None:
    """The goal, and one count a week."""
    plan, by = steering.goal(story.seed), story.id_of("person", COUNTER)
    began = story.now + timedelta(days=plan.weeks[0][0] - 1)
    with story.at(began):
        goal = Goal(sentence=plan.sentence, number=plan.target, unit=UNIT, set_by_id=by)
    goal.save(force_insert=True)
    told.append(Past(GoalSet(goal.id, goal.number), began, by))
    counted = []
    for day, number in plan.weeks:
        at = story.now + timedelta(days=day, minutes=-20)
        with story.at(at):
            counted.append(
                Contribution(goal=goal, number=number, day=at.astimezone(zone).date(), by_id=by, note="The week's list")
            )
        told.append(Past(ContributionCounted(counted[-1].id, goal.id, number), at, by))
    Contribution.objects.bulk_create(counted)
