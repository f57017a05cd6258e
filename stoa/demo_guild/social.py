"""The social side of the Guild: channels on Plaza, a year of posts with their numbers, and usage rights."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from functools import cache
from typing import Any

from stoa.demo_guild import SEED
from stoa.demo_guild.grammar import Words, capital, fault_slots, faults
from stoa.demo_guild.people import SEASON
from stoa.demo_guild.reading import table, written_threads
from stoa.demo_guild.rows import Channel, Post, Reading, UsageRight

POSTS, LONGEST = 300, 300
TIMES = (time(8, 30), time(9), time(12, 30), time(13), time(17), time(18, 15), time(20))
LATER = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7))
SETTLED = (0.22, 0.55, 0.81, 0.95, 1.0)
"""The share of a post's final numbers that is there at each of ``LATER``."""
WINDOWS = ((-301, -286), (-233, -218), (-161, -147), SEASON, (-29, -1))
"""First and last days of campaigns; three run side by side through the season."""
STAFF = ("dov", "dov", "dov", "dov", "ines", "marta")
PICTURES = {
    "lamps": "lamp", "radios": "radio", "bicycles": "bicycle", "furniture": "chair", "clocks": "clock",
    "toasters": "toaster", "kettles": "kettle", "sewing machines": "sewing-machine", "umbrellas": "umbrella",
    "ceramics": "bowl", "shoes": "boot", "knitwear": "jumper",
}  # fmt: skip


@cache
def channels() -> tuple[Channel, ...]:
    """Three channels; the young one offers no reach."""
    return tuple(Channel(**row) for row in table("social")["channel"])


@cache
def posts(seed: int = SEED) -> tuple[Post, ...]:
    """300 posts over a year, oldest first: campaigns, members' words, written by hand, and from the bench."""
    dice = random.Random(f"posts {seed}")
    found = [*_campaign_posts(dice), *_story_posts(dice), *_written_posts(dice)]
    seen = {text for post in found for _, text in post.variants}
    number = 0
    while len(found) < POSTS:
        post = _bench_post(dice, f"p{number:03d}")
        texts = {text for _, text in post.variants}
        number += 1
        if not texts & seen and max(map(len, texts)) <= LONGEST:
            seen |= texts
            found.append(post)
    return tuple(sorted(found, key=lambda post: (post.day, post.at)))


@cache
def coming(today: date, soon: time | None) -> tuple[Post, ...]:
    """What is planned for the next two weeks; what goes out in some hours goes at `soon`, or tomorrow when the day is over."""
    found = []
    for number, row in enumerate(table("social")["coming"]):
        texts = tuple((key, row[key]) for key in ("main", "tools", "young") if key in row)
        day = row["day"] if "day" in row else (row["weekday"] - today.weekday() - 1) % 7 + 1 + row["weekday"] // 7 * 7
        at = time.fromisoformat(row.get("at", "08:30")) if day or soon is None else soon
        found.append(Post(f"next{number:02d}", row["title"], "dov", day or int(soon is None), at, texts, ()))
    return tuple(sorted(found, key=lambda post: (post.day, post.at)))


@cache
def usage_rights() -> tuple[UsageRight, ...]:
    """Fourteen requests for members' words: nine used, and one each or two of everything else that can happen."""
    return tuple(_right(number, row) for number, row in enumerate(table("social")["right"], start=1))


def moment_of(post: Post, today: date) -> tuple[date, time]:
    """When the post went out, in the Guild's wall time."""
    return today + timedelta(days=post.day), post.at


def _right(number: int, row: dict[str, Any]) -> UsageRight:
    thread = next(one for one in written_threads() if one.key == row["thread"])
    answered = None if row["state"] == "asked" else row["asked"] + 1
    until = {"expired": -20, "narrowed": 200, "granted": 365}.get(row["state"])
    allowed = ("main", "tools") if row["state"] == "narrowed" else ("main", "tools", "young")
    used = (f"story-{row['thread']}",) if "post" in row else ()
    return UsageRight(
        key=f"right{number:02d}",
        thread=row["thread"],
        author=thread.author,
        asked_day=row["asked"],
        answered_day=answered,
        state=row["state"],
        scope=row["scope"],
        channels=allowed,
        credit=row["credit"],
        until_day=until,
        words=row["words"],
        note=row.get("note", ""),
        posts=used,
    )


