"""The Guild's members: those whom the story follows, and as many quiet ones as a town has."""

import random
import unicodedata
from functools import cache
from typing import Any

from stoa.demo_guild import SEED
from stoa.demo_guild.reading import interests, table
from stoa.demo_guild.rows import Member

MEMBERS = 400
HOUSE_ZONE = "Europe/London"
ZONES = (HOUSE_ZONE,) * 22 + ("Europe/Berlin", "Europe/Warsaw", "Africa/Lagos", "Asia/Tokyo", "America/Halifax")
QUIETNESS = (("core", 1), ("regular", 15), ("now and then", 34), ("quiet", 50))
BURSTS = ((-300, -286, 30), (-232, -218, 24), (-160, -147, 26))
"""(first day, last day, members who joined in it): a story in the paper, a campaign, a fair."""
SEASON, SEASON_JOINS = (-101, -36), 166
"""The Guild's great season, and who came in it, as many each week: whatever today is, the month that Impact judges lies in it."""
LAST_MONTH = 35


@cache
def people(seed: int = SEED, scale: int = 1) -> tuple[Member, ...]:
    """400 members at scale 1, those of the story first; keys, names and addresses are unique."""
    cast = tuple(_written(row) for row in table("people")["person"])
    wanted = MEMBERS * scale - len(cast)
    dice = random.Random(f"people {seed}")
    days = _joining_days(dice, wanted, scale, sum(1 for member in cast if member.joined_day > -30))
    names = _names(dice, wanted, {member.name for member in cast})
    keys = {member.key for member in cast}
    invented = []
    for name, day in zip(names, days, strict=True):
        key = _key(name, keys)
        keys.add(key)
        invented.append(_invented(dice, key, name, day))
    return cast + tuple(invented)


@cache
def by_key(seed: int = SEED, scale: int = 1) -> dict[str, Member]:
    """The members by their keys."""
    return {member.key: member for member in people(seed, scale)}


def staff(seed: int = SEED) -> tuple[Member, ...]:
    """The members with a role, owner first."""
    return tuple(member for member in people(seed) if member.roles)


def _written(row: dict[str, Any]) -> Member:
    return Member(
        key=row["key"],
        name=row["name"],
        email=f"{row['key']}@brackwater.example",
        bio=row["bio"],
        helps=tuple(row["helps"]),
        wants=tuple(row["wants"]),
        hopes=row["hopes"],
        quarter=row["quarter"],
        joined_day=row["joined"],
        zone=HOUSE_ZONE,
        language="en",
        activity=row["activity"],
        roles=tuple(row.get("roles", ())),
        followed=True,
    )


def _joining_days(dice: random.Random, wanted: int, scale: int, cast_lately: int) -> list[int]:
    """Growth over a year: a first week, bursts, the season, a rising background, and about 35 in the last 30 days."""
    days = [-5, -2] * scale + [dice.randint(-29, -8) for _ in range((LAST_MONTH - 2) * scale - cast_lately)]
    days += [_of(SEASON, number, SEASON_JOINS * scale) for number in range(SEASON_JOINS * scale)]
    for first, last, count in BURSTS:
        days += [min(last, first + int(dice.expovariate(0.28))) for _ in range(count * scale)]
    days += [dice.randint(-365, -350) for _ in range(24 * scale)]
    while len(days) < wanted:
        days.append(-31 - int(334 * (1 - dice.random() ** 0.75)))
    return sorted(days[:wanted])


def _of(window: tuple[int, int], number: int, count: int) -> int:
    """The day of one of so many, spread evenly."""
    return window[0] + number * (window[1] - window[0] + 1) // count


def _names(dice: random.Random, wanted: int, taken: set[str]) -> list[str]:
    cultures, singles = table("names")["culture"], table("names")["single"]["names"]
    weights = [len(culture["given"]) * len(culture["family"]) for culture in cultures]
    names = [name for name in singles if name not in taken][: wanted // 20]
    seen = taken | set(names)
    while len(names) < wanted:
        culture = dice.choices(cultures, [weight**0.6 for weight in weights])[0]
        given, family = dice.choice(culture["given"]), dice.choice(culture["family"])
        other = dice.choice(culture["given"]) if dice.random() < (0.06 if wanted < 1000 else 0.7) else ""
        name = _full_name(culture["order"], given, "" if other == given else other, family)
        if name not in seen:
            seen.add(name)
            names.append(name)
    dice.shuffle(names)
    return names


def _full_name(order: str, given: str, other: str, family: str) -> str:
    if order == "eastern":
        return f"{family}{given}"
    if order == "vietnamese":
        return " ".join(part for part in (family, other, given) if part)
    return " ".join(part for part in (given, other, family) if part)


def _key(name: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = "".join(letter for letter in plain.split(" ")[0] if letter.isalpha()) or "member"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}{number}", number + 1
    return key


def _invented(dice: random.Random, key: str, name: str, day: int) -> Member:
    words = table("people")
    helps = tuple(dice.sample(interests(), dice.choices((1, 2, 3), (50, 40, 10))[0]))
    wants = tuple(dice.sample([one for one in interests() if one not in helps], dice.choices((1, 2), (70, 30))[0]))
    quarter = dice.choice(words["quarters"])
    return Member(
        key=key,
        name=name,
        email=f"{key}@brackwater.example",
        bio=_bio(dice, helps, wants, quarter),
        helps=helps,
        wants=wants,
        hopes=dice.choice(words["hopes"]),
        quarter=quarter,
        joined_day=day,
        zone=dice.choice(ZONES),
        language="en",
        activity=dice.choices([word for word, _ in QUIETNESS], [weight for _, weight in QUIETNESS])[0],
    )


def _bio(dice: random.Random, helps: tuple[str, ...], wants: tuple[str, ...], quarter: str) -> str:
    words = table("people")
    helping = dice.choice(words["middle"]).format(helps=_listed(helps))
    parts = [dice.choice(words["opening"]).format(quarter=quarter), helping]
    if dice.random() < 0.7:
        parts.append(dice.choice(words["learning"]).format(wants=_listed(wants)))
    parts.append(dice.choice(words["ending"]))
    return " ".join(part for part in parts if part)


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
