"""What came back from the square: strangers who answered, and campaigns whose links brought members."""

import math
import random
from datetime import timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from stoa.demo_guild import SEED
from stoa.demo_guild.grammar import Words, fault_slots, faults
from stoa.demo_guild.people import people
from stoa.demo_guild.reading import table
from stoa.demo_guild.rows import Campaign, Conversation, LinkPlacement, Member, Post, Turn
from stoa.demo_guild.social import WINDOWS, posts

CONVERSATIONS, FADING = 120, 110
KINDS = (("question", 45), ("praise", 24), ("complaint", 17), ("remark", 14))
CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
CARD = "Join the Brackwater Repair Guild"
"""What stands on the card of a campaign's link."""
WAYS = ("main", "tools", "young", "")
"""Placements of a campaign's link; empty: not in a post."""
SEASON_WAYS = (
    ("open-hall", "main", 6), ("phone-year", "main", 5), ("first-screw", "main", 4), ("open-hall", "tools", 4),
    ("first-screw", "tools", 3), ("phone-year", "young", 3), ("first-screw", "young", 3), ("open-hall", "", 3),
    ("phone-year", "", 3), ("", "", 8),
)  # fmt: skip
"""Of those who joined in the season, in what shares by which campaign and way; empty: nobody knows."""


@cache
def conversations(seed: int = SEED) -> tuple[Conversation, ...]:
    """120 exchanges with strangers, oldest first and ever more of them; the last ones wait for an answer, a complaint among them."""
    dice = random.Random(f"conversations {seed}")
    found: list[Conversation] = []
    said: set[str] = set()
    waiting = _waiting()
    sources = [one for one in posts() if one.day < -3]
    weights = list(accumulate(math.exp(one.day / FADING) for one in sources))
    while len(found) < CONVERSATIONS - len(waiting):
        one = _conversation(dice, f"c{len(found):03d}", dice.choices(sources, cum_weights=weights)[0])
        if one.turns[0].text not in said:
            said.add(one.turns[0].text)
            found.append(one)
    return tuple(sorted([*found, *waiting], key=lambda one: one.offset))


def _conversation(dice: random.Random, key: str, source: Post) -> Conversation:
    kind = dice.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0]
    row = next(one for one in table("social")["strangers"]["talk"] if one["kind"] == kind)
    words = Words(dice, fault_slots(dice, dice.choice(faults())))
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
    offset = timedelta(days=source.day + 1, minutes=min(10 + dice.expovariate(1 / 600), 2000))
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
            post=_latest(row["channel"]) if row.get("answers") else "",
            offset=timedelta(minutes=-row["minutes"]),
            turns=(Turn(False, row["text"], timedelta(0)),),
            urgent=row.get("urgent", False),
        )
        for number, row in enumerate(table("social")["waiting"], start=1)
    ]


def _latest(channel: str) -> str:
    """The newest post of a channel that has been out for some days."""
    return next(one.key for one in reversed(posts()) if one.day < -3 and channel in dict(one.variants))


@cache
def campaigns(seed: int = SEED, scale: int = 1) -> tuple[Campaign, ...]:
    """Seven campaigns with their links, visits and the members who joined through them, oldest first."""
    dice = random.Random(f"campaigns {seed}")
    rows = table("social")["campaign"]
    found = []
    for window, days in enumerate(WINDOWS):
        here = [row for row in rows if row["window"] == window]
        ways = _ways(dice, [row["key"] for row in here], days, seed, scale)
        found += [_campaign(dice, row, *days, ways[row["key"]]) for row in here]
    return tuple(found)


def code_of(placement: str, seed: int = SEED) -> str:
    """The code of a campaign's link: the same for the post on the network and for the link that counts."""
    return "".join(random.Random(f"link {placement} {seed}").choices(CODE_LETTERS, k=8))


@cache
def carried(seed: int = SEED) -> dict[tuple[str, str], str]:
    """The codes of the links that posts carry, by post and channel."""
    return {
        (placement.post, placement.channel): code_of(placement.key, seed)
        for campaign in campaigns(seed)
        for placement in campaign.placements
        if placement.post
    }


def _ways(
    dice: random.Random, keys: list[str], days: tuple[int, int], seed: int, scale: int
) -> dict[str, dict[str, list[Member]]]:
    """Who joined in these days by which campaign and way: cards are dealt, so that the newcomers of every month are shared out alike."""
    cards = [
        (key, way) for key, way, count in (SEASON_WAYS if len(keys) > 1 else _alone(keys[0])) for _ in range(count)
    ]
    first, last = days
    came = [one for one in people(seed, scale) if first <= one.joined_day <= last + 1 and not one.followed]
    found: dict[str, dict[str, list[Member]]] = {key: {way: [] for way in WAYS if (key, way) in cards} for key in keys}
    deck: list[tuple[str, str]] = []
    for member in sorted(came, key=lambda one: one.joined_day):
        if not deck:
            deck = dice.sample(cards, len(cards))
        key, way = deck.pop()
        if key:
            found[key][way].append(member)
    return found


def _alone(key: str) -> tuple[tuple[str, str, int], ...]:
    """The cards of a campaign that runs alone."""
    return ((key, "main", 7), (key, "tools", 4), (key, "young", 3), (key, "", 3), ("", "", 3))


def _campaign(
    dice: random.Random, row: dict[str, Any], first: int, last: int, ways: dict[str, list[Member]]
) -> Campaign:
    key, placements = row["key"], []
    for way, came in ways.items():
        joined = [member.joined_day for member in came]
        spread = [dice.randint(0, 3) + 12 * joined.count(day) for day in range(first, last + 1)]
        visits = tuple((day, count) for day, count in zip(range(first, last + 1), spread, strict=True) if count)
        post, label = (f"{key}-{way}", "In the post") if way else ("", row["poster"])
        keys = tuple(member.key for member in came)
        placements.append(LinkPlacement(f"{key}-link-{way or 'other'}", way, post, label, visits, keys))
    return Campaign(key, row["name"], row["goal"], row["words"], first, last, "join", tuple(placements))
