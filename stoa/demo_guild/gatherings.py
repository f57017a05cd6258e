"""Repair evenings on Thursdays and workshops on Saturdays: 40 past, 6 to come, the next one with 14 of 20 seats taken."""

import random
from datetime import date, time, timedelta
from functools import cache
from typing import Any

from stoa.demo_guild import SEED
from stoa.demo_guild.people import people
from stoa.demo_guild.reading import table
from stoa.demo_guild.rows import Event, Member

PAST, COMING = 40, 6
THURSDAY, SATURDAY = 3, 5
SEATS, NEXT_GOING = 20, 14


@cache
def events(today: date, seed: int = SEED) -> tuple[Event, ...]:
    """The Guild's events around that day, oldest first; days and times are wall time in the Guild's zone."""
    dice = random.Random(f"events {seed}")
    workshops = _workshops(dice, today, people(seed))
    first = today + timedelta(days=(THURSDAY - today.weekday()) % 7)
    ahead = COMING - sum(1 for event in workshops if event.day >= today)
    behind = PAST - sum(1 for event in workshops if event.day < today)
    thursdays = [first + timedelta(days=7 * week) for week in range(-behind, ahead)]
    evenings = [_evening(dice, day, today, day == first, people(seed)) for day in thursdays]
    return tuple(sorted(evenings + workshops, key=lambda event: (event.day, event.starts)))


def _evening(dice: random.Random, day: date, today: date, is_next: bool, members: tuple[Member, ...]) -> Event:
    row: dict[str, Any] = table("events")["evening"]
    theme = "" if is_next else dice.choice(row["themes"])
    there = _there(dice, day, today, members)
    count = NEXT_GOING if is_next else min(SEATS, dice.randint(11, 26) if day < today else dice.randint(2, 9))
    waiting = dice.randint(1, 4) if count == SEATS and day < today else 0
    return Event(
        key=f"evening-{(day - today).days}",
        title=f"{row['title']}: {theme.lower()}" if theme else row["title"],
        day=day,
        starts=time(19),
        minutes=150,
        place=f"{table('events')['place'].split(',')[0]} and online",
        online=True,
        seats=SEATS,
        host=dice.choice(("marta", "ines", "lorenzo")),
        description=dice.choice(row["descriptions"]),
        going=tuple(there[:count]),
        waiting=tuple(there[count : count + waiting]),
    )


def _workshops(dice: random.Random, today: date, members: tuple[Member, ...]) -> list[Event]:
    found = []
    for row in table("events")["workshop"]:
        for offset in row["days"]:
            day = today + timedelta(days=offset)
            day += timedelta(days=(SATURDAY - day.weekday()) % 7)
            there = [key for key in _there(dice, day, today, members) if key != row["host"]]
            seats = row["seats"]
            count = seats if day < today else seats - 3
            waiting = tuple(there[seats : seats + dice.randint(0, 3)]) if day < today else ()
            rest = ("Hall 3, Ropewalk", False, seats, row["host"], row["description"], tuple(there[:count]), waiting)
            key = f"workshop-{row['host']}-{offset}"
            found.append(Event(key, row["title"], day, time(14), row["minutes"], *rest))
    return found


def _there(dice: random.Random, day: date, today: date, members: tuple[Member, ...]) -> list[str]:
    """Members who could have come that day, livelier ones first by chance."""
    liveliness = {"core": 6.0, "regular": 4.0, "now and then": 1.6, "quiet": 0.6}
    could = [one for one in members if today + timedelta(days=one.joined_day) < day and one.key != "amara"]
    order = sorted(could, key=lambda one: dice.random() ** (1 / liveliness[one.activity]), reverse=True)
    return [one.key for one in order[:30]]