def _campaign_posts(dice: random.Random) -> Iterator[Post]:
    for row in table("social")["campaign"]:
        first, last = WINDOWS[row["window"]]
        texts = {"main": row["post"], "tools": _nudged(row["post"]), "young": _lowered(row["post"])}
        for at, (channel, text) in enumerate(texts.items()):
            day = first + at * min(4, max(1, (last - first) // 4))
            post = _post(dice, f"{row['key']}-{channel}", row["name"], day, {channel: text}, liked=True)
            yield replace(post, campaign=row["key"])


def _nudged(text: str) -> str:
    return f"{text} Calipers welcome."


def _lowered(text: str) -> str:
    return text.lower().removesuffix(".")


def _story_posts(dice: random.Random) -> Iterator[Post]:
    for row, right in zip(table("social")["right"], usage_rights(), strict=True):
        if right.posts:
            text = f"{row['post']} ({row['credit']}, shared with consent)"
            day = (right.answered_day or 0) + 2
            post = _post(
                dice, right.posts[0], f"Member story: {right.credit}", min(day, -1), {"main": text}, liked=True
            )
            yield replace(post, thread=right.thread, right=right.key)


def _written_posts(dice: random.Random) -> Iterator[Post]:
    for number, row in enumerate(table("social")["written"]):
        texts = {key: row[key] for key in ("main", "tools", "young") if key in row}
        yield _post(dice, f"w{number:02d}", row["title"], -12 - number * 19, texts)


def _bench_post(dice: random.Random, key: str) -> Post:
    fault = dice.choice(faults())
    words = Words(dice, fault_slots(dice, fault))
    words.slots |= {"advice": dice.choice(fault.advises), "ask": dice.choice(fault.asks)}
    frames = table("social")["frames"]
    wanted = dice.choice((("main",), ("main",), ("main", "tools"), ("tools",), ("young",), ("main", "young")))
    texts = {channel: words.fill(dice.choice(frames[channel])) for channel in wanted}
    texts = {channel: text if channel == "young" else capital(text) for channel, text in texts.items()}
    title = capital(words.fill(dice.choice(frames["titles"])))
    day = -1 - int(362 * dice.random() ** 1.25)
    picture = PICTURES.get(fault.interest, "")
    return _post(dice, key, title, day, texts, picture=picture if dice.random() < 0.6 else "")


def _post(
    dice: random.Random, key: str, title: str, day: int, texts: dict[str, str], picture: str = "", liked: bool = False
) -> Post:
    readings = tuple((channel, _readings(dice, channel, day, liked or bool(picture))) for channel in texts)
    alt = f"A drawing of a {picture.replace('-', ' ')} on a workbench, after its repair" if picture else ""
    args = (key, title, dice.choice(STAFF), day, dice.choice(TIMES), tuple(texts.items()), readings)
    return Post(*args, alt=alt, picture=picture)


def _readings(dice: random.Random, channel: str, day: int, liked: bool) -> tuple[Reading, ...]:
    """How the numbers rose: half of them within six hours, all within a week, on an audience that grew."""
    row = next(one for one in channels() if one.key == channel)
    audience = row.followers + (row.followers_a_year_ago - row.followers) * -day / 365
    views = audience * dice.lognormvariate(-0.9, 0.45) * (1.5 if liked else 1)
    likes = views * dice.uniform(0.02, 0.06)
    final = (likes, likes * dice.uniform(0.08, 0.25), likes * dice.uniform(0.03, 0.12))
    found = []
    for after, share in zip(LATER, SETTLED, strict=True):
        if after < timedelta(days=-day):
            one, two, three = (round(value * share) for value in final)
            found.append(Reading(after, one, two, three, round(views * share) if row.offers_reach else None))
    return tuple(found)
