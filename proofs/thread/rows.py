"""Counts in the house's own rows, in plain Python, and draws what the page of numbers should show of them.

    python -m proofs.thread.rows 2026-11

prints JSON: `joined` and `visits` by link code (empty: unknown), and the `tables` of every cut, folded as the page folds.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoa.settings")
django.setup()

from stoa.base import clock  # noqa: E402
from stoa.base.models import FactRow  # noqa: E402
from stoa.community.talk.models import Topic  # noqa: E402
from stoa.measure.days import Days, day_of, house_zone, month_of  # noqa: E402
from stoa.measure.formulas.retention import Stay, stay_of  # noqa: E402
from stoa.measure.impact.first_touch import summed, told_firsts  # noqa: E402
from stoa.measure.impact.funnel import Funnel, first_column, table  # noqa: E402
from stoa.measure.impact.levels import LEVELS, Ways, ways  # noqa: E402
from stoa.measure.impact.thread import ANSWERED, HERE, JOINED, WROTE, Path, Reached, thread  # noqa: E402
from stoa.measure.readers.links import places  # noqa: E402
from stoa.measure.tests.plainly import all_replies, depth, link_of  # noqa: E402
from stoa.measure.tests.seeded import closed_space_ids  # noqa: E402
from stoa.social.publish.models import Click, Link  # noqa: E402

FAR = timedelta(days=3650)
Steps = frozenset[int]


def journeys(days: Days) -> list[tuple[int, Any, Steps]]:
    """Who joined in these days, when, and how far they came."""
    facts = FactRow.objects.filter(name="people.person_joined")
    joins = [(fact.about_id or 0, fact.at) for fact in facts if fact.at in days.period]
    people, topics, talk = {person for person, _at in joins}, defaultdict(list), defaultdict(list)
    for topic in Topic.objects.select_related("space"):
        topics[topic.author_id].append(topic)
    for each in all_replies():
        near = {each.author_id, each.topic.author_id, each.answers.author_id if each.answers else None}
        for person in near & people:
            talk[person].append(each)
    active = activity(people)
    found = []
    for person, at in joins:
        came = depth(person, at, topics[person], talk[person])
        is_here = stay_of(at, active[person], now=at + FAR) is Stay.HERE
        steps = [step for step, reached in ((WROTE, came > 1), (ANSWERED, came > 2), (HERE, is_here)) if reached]
        found.append((person, at, frozenset([JOINED, *steps])))
    return found


def activity(people: set[int]) -> dict[int, list[Any]]:
    """When each did anything outside closed spaces."""
    closed, found = closed_space_ids(), defaultdict(list)
    for fact in FactRow.objects.filter(by_id__in=people):
        if fact.name != "people.person_erased" and fact.content.get("space") not in closed:
            found[fact.by_id or 0].append(fact.at)
    return found


def visits_of(days: Days) -> Counter[int]:
    """Different visitor keys by link, day by day."""
    seen = {
        (each.link_id, day_of(each.at, days.zone), each.visitor)
        for each in Click.objects.all()
        if each.at in days.period
    }
    return Counter(link for link, _day, _visitor in seen)


def judged(days: Days) -> tuple[int, ...]:
    now = clock.now()
    week = (WROTE, ANSWERED) if days.is_week_old(now) else ()
    return (JOINED, *week, *([HERE] if days.is_old_enough(now) else []))


def drawn(days: Days, people: list[tuple[str, Steps]], first: list[str], opened: Counter[int]) -> dict[str, Any]:
    """The table of each cut, as the page should show it: by the last link, beside it by the `first`."""
    known: Ways = ways(places(set(opened), {*first, *(code for code, _steps in people)}))
    visits: Counter[Path] = Counter()
    for link, n in opened.items():
        path = known.by_link.get(link, ())
        for length in range(len(path) + 1):
            visits[path[:length]] += n
    reached = [Reached(known.path(code), steps, 1) for code, steps in people]
    empty = [Reached(path, frozenset({JOINED}), 0) for path in known.by_link.values()]
    steps = judged(days)
    cut = thread([*reached, *empty], judged=steps, depth=len(LEVELS))
    lasts, firsts = (
        summed((one.path, one.n) for one in [*reached, *empty]),
        summed((known.path(code), 1) for code in first),
    )
    whole = Funnel(cut, known, visits, steps, frozenset(), told_firsts(cut, lasts, firsts))
    return {level: beside(table(whole, level), first_column(whole, level)) for level in LEVELS}


def beside(rows: list[list[str]], column: list[str]) -> list[list[str]]:
    """The first touches, where any may be told, stand after the last."""
    return [[*row[:3], first, *row[3:]] for row, first in zip(rows, column, strict=True)] if column else rows


def main(month: str) -> dict[str, Any]:
    days = month_of(date.fromisoformat(f"{month}-01"), house_zone())
    came, opened = journeys(days), visits_of(days)
    codes = dict(Link.objects.filter(id__in=opened).values_list("id", "code"))
    told: dict[str, Any] = {"visits": {codes[link]: n for link, n in opened.items()}, "joined": {}}
    people: dict[str, list[tuple[str, Steps]]] = {}
    for touch in ("first", "last"):
        people[touch] = [(link_of(person, at, touch), steps) for person, at, steps in came]
        cells: dict[str, list[int]] = {}
        for code, steps in people[touch]:
            counts = cells.setdefault(code, [0, 0, 0, 0])
            for step in steps:
                counts[step] += 1
        told["joined"][touch] = cells
    return {**told, "tables": drawn(days, people["last"], [code for code, _steps in people["first"]], opened)}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
