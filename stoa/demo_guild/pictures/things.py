"""Twelve things on a workbench, each before and after its repair, with a description for those who cannot see it."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from stoa.demo_guild.pictures.canvas import CREAM, INK, Canvas

WALLS = ("#EDE4D3", "#DDE3D2", "#D5E0E6", "#EFE2C6", "#E9DAD0")
TERRACOTTA, OLIVE, SEA, GOLD, STEEL = "#B4482A", "#5C6B2F", "#1F6390", "#C79A2E", "#8C8A84"


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    png: bytes
    alt: str


def names() -> tuple[str, ...]:
    """The things that can be drawn."""
    return tuple(THINGS)


def picture(name: str, after: bool = True, seed: int = 0, pixels: int = 720) -> Picture:
    """The thing of that name, mended or not yet; the seed moves wall, grain and tint."""
    draw, before_alt, after_alt = THINGS[name]
    dice = random.Random(f"{name} {seed}")
    canvas = Canvas(pixels, dice.choice(WALLS), not after, dice)
    canvas.bench()
    tint = dice.choice((TERRACOTTA, OLIVE, SEA, GOLD))
    draw(canvas, after, tint)
    state = "after" if after else "before"
    return Picture(f"{name}-{state}-{seed}", canvas.png(), after_alt if after else before_alt)


def _lamp(c: Canvas, after: bool, tint: str) -> None:
    if after:
        c.glow(60, 44, 34)
    c.oval(60, 70, 15, 4, tint)
    c.box(58.6, 40, 61.4, 70, GOLD)
    top = 0 if after else 5
    c.shape([(47, 20 + top), (73, 20), (82, 42), (38, 42 + top)], "#F2D48A" if after else CREAM)
    c.line([(47, 20 + top), (73, 20)], tint, 1)
    c.line([(74, 70), (88, 74), (100, 72)] if after else [(74, 70), (84, 76), (86, 71), (94, 78)], INK, 0.9)


def _radio(c: Canvas, after: bool, tint: str) -> None:
    c.box(28, 32, 92, 70, tint, 5)
    c.box(32, 36, 64, 66, CREAM, 2)
    for row in range(6):
        c.line([(34, 40 + row * 4.4), (62, 40 + row * 4.4)], tint, 0.9)
    c.box(68, 36, 88, 47, "#F7E3A6" if after else "#6B655C", 1.5)
    c.line([(78 if after else 70, 37), (78 if after else 70, 46)], TERRACOTTA, 0.8)
    c.oval(73, 58, 4.4, 4.4, CREAM)
    if after:
        c.oval(84, 58, 4.4, 4.4, CREAM)
    else:
        c.oval(84, 58, 1, 1, INK)
        c.oval(100, 74, 4.4, 3, CREAM)
    c.line([(86, 32), (102, 12)] if after else [(86, 32), (95, 22), (104, 27)], STEEL, 0.9)


def _bicycle(c: Canvas, after: bool, tint: str) -> None:
    for x in (36, 86):
        c.ring(x, 56, 17, INK, 1.8)
        c.ring(x, 56, 15, STEEL, 0.6)
        for dx, dy in ((15, 0), (10.6, 10.6), (0, 15), (-10.6, 10.6)):
            c.line([(x - dx, 56 - dy), (x + dx, 56 + dy)], STEEL, 0.3)
    c.line([(36, 56), (58, 56), (76, 34), (50, 34), (36, 56)], tint, 2)
    c.line([(58, 56), (48, 29)], tint, 2)
    c.line([(86, 56), (75, 27)], tint, 2)
    c.box(42, 26.5, 54, 29.5, INK, 1.4)
    c.line([(70, 26), (76, 27), (81, 24)], INK, 1.5)
    c.ring(58, 56, 4, GOLD, 1)
    c.line([(36, 54), (58, 52.4)] if after else [(36, 58), (46, 69), (58, 60)], STEEL, 0.7)


def _chair(c: Canvas, after: bool, tint: str) -> None:
    wood = "#B07A43"
    for x in (46, 72):
        c.box(x, 14, x + 3, 48, wood, 1)
    for y in (18, 26, 34):
        c.box(46, y, 75, y + 3, wood, 1)
    c.box(43, 46, 79, 51, tint, 2)
    for x in (45, 53, 67):
        c.box(x, 51, x + 3, 74, wood, 1)
    if after:
        c.box(74, 51, 77, 74, wood, 1)
    else:
        c.line([(84, 78), (104, 72)], wood, 3)


def _clock(c: Canvas, after: bool, tint: str) -> None:
    c.shape([(40, 24), (60, 10), (80, 24)], tint)
    c.box(40, 24, 80, 72, tint, 2)
    c.oval(60, 40, 15, 15, CREAM)
    for x, y in ((60, 27), (73, 40), (60, 53), (47, 40)):
        c.oval(x, y, 1, 1, INK)
    c.line([(60, 40), (60, 30)] if after else [(60, 40), (60, 51)], INK, 1.2)
    c.line([(60, 40), (67, 44)] if after else [(60, 40), (57, 48)], INK, 1.5)
    c.box(50, 57, 70, 71, CREAM, 1)
    c.line([(60, 57), (64 if after else 60, 66)], INK, 0.7)
    c.oval(64.4 if after else 60, 67, 2.6, 2.6, TERRACOTTA)


def _toaster(c: Canvas, after: bool, tint: str) -> None:
    c.box(38, 26 if after else 21, 56, 50, "#D9A559" if after else "#3A2A1E", 3)
    c.box(62, 26 if after else 30, 80, 50, "#D9A559" if after else "#3A2A1E", 3)
    c.box(30, 38, 90, 70, "#C9C6BF", 8)
    c.box(30, 54, 90, 57, tint)
    c.box(91, 44 if after else 60, 97, 48 if after else 64, INK, 1)
    c.oval(82, 63, 3, 3, INK)
    if not after:
        for x in (46, 70):
            c.line([(x, 18), (x + 3, 13), (x - 1, 8), (x + 2, 3)], STEEL, 1)


def _kettle(c: Canvas, after: bool, tint: str) -> None:
    c.arc(60, 28, 20, 18, 180, 360, INK, 2.4)
    c.shape([(78, 46), (98, 32), (101, 35), (82, 58)], tint)
    c.oval(60, 50, 25, 20, tint)
    c.box(40, 62, 80, 71, tint, 4)
    c.oval(60, 32 if after else 24, 11, 2.6, STEEL)
    c.oval(60, 29 if after else 20, 2.4, 2.4, INK)
    c.arc(52, 50, 14, 13, 150, 230, CREAM, 1)
    if not after:
        for x in (44, 56, 70):
            c.oval(x, 76, 2.4, 1.2, "#9CC3D8")


def _sewing_machine(c: Canvas, after: bool, tint: str) -> None:
    c.box(22, 62, 98, 70, INK, 2)
    c.box(76, 30, 92, 62, tint, 3)
    c.box(28, 26, 92, 40, tint, 6)
    c.box(28, 30, 40, 52, tint, 3)
    c.oval(96, 38, 4, 8, STEEL)
    c.line([(34, 52), (34, 61)], STEEL, 0.9)
    c.box(50, 18, 56, 26, TERRACOTTA if tint != TERRACOTTA else SEA, 1)
    c.line([(53, 20), (36, 26), (34, 56)] if after else [(53, 20), (44, 22), (47, 15), (38, 12)], CREAM, 0.6)
    c.line([(44, 33), (72, 33)], GOLD, 1)
    if after:
        c.box(6, 60, 40, 62, CREAM)
        c.line([(8, 61), (33, 61)], TERRACOTTA, 0.7)


def _umbrella(c: Canvas, after: bool, tint: str) -> None:
    c.line([(60, 16), (60, 66)], "#8B5E34", 1.6)
    c.arc(55.5, 66, 5, 6, 0, 180, "#8B5E34", 1.8)
    points = [(18.0, 46.0), (26.0, 28.0), (42.0, 17.0), (60.0, 14.0), (78.0, 17.0), (94.0, 28.0), (102.0, 46.0)]
    if not after:
        points[5:] = [(88.0, 22.0), (108.0, 24.0), (84.0, 46.0)]
    scallops = [(88.0, 41.0), (74.0, 46.0), (60.0, 41.0), (46.0, 46.0), (32.0, 41.0)]
    c.shape(points + scallops, tint)
    for x, y in ((46, 46), (74, 46), (60, 41)):
        c.line([(60, 14), (x, y)], CREAM, 0.5)


def _bowl(c: Canvas, after: bool, tint: str) -> None:
    if not after:
        c.shape([(30, 50), (54, 50), (57, 60), (51, 71), (44, 70), (34, 62)], tint)
        c.shape([(64, 47), (92, 50), (87, 62), (76, 70), (66, 68), (62, 58)], tint)
        c.shape([(98, 74), (106, 70), (108, 77), (101, 80)], tint)
        return
    c.oval(60, 45, 32, 6, tint)
    c.shape([(28, 45), (92, 45), (84, 61), (72, 71), (48, 71), (36, 61)], tint)
    c.oval(60, 45, 28, 4, CREAM)
    c.line([(44, 48), (50, 55), (47, 62), (55, 71)], GOLD, 1)
    c.line([(50, 55), (66, 58), (72, 68)], GOLD, 1)


def _boot(c: Canvas, after: bool, tint: str) -> None:
    c.box(44, 20, 66, 62, tint, 3)
    c.oval(78, 58, 18, 10, tint)
    c.box(44, 50, 78, 67, tint, 3)
    for row in range(4):
        c.line([(60, 28 + row * 7), (68, 30 + row * 7)], CREAM, 0.9)
    c.box(42, 66, 58, 71, INK, 1)
    if after:
        c.box(42, 66, 97, 70, INK, 2)
    else:
        c.line([(56, 68), (78, 72), (98, 79)], INK, 2.6)


def _jumper(c: Canvas, after: bool, tint: str) -> None:
    c.shape([(40, 26), (22, 62), (32, 67), (46, 44)], tint)
    c.shape([(80, 26), (98, 62), (88, 67), (74, 44)], tint)
    c.box(40, 24, 80, 70, tint, 4)
    c.oval(60, 24, 9, 5, CREAM)
    for row in range(5):
        c.line([(43, 36 + row * 7), (77, 36 + row * 7)], CREAM, 0.3)
    if after:
        for step in range(5):
            c.line([(60, 46 + step * 2.2), (71, 46 + step * 2.2)], GOLD, 0.9)
            c.line([(61 + step * 2.2, 45), (61 + step * 2.2, 56)], TERRACOTTA, 0.7)
    else:
        c.oval(66, 51, 4.5, 5, INK)


THINGS: dict[str, tuple[Callable[[Canvas, bool, str], None], str, str]] = {
    "lamp": (
        _lamp,
        "A table lamp with a crooked shade and a kinked cord on a workbench",
        "The same table lamp, shade straight, glowing warmly",
    ),
    "radio": (
        _radio,
        "A table radio, dial dark, one knob lying beside it",
        "The table radio with both knobs, its dial lit and the aerial up",
    ),
    "bicycle": (
        _bicycle,
        "A bicycle whose chain hangs down",
        "The bicycle with its chain taut and both wheels true",
    ),
    "chair": (
        _chair,
        "A chair on three legs, the fourth lying on the bench",
        "The chair standing on four legs",
    ),
    "clock": (
        _clock,
        "A wall clock, stopped, its pendulum hanging straight down",
        "The wall clock going, its pendulum swinging to the right",
    ),
    "toaster": (
        _toaster,
        "A toaster with two black slices and smoke",
        "The toaster with two golden slices",
    ),
    "kettle": (
        _kettle,
        "A kettle with its lid off and drops under it",
        "The kettle, lid closed and dry beneath",
    ),
    "sewing-machine": (
        _sewing_machine,
        "A sewing machine with its thread hanging loose",
        "The sewing machine threaded, a straight red seam running out of it",
    ),
    "umbrella": (
        _umbrella,
        "An umbrella with one side blown inside out",
        "The umbrella open and evenly round",
    ),
    "bowl": (
        _bowl,
        "A bowl in three pieces on a workbench",
        "The bowl whole again, its cracks drawn in gold",
    ),
    "boot": (
        _boot,
        "A boot whose sole gapes at the toe",
        "The boot with its sole closed",
    ),
    "jumper": (
        _jumper,
        "A jumper with a round hole in the front",
        "The jumper with a darn in yellow and red where the hole was",
    ),
}
