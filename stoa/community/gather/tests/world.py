"""What gather puts into the world of the access tests: in each space an event with people who come and one who waits, one that has
begun, and a calendar address; over all of them a goal."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from stoa.base import clock
from stoa.base.work.drain import drain
from stoa.community.gather.actions import FormatPlan, keep_format, make_feed, plan_event, say_yes, send_reminders
from stoa.community.gather.calendars import calendar_of
from stoa.community.gather.feeding import events_of
from stoa.community.gather.models import CalendarFeed, Contribution, Event, Goal
from stoa.community.gather.tests.makers import make_plan
from tests.access.world import World

SOON = timedelta(hours=20)


def build(world: World, visibility: str) -> None:
    """Two seats and three who want one."""
    space, steward = world.spaces[visibility], world.actor("steward")
    begins = (clock.now() + SOON).replace(tzinfo=None)
    plan = make_plan(
        world.words("event.title"), source=world.words("event.text"), place=world.words("event.place"),
        online_address=f"https://example.org/{world.words('event.online').split()[-1]}", seats=2,
        starts=begins, ends=begins + timedelta(hours=2), zone="UTC",
    )  # fmt: skip
    event = plan_event(space, plan, by=steward)
    with clock.pinned(clock.now() - timedelta(days=1)):
        for kind in ("space moderator", "space member", "steward"):
            say_yes(event, by=world.actor(kind))
        begun = begins - SOON - timedelta(hours=1)
        early = make_plan(world.words("begun.title"), starts=begun, ends=begun + timedelta(hours=9), zone="UTC")
        world.put("gather.begun", plan_event(space, early, by=steward))
    drain()
    send_reminders(by=steward)
    drain()
    world.put("gather.event", event)
    shape = FormatPlan(
        world.words("format.name"), "topic", "weekly", 0, time(19), world.words("format.title"),
        world.words("format.opening"), how=world.words("format.how"), place=world.words("format.place"),
    )  # fmt: skip
    world.put("gather.format", keep_format(space, shape, by=steward))
    world.put("gather.guest", world.people["space member"])
    if visibility == "public":
        goal = Goal.objects.create(sentence="We keep things in use.", number=5000, unit="things")
        world.put("gather.contribution", Contribution.objects.create(goal=goal, number=7, day=date(2026, 3, 3)))


def grow(world: World, visibility: str) -> None:
    """Nine more events, and nine more who come to them all."""
    for number in range(9):
        plan = make_plan(f"Evening {number}", seats=2)
        event = plan_event(world.spaces[visibility], plan, by=world.actor("steward"))
        for kind in ("space moderator", "space member", "steward"):
            say_yes(event, by=world.actor(kind))
    if visibility == "public":
        goal = Goal.objects.get()
        for number in range(9):
            Contribution.objects.create(goal=goal, number=number + 1, day=date(2026, 3, 3), note=f"Things {number}")


def outputs(world: World, kind: str) -> Iterator[tuple[str, bytes]]:
    """What their calendar program reads at the secret address."""
    if kind not in world.people or not world.actor(kind).is_member:
        return
    if not CalendarFeed.objects.filter(person=world.people[kind]).exists():
        make_feed(by=world.actor(kind))
    yield "calendar feed", calendar_of(events_of(world.actor(kind)))
    seen = Event.objects.visible_to(world.actor(kind)).order_by("id")
    yield "events", "\n".join(seen.values_list("title", flat=True)).encode()
