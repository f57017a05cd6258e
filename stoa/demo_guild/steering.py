"""How the Guild steers itself: guidelines by version, norms, the questions at the door, cases, and the shared goal."""

import random
from datetime import date, timedelta
from functools import cache
from typing import Any

from stoa.demo_guild import SEED
from stoa.demo_guild.people import people
from stoa.demo_guild.reading import interests, table
from stoa.demo_guild.rows import Appeal, Case, Clause, DoorQuestion, Goal, Guidelines, Norm

WEEKS_SO_FAR, REACHED, THIS_WEEK = 47, 3184, 37
MIDSUMMER = date(2026, 6, 21)
"""What stands for today when only the texts matter."""
GOAL = "We keep things in use. This year: 5,000 things mended."


@cache
def guidelines() -> tuple[Guidelines, ...]:
    """Versions 1 to 4, oldest first; the last one holds today."""
    words = table("guidelines")
    versions = []
    for row in words["version"]:
        chapters = []
        for chapter in words["chapter"]:
            numbers = [number for number in row["clauses"] if number.startswith(f"{chapter['key']}.")]
            clauses = tuple(Clause(number, **_wording(number, row["number"])) for number in numbers)
            if clauses:
                chapters.append((chapter["title"], clauses))
        versions.append(Guidelines(row["number"], row["day"], row["changed"], tuple(chapters)))
    return tuple(versions)


def _wording(number: str, version: int) -> dict[str, str]:
    """How a clause read in that version: the wording of the newest earlier one that has its own, or today's."""
    row = table("guidelines")["clause"][number]
    later = [int(until) for until in row.get("until", {}) if version <= int(until)]
    text = row["until"][str(min(later))] if later else row["text"]
    return {"text": text, "why": row["why"]}


@cache
def norms() -> tuple[Norm, ...]:
    """How we talk here, each with an example."""
    return tuple(Norm(**row) for row in table("guidelines")["norm"])


@cache
def door_questions() -> tuple[DoorQuestion, ...]:
    """The two questions of joining."""
    return tuple(
        DoorQuestion(row["key"], row["text"], row["hint"], row["many"], tuple(row.get("answers", interests())))
        for row in table("guidelines")["door"]
    )


@cache
def cases(seed: int = SEED, today: date = MIDSUMMER) -> tuple[Case, ...]:
    """The year's cases, oldest first; the last is open, six fall in the last whole month. Nobody whom the story follows kindly is
    made a culprit."""
    dice = random.Random(f"cases {seed}")
    rows = table("cases")["case"]
    quiet = [one.key for one in people(seed) if not one.followed and one.joined_day < -345]
    stand_in = {f"quiet{at}": key for at, key in enumerate(dice.sample(quiet, 24))} | {"quiet4": "jo", "quiet7": "edda"}
    return tuple(
        _case(dice, number, row | {"day": _day(row, today)}, stand_in) for number, row in enumerate(rows, start=1)
    )


def _day(row: dict[str, Any], today: date) -> int:
    """Days from today, also of a day of last month."""
    if "month_day" not in row:
        return int(row["day"])
    last_month = (today.replace(day=1) - timedelta(days=1)).replace(day=row["month_day"])
    return (last_month - today).days


def _case(dice: random.Random, number: int, row: dict[str, Any], stand_in: dict[str, str]) -> Case:
    minutes = -14 if row["day"] == 0 else row["day"] * 1440 + dice.randint(480, 1300)
    appeal = None
    if "appeal_by" in row:
        decided = timedelta(hours=row["hours"] + row["appeal_hours"] + 21)
        after = timedelta(hours=row["hours"] + row["appeal_hours"])
        texts = (row["appeal_outcome"], row["appeal_reasons"])
        appeal = Appeal(row["appeal_by"], row["appeal_text"], after, row["appeal_decider"], *texts, decided)
    return Case(
        key=f"case{number:02d}",
        offset=timedelta(minutes=minutes),
        space=row["space"],
        author=row["author"].format_map(stand_in),
        reporter=row["reporter"].format_map(stand_in),
        subject=row["subject"],
        clause=row["clause"],
        report=row["report"],
        decided_by=row["by"],
        outcome=row["outcome"],
        reasons=row["reasons"],
        decided_after=timedelta(hours=row["hours"]),
        days=row.get("days", 0),
        appeal=appeal,
    )


@cache
def goal(seed: int = SEED) -> Goal:
    """5,000 things mended: 47 weekly counts that add up to 3,184, this week's being 37."""
    dice = random.Random(f"goal {seed}")
    weeks = WEEKS_SO_FAR - 1
    shape = [0.7 + 0.6 * at / weeks + dice.uniform(-0.2, 0.2) for at in range(weeks)]
    left = REACHED - THIS_WEEK
    counts = [int(left * part / sum(shape)) for part in shape]
    for at in range(left - sum(counts)):
        counts[at % weeks] += 1
    days = [-7 * (weeks - at) for at in range(WEEKS_SO_FAR)]
    return Goal(GOAL, 5000, tuple(zip(days, [*counts, THIS_WEEK], strict=True)))
