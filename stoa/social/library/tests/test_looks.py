"""What a picture looks like: near the reference's own figures, the same for the same picture, another for another one."""

import io
import random

import pytest
from PIL import Image

from stoa.social.library.looks import BANDS, NEAR, bands, distance, look, probes
from stoa.social.library.tests.makers import bytes_of, drawing

# What pdqhash 0.2.8, which wraps Meta's own code, says of `drawing(seed)`.
REFERENCE = {
    1: "27e96976f0bb360ed17ba9e23e5da1948bc6540fe8aa47c0a8545eb850979b34",
    2: "4a4bc4a7cdcfd1e60dc836367e7b2e34464f031291a57bf1b5b86913120f85ce",
    5: "ab5ac6265952b6b8cb15b63adb79f49ab68cc492b2ea6b5645222abd69259344",
}


@pytest.mark.parametrize("seed", REFERENCE)
def test_it_says_what_the_reference_says_but_for_rounding(seed: int) -> None:
    assert distance(look(bytes_of(drawing(seed))).bits, int(REFERENCE[seed], 16)) <= 6


@pytest.mark.parametrize("seed", range(1, 9))
def test_smaller_and_in_another_format_it_looks_the_same(seed: int) -> None:
    whole = drawing(seed)
    small = bytes_of(whole.resize((450, 300)), "JPEG", quality=60)
    assert distance(look(bytes_of(whole)).bits, look(small).bits) <= 16


def test_other_pictures_look_otherwise() -> None:
    seen = [look(bytes_of(drawing(seed))).bits for seed in range(12)]
    assert min(distance(one, other) for at, one in enumerate(seen) for other in seen[:at]) > 2 * NEAR


def test_a_plain_picture_says_too_little_to_be_compared() -> None:
    assert not look(bytes_of(Image.new("RGB", (300, 200), "#5C6B2F"))).is_clear
    assert look(bytes_of(drawing())).is_clear


def test_a_picture_that_shines_through_stands_on_white() -> None:
    clear, white = Image.new("RGBA", (300, 200), "#00000000"), Image.new("RGB", (300, 200), "#FFFFFF")
    for picture in (clear, white):
        picture.paste("#1F6390", (60, 40, 180, 160))
    assert distance(look(bytes_of(clear)).bits, look(bytes_of(white)).bits) == 0


def test_whatever_is_near_is_among_what_is_asked_for() -> None:
    dice = random.Random(5)
    for _time in range(300):
        bits, turned = dice.getrandbits(256), dice.sample(range(256), NEAR)
        other = bits
        for place in turned:
            other ^= 1 << place
        assert set(probes(bits)) & set(bands(other))
    assert len(list(probes(0))) == 272
    assert len(bands(dice.getrandbits(256))) == BANDS


def test_the_smallest_picture_can_be_looked_at() -> None:
    out = io.BytesIO()
    Image.new("RGB", (1, 1)).save(out, "PNG")
    assert not look(out.getvalue()).is_clear
