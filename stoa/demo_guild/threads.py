"""All topics and replies: those written by hand, and as many more as a year of talk has."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate

from stoa.demo_guild import SEED, plots
from stoa.demo_guild.people import people
from stoa.demo_guild.reading import written_threads
from stoa.demo_guild.rows import Member, Reply, Thread

TOPICS, REPLIES = 1500, 9000
WEEKS = 52
NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)
"""What stands for now when only the texts matter."""
HOURS = (7, 8, 9, 10, 12, 13, 16, 17, 18, 19, 20, 20, 21, 21, 22, 23)
OPENS = {"core": 4.0, "regular": 6.0, "now and then": 3.0, "quiet": 0.7}
ANSWERS = {"core": 40.0, "regular": 9.0, "now and then": 2.0, "quiet": 0.3}
HELLOS = 216
SHARES = (("finished", 140, 6), ("part", 110, 4))
"""(plot, topics at scale 1, usual number of replies); what is left are things that broke."""
CREW = ("marta", "ines", "bashir", "sunniva", "kenji", "jo", "femke", "nell", "yusra", "greta", "lorenzo", "hamish")
LEARNERS = ("elif", "wren", "malik", "noa", "pelumi")
TEACHERS = ("priya", "greta", "yusra")
Plan = tuple[str, timedelta, int]


def threads(seed: int = SEED, scale: int = 1, now: datetime = NOON) -> Iterator[Thread]:
    """1,500 threads with 9,000 replies at scale 1, oldest first; ``now`` decides which hours are night."""
    yield from _all(seed, scale, now)


@cache
def _all(seed: int, scale: int, now: datetime) -> tuple[Thread, ...]:
    dice = random.Random(f"threads {seed}")
    town = _Town(dice, people(seed, scale))
    written = [_accepted(thread) for thread in written_threads()]
    plan = _plan(dice, town, scale, len(written), sum(len(thread.replies) for thread in written))
    titles, bodies = {thread.title for thread in written}, {thread.body for thread in written}
    made = []
    for number, (plot, started, turns) in enumerate(plan):
        opener = _opener(dice, town, plot, started.days)
        draft = _draft(dice, town, opener, plot, started.days, turns, number)
        for _ in range(9):
            if draft.title in titles or draft.body in bodies:
                draft = _draft(dice, town, opener, plot, started.days, turns, number)
        if draft.title in titles or draft.body in bodies:
            draft = replace(
                draft, title=f"{draft.title} ({opener.quarter}, {number})", body=f"{draft.body}\n\n{opener.quarter}"
            )
        titles.add(draft.title)
        bodies.add(draft.body)
        made.append(_timed(dice, f"t{number:05d}", draft, opener, started, now))
    return tuple(sorted(written + made, key=lambda thread: thread.offset))


class _Town:
    """Who could speak on a day, weighted by how active they are."""

    def __init__(self, dice: random.Random, members: tuple[Member, ...]) -> None:
        self.dice = dice
        self.everyone = members
        self.by_key = {member.key: member for member in members}
        self.openers = list(accumulate(OPENS[member.activity] for member in members))
        self.answerers = list(accumulate(ANSWERS[member.activity] for member in members))
        self.arrivals: dict[int, list[Member]] = {}
        for member in members:
            if not member.followed:
                self.arrivals.setdefault(member.joined_day, []).append(member)
        self.helpers: dict[str, list[Member]] = {}
        for member in members:
            for interest in member.helps if member.activity != "quiet" else ():
                self.helpers.setdefault(interest, []).append(member)

    def opener(self, day: int) -> Member:
        while True:
            member = self.dice.choices(self.everyone, cum_weights=self.openers)[0]
            if member.joined_day < day and member.key != "amara":
                return member

    def hellos(self, count: int) -> list[timedelta]:
        """The days on which so many of the newcomers say hello, soon after they came."""
        days = [one.joined_day for one in self.everyone if -352 < one.joined_day < -3 and not one.followed]
        return [timedelta(days=day + self.dice.randint(1, 3)) for day in self.dice.sample(days, min(count, len(days)))]

    def newcomer(self, day: int) -> Member:
        """Somebody who came in these days and has said nothing yet."""
        fresh = [one for joined in range(day - 4, day) for one in self.arrivals.get(joined, ())]
        if not fresh:
            return self.opener(day)
        member = self.dice.choice(fresh)
        self.arrivals[member.joined_day].remove(member)
        return member

    def chooser(self, day: int, opener: Member, only: tuple[str, ...] = ()) -> Callable[[str], Member]:
        last = [opener.key]

        def choose(interest: str) -> Member:
            for _ in range(400):
                member = self._anyone(interest, only)
                if member.joined_day < day and member.key not in last and member.key != "amara":
                    last[1:] = [member.key]
                    return member
            return self.by_key["ines"] if last[-1] != "ines" else self.by_key["marta"]

        return choose

    def _anyone(self, interest: str, only: tuple[str, ...]) -> Member:
        if only:
            return self.by_key[self.dice.choice(only)]
        if interest in self.helpers and self.dice.random() < 0.55:
            return self.dice.choice(self.helpers[interest])
        return self.dice.choices(self.everyone, cum_weights=self.answerers)[0]


def _accepted(thread: Thread) -> Thread:
    """A hand-written question with the reply that its asker came back to."""
    if thread.kind != "question":
        return thread
    back = [at for at, reply in enumerate(thread.replies) if reply.author == thread.author and at > 0]
    others = [reply.key for reply in thread.replies[: back[-1]] if reply.author != thread.author] if back else []
    return replace(thread, answered_by=others[-1]) if others else thread


def _plan(dice: random.Random, town: "_Town", scale: int, topics: int, replies: int) -> list[Plan]:
    """Which plots, when and how long, so that topics and replies add up exactly."""
    plan: list[Plan] = [("bench", timedelta(days=-7 * week - 4), dice.randint(16, 26)) for week in range(WEEKS)]
    plan += [("closing", timedelta(days=-7 * week - 3), dice.randint(2, 5)) for week in range(WEEKS - 1)]
    plan += [("hello", started, max(1, 4 + dice.randint(-2, 3))) for started in town.hellos(HELLOS * scale)]
    for plot, count, usual in SHARES:
        plan += [(plot, _moment(dice), max(1, usual + dice.randint(-2, 3))) for _ in range(count * scale)]
    plan += [("lesson", _moment(dice, 150), dice.randint(3, 6)) for _ in range(24 * scale)]
    left = TOPICS * scale - topics - len(plan)
    turns = [
        dice.choices((0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11), (2, 4, 7, 10, 13, 16, 15, 13, 9, 6, 3))[0] for _ in range(left)
    ]
    missing = REPLIES * scale - replies - sum(turns) - sum(one[2] for one in plan)
    while missing:
        at, step = dice.randrange(left), 1 if missing > 0 else -1
        if 0 < turns[at] + step <= 13:
            turns[at] += step
            missing -= step
    return plan + [("broken", _moment(dice), count) for count in turns]


def _moment(dice: random.Random, longest: int = 352) -> timedelta:
    """A day of the last year, later ones more often."""
    return timedelta(days=-1 - int(longest * (1 - dice.random() ** 0.62)))


def _opener(dice: random.Random, town: _Town, plot: str, day: int) -> Member:
    if plot == "bench":
        return town.by_key[dice.choice(("ines", "marta"))]
    if plot == "closing":
        return town.by_key[dice.choice(("marta", "kenji", "ines"))]
    if plot == "lesson":
        return town.by_key[dice.choice([key for key in LEARNERS if town.by_key[key].joined_day < day] or ["elif"])]
    return town.newcomer(day) if plot == "hello" else town.opener(day)


def _draft(
    dice: random.Random, town: _Town, opener: Member, plot: str, day: int, turns: int, number: int
) -> plots.Draft:
    if plot == "bench":
        return plots.bench(dice, number, town.chooser(day, opener), turns)
    if plot == "closing":
        return plots.closing(dice, town.chooser(day, opener, CREW), turns)
    if plot == "lesson":
        choose = town.chooser(day, opener, LEARNERS[:3] + TEACHERS * 2)
        return plots.broken(dice, opener, choose, turns, space="apprentices")
    write = {"hello": plots.hello, "finished": plots.finished, "part": plots.part, "broken": plots.broken}[plot]
    return write(dice, opener, town.chooser(day, opener), turns)


def _timed(
    dice: random.Random, key: str, draft: plots.Draft, opener: Member, started: timedelta, now: datetime
) -> Thread:
    opened = _awake(dice, now + started, first=True)
    if opened > now - timedelta(minutes=50):
        opened -= timedelta(days=1)
    at, replies = opened, []
    gap = dice.lognormvariate(4.1, 0.9)
    for number, (author, body) in enumerate(draft.turns, start=1):
        at = _awake(dice, at + timedelta(minutes=1 + gap))
        gap = dice.lognormvariate(4.4, 1.3)
        replies.append(Reply(f"{key}-{number}", author.key, body, at - now))
    if replies and replies[-1].offset > timedelta(minutes=-5):
        replies = _squeezed(replies, opened - now)
    answer = replies[draft.answer].key if draft.answer >= 0 else ""
    args = (draft.space, draft.kind, opener.key, draft.title, draft.body)
    return Thread(key, *args, opened - now, tuple(replies), answer)


def _awake(dice: random.Random, moment: datetime, first: bool = False) -> datetime:
    """The same moment, or a waking hour near it."""
    if first:
        return moment.replace(
            hour=dice.choice(HOURS), minute=dice.randrange(60), second=dice.randrange(60), microsecond=0
        )
    if moment.hour < 6:
        moment += timedelta(hours=6 - moment.hour, minutes=dice.randrange(90))
    return moment.replace(microsecond=0)


def _squeezed(replies: list[Reply], opened: timedelta) -> list[Reply]:
    """The same replies, closer together, so that none comes from the future."""
    last = replies[-1].offset
    share = (timedelta(minutes=-5) - opened) / (last - opened)
    return [replace(reply, offset=opened + (reply.offset - opened) * share) for reply in replies]
