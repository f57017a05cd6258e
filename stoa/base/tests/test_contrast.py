"""Every pair of colours that stands on a page: text at least 4.5 : 1, controls at least 3 : 1, in both themes."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

GROUNDS = ["paper", "surface", "sunk", "raised", "hover"]
TEXTS = ["ink", "muted", "brand", "community", "social", "bridge", "good", "warn", "bad"]
SOFT = ["brand", "community", "social", "bridge", "good", "warn", "bad"]
PAIRS = [
    *[(text, ground, 4.5) for text, ground in product(TEXTS, GROUNDS)],
    *[(text, f"{text}-soft", 4.5) for text in SOFT],
    *[("ink", f"{text}-soft", 4.5) for text in SOFT],
    ("on-brand", "brand-fill", 4.5),
    ("on-brand", "brand-press", 4.5),
    *[(f"code-{kind}", "sunk", 4.5) for kind in ("word", "name", "type", "text", "value")],
    *[(control, ground, 3.0) for control, ground in product(["edge", "focus"], ["paper", "surface", "sunk", "raised"])],
]


def tokens() -> dict[str, tuple[str, str]]:
    """Each colour's (light, dark)."""
    text = Path(str(finders.find("base/css/tokens.css"))).read_text()
    both = {name: (a, b) for name, a, b in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", text)}
    return both | {name: (a, a) for name, a in re.findall(r"--([\w-]+): (#\w{6});", text)}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_pair_can_be_read(theme: int) -> None:
    colours = tokens()
    weak = {
        f"{text} on {ground}": round(contrast(colours[text][theme], colours[ground][theme]), 2)
        for text, ground, least in PAIRS
        if contrast(colours[text][theme], colours[ground][theme]) < least
    }
    assert weak == {}
