"""Putting a sentence together: frames with slots, the voice of the one who speaks, and no frame twice in a thread."""

import random
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from stoa.demo_guild.reading import table
from stoa.demo_guild.rows import Member

VOWEL = re.compile(r"\b([Aa]) (?=[aeioAEIO](?!ne\b|nce\b))")
YOUNG = {"wren", "malik", "tam"}
FOREIGN = {"anatole", "ilya", "suwit", "liesl"}
TERSE = {"greta", "roz", "rafferty"}


@dataclass(frozen=True, slots=True)
class Fault:
    interest: str
    space: str
    devices: tuple[str, ...]
    short: str
    tried: tuple[str, ...]
    asks: tuple[str, ...]
    advises: tuple[str, ...]
    was: tuple[str, ...]


@cache
def faults() -> tuple[Fault, ...]:
    """Everything that breaks, with what one asks, advises and finds."""
    return tuple(
        Fault(
            family["interest"],
            family["space"],
            tuple(family["devices"]),
            row["short"],
            *(tuple(row[part]) for part in ("tried", "asks", "advises", "was")),
        )
        for family in table("faults")["family"]
        for row in family["fault"]
    )


def voice_of(member: Member) -> str:
    """``young``, ``foreign``, ``terse``, ``chatty`` or ``plain``; always the same for the same member."""
    for voice, keys in (("young", YOUNG), ("foreign", FOREIGN), ("terse", TERSE)):
        if member.key in keys:
            return voice
    if member.followed:
        return "plain"
    return random.Random(f"voice {member.key}").choices(
        ("young", "foreign", "terse", "chatty", "plain"), (8, 10, 14, 30, 38)
    )[0]


def called(member: Member) -> str:
    """What others call this member in a sentence."""
    words = member.name.split()
    return words[-1] if words[0] in ("Trần", "Lê", "Phạm", "Đặng", "Vũ", "Hoàng", "Nguyễn") else words[0]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    keeps = ("I ", "I'", "PETG", "LED", "ID")
    return text if text.startswith(keeps) else text[:1].lower() + text[1:]


@dataclass(slots=True)
class Words:
    """The words of one thread: its slots, and the frames that it has used up."""

    dice: random.Random
    slots: dict[str, str]
    used: set[str] = field(default_factory=set)

    def say(self, kind: str, longest: int = 999, **more: str) -> str:
        """A sentence of that kind out of ``voices.toml`` that this thread has not used yet."""
        every: list[str] = table("voices")[kind]
        frames = [one for one in every if len(one) <= longest] or every
        fresh = [one for one in frames if one not in self.used] or frames
        frame = self.dice.choice(fresh)
        self.used.add(frame)
        return self.fill(frame, **more)

    def fresh(self, choices: tuple[str, ...]) -> str:
        """One of these that this thread has not used yet, while there are any."""
        left = [one for one in choices if one not in self.used] or list(choices)
        picked = self.dice.choice(left)
        self.used.add(picked)
        return picked

    def fill(self, frame: str, **more: str) -> str:
        return VOWEL.sub(r"\1n ", frame.format_map({**self.slots, **more})).strip()


def fault_slots(dice: random.Random, fault: Fault) -> dict[str, str]:
    """The slots that a fault fills: one device, one history, one cause."""
    voices: dict[str, Any] = table("voices")
    device, device2 = dice.sample(fault.devices, 2)
    tried, tried2 = dice.sample(fault.tried, 2)
    was = dice.choice(fault.was)
    slots = {
        "device": device,
        "Device": capital(device),
        "device2": device2,
        "short": fault.short,
        "tried": tried,
        "tried2": tried2,
        "was": was,
        "was_c": capital(was),
        "interest": fault.interest,
        "interest_c": capital(fault.interest),
        "origin_short": dice.choice(voices["origin_short"]),
        "since": dice.choice(voices["since"]),
        "weekday": dice.choice(voices["weekday"]),
        "quarter": dice.choice(table("people")["quarters"]),
        "years": str(dice.randint(2, 31)),
        "number": str(dice.randint(2, 9)),
        "digit": str(dice.randint(0, 9)),
        "count": str(dice.randint(3, 24)),
        "cents": str(dice.randint(2, 19) * 5),
        "quote": dice.choice((f"it {fault.short}", f"I have {tried}", f"My {device} {fault.short}")),
    }
    next_time = dice.choice(voices["nexts"])
    slots |= {"next": next_time, "next_l": small(next_time)}
    slots["origin"] = dice.choice(voices["origins"]).format_map(slots)
    return slots


def spoken(member: Member, text: str) -> str:
    """The same words as this member would type them."""
    if voice_of(member) != "young":
        return text
    plain = text.replace("**", "").replace("I'", "i'").replace("'", "")
    lines = [line if line.startswith(">") else re.sub(r"\bI\b", "i", line).lower() for line in plain.split("\n")]
    return "\n".join(lines).removesuffix(".")
