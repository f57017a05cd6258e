"""Archives as Zulip and Discourse write them, made up: the same files, tables and columns, with as many messages as are asked for. For
tests, and for the proof of moving in."""

import io
import json
import random
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PIL import Image

BEGUN = datetime(2018, 3, 1, 9, tzinfo=UTC)
NOUNS = """
kettle lamp zip fuse bench solder spring wire thread needle hinge varnish tape drill saw battery heater socket filter pump lever gear belt
switch plug screw bolt washer cable clamp brush paint glue leather cotton wool button collar pocket seam hem lining
"""
OTHERS = """
we you they it this that looks works broke tried found need have can should maybe always never today again before after with without under
over near old new small large slow quick quiet loud warm cold wet dry clean rusty
"""
WORDS = [*NOUNS.split(), *OTHERS.split()]
FIRST = (
    "Ada",
    "Bo",
    "Cem",
    "Dalia",
    "Eero",
    "Farah",
    "Gita",
    "Hugo",
    "Ines",
    "Jun",
    "Kofi",
    "Lena",
    "Mara",
    "Nils",
    "Oya",
    "Pia",
)
LAST = (
    "Abel",
    "Brandt",
    "Costa",
    "Demir",
    "Egede",
    "Farrow",
    "Grünwald",
    "Haas",
    "Ito",
    "Jansen",
    "Kaya",
    "Lund",
    "Moreau",
)


@dataclass(frozen=True)
class Size:
    """How much an archive holds. `longest`: about so many messages stand in its first topic, over all the years."""

    messages: int = 200
    people: int = 24
    places: int = 6
    pictures: int = 3
    seed: int = 7
    longest: int = 0

    @property
    def topics(self) -> int:
        return max(self.messages // 12, 1)

    def in_the_longest(self, number: int) -> bool:
        return bool(self.longest) and number % max(self.messages // self.longest, 1) == 0

    def dice(self, name: str) -> random.Random:
        return random.Random(f"{name} {self.seed}")


def picture(number: int) -> bytes:
    """A small picture that no other number has."""
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (number * 37 % 256, number * 91 % 256, 90)).save(out, "PNG")
    return out.getvalue()


def name_of(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}" + (
        f" {number}" if number > 200 else ""
    )


def said(dice: random.Random) -> str:
    """A few sentences, about 300 bytes."""
    sentences = [" ".join(dice.choices(WORDS, k=dice.randint(6, 14))).capitalize() for _ in range(dice.randint(2, 6))]
    return ". ".join(sentences) + "."


def moments(size: Size) -> Iterator[datetime]:
    """When each message was written, over seven years."""
    dice, at = size.dice("moments"), BEGUN
    step = timedelta(days=7 * 365) / size.messages
    for _ in range(size.messages):
        at += step * dice.uniform(0.2, 1.8)
        yield at


def put(packed: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    packed.addfile(member, io.BytesIO(content))


def put_json(packed: tarfile.TarFile, name: str, told: object) -> None:
    put(packed, name, json.dumps(told).encode())


def in_parts(rows: Iterator[dict[str, object]], size: int) -> Iterator[list[dict[str, object]]]:
    part: list[dict[str, object]] = []
    for row in rows:
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
