"""What came back from the square: strangers who answered, and campaigns whose links brought members."""

import random
from datetime import timedelta
from functools import cache

from stoa.demo_guild import SEED
from stoa.demo_guild.grammar import Words, fault_slots, faults
from stoa.demo_guild.people import people
from stoa.demo_guild.reading import table
from stoa.demo_guild.rows import Campaign, Conversation, LinkPlacement, Turn
from stoa.demo_guild.social import WINDOWS, posts

CONVERSATIONS, WAITING = 120, 4
KINDS = (("question", 45), ("praise", 24), ("complaint", 17), ("remark", 14))
WAYS = (("main", 44), ("tools", 22), ("young", 18), ("", 16))
"""Placements of a campaign's link, and how many in a hundred joins come through each; empty: not in a post."""


@cache
def conversations(seed: int = SEED) -> tuple[Conversation, ...]:
    """120 exchanges with strangers, oldest first; the last four wait for an answer, a complaint among them."""
    dice = random.Random(f"conversations {seed}")
    found: list[Conversation] = []
    said: set[str] = set()
    while len(found) < CONVERSATIONS - WAITING:
        one = _conversation(dice, f"c{len(found):03d}")
        if one.turns[0].text not in said:
            said.add(one.turns[0].text)
            found.append(one)
    return tuple(sorted([*found, *_waiting()], key=lambda one: one.offset))


def _conversation(dice: random.Random, key: str) -> Conversation:
    kind = dice.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0]
    row = next(one for one in table("social")["strangers"]["talk"] if one["kind"] == kind)
    words = Words(dice, fault_slots(dice, dice.choice(faults())))
    source = dice.choice([one for one in posts() if one.day < -1])
    channel = dice.choice(source.variants)[0]
    after = timedelta(minutes=int(dice.lognormvariate(4.3 if kind == "complaint" else 4.9, 0.9)) + 3)
    said, answer = dice.choice(list(zip(row["says"], row["ours"], strict=True)))
    turns = [Turn(False, words.fill(said), timedelta(0))]
    if kind in ("question", "complaint") or dice.random() < 0.6:
        turns.append(Turn(True, words.fill(answer), after))
        thanks = dice.choice(row["after"])
        if thanks:
            turns.append(Turn(False, thanks, after + timedelta(minutes=dice.randint(2, 300))))
    handle, name = _stranger(dice)
    offset = timedelta(days=source.day, minutes=dice.randint(10, 600))
    by = dice.choice(("dov", "dov", "ines")) if len(turns) > 1 else ""
    answered = source.key if dice.random() < 0.8 else ""
    return Conversation(key, channel, handle, name, kind, answered, offset, tuple(turns), by)


def _stranger(dice: random.Random) -> tuple[str, str]:
    words = table("social")["strangers"]
    number = dice.choice(("", "", str(dice.randint(2, 99))))
    return f"@{dice.choice(words['first'])}_{dice.choice(words['second'])}{number}", dice.choice(words["names"])


def _waiting() -> list[Conversation]:
    """What is still open this morning."""
    return [
        Conversation(
            key=f"open{number}",
            channel=row["channel"],
            handle=row["handle"],
            name=row["name"],
            kind=row["kind"],
            post="",
            offset=timedelta(minutes=-row["minutes"]),
            turns=(Turn(False, row["text"], timedelta(0)),),
            urgent=row.get("urgent", False),
        )
        for number, row in enumerate(table("social")["waiting"], start=1)
    ]


@cache
def campaigns(seed: int = SEED) -> tuple[Campaign, ...]:
    """Six campaigns with their links, visits and the members who joined through them, oldest first."""
    dice = random.Random(f"campaigns {seed}")
    return tuple(
        _campaign(dice, row["key"], row["name"], row["goal"], row["poster"], *WINDOWS[row["window"]], seed)
        for row in table("social")["campaign"]
    )


def _campaign(
    dice: random.Random, key: str, name: str, goal: str, poster: str, first: int, last: int, seed: int
) -> Campaign:
    came = [one for one in people(seed) if first <= one.joined_day <= last + 1 and not one.followed]
    through: dict[str, list[str]] = {way: [] for way, _ in WAYS}
    days: dict[str, list[int]] = {way: [] for way, _ in WAYS}
    for member in came:
        if dice.random() < 0.82:
            way = dice.choices([way for way, _ in WAYS], [weight for _, weight in WAYS])[0]
            through[way].append(member.key)
            days[way].append(member.joined_day)
    placements = []
    for way, _ in WAYS:
        joined = days[way]
        spread = [dice.randint(0, 6) + 9 * joined.count(day) for day in range(first, last + 1)]
        visits = tuple((day, count) for day, count in zip(range(first, last + 1), spread, strict=True) if count)
        post, label = (f"{key}-{way}", "In the post") if way else ("", poster)
        placements.append(LinkPlacement(f"{key}-link-{way or 'other'}", way, post, label, visits, tuple(through[way])))
    return Campaign(key, name, goal, first, last, "join", tuple(placements))
