"""How a picture is fitted: only as far as a rule asks for it, around the place that must stay, never larger."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from stoa.social.library.fitted import said, write
from stoa.social.library.fitting import PLACES, plan, ratio_words
from stoa.social.library.tests.makers import bytes_of, drawing, noise
from stoa.social.networks.limits import PictureLimit, Source
from stoa.social.networks.registry import connectors

ANY = PictureLimit(
    4, 5_000_000, ("image/jpeg", "image/png", "image/webp"), 1000, "graphemes", Source("here", date(2026, 11, 30))
)
FEED = replace(ANY, ratio_min=0.8, ratio_max=1.91, width_at_most=1440, mimes=("image/jpeg",), format="image/jpeg")


def test_what_fits_is_left_as_it_is() -> None:
    made = plan(2400, 1600, "image/png", ANY)
    assert made.is_untouched
    assert (made.box, made.size) == (None, (2400, 1600))


@pytest.mark.parametrize(
    ("size", "focal", "box"),
    [
        ((1000, 2000), "c", (0, 375, 1000, 1625)),
        ((1000, 2000), "n", (0, 0, 1000, 1250)),
        ((1000, 2000), "se", (0, 750, 1000, 2000)),
        ((3000, 1000), "w", (0, 0, 1910, 1000)),
        ((3000, 1000), "ne", (1090, 0, 3000, 1000)),
    ],
)
def test_it_is_cut_around_the_place_that_must_stay(
    size: tuple[int, int], focal: str, box: tuple[int, int, int, int]
) -> None:
    assert plan(*size, "image/jpeg", FEED, focal).box == box


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (799, 1000), (1911, 1000), (2400, 2399), (5, 7)])
@pytest.mark.parametrize("focal", PLACES)
def test_a_cut_lies_within_the_picture_and_is_never_larger(size: tuple[int, int], focal: str) -> None:
    made = plan(*size, "image/jpeg", FEED, focal)
    left, top, right, bottom = made.box or (0, 0, *size)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert made.size[0] <= min(size[0], 1440)
    assert made.size[1] <= size[1]


def test_only_what_is_not_taken_is_written_anew() -> None:
    assert plan(800, 800, "image/webp", FEED).mime == "image/jpeg"
    assert plan(800, 800, "image/jpeg", FEED).mime == ""
    assert plan(1600, 1600, "image/png", replace(ANY, width_at_most=1440)).mime == "image/png"
    assert plan(1600, 1600, "image/png", replace(ANY, width_at_most=1440)).size == (1440, 1440)


def test_it_becomes_small_enough_and_says_what_was_done() -> None:
    content, limit = noise((1000, 1000)), replace(FEED, bytes_at_most=150_000)
    made = write(content, plan(1000, 1000, "image/jpeg", limit), limit, "image/jpeg")
    assert made.content
    assert len(made.content) == made.after <= 150_000
    assert made.width == made.height < 1000
    assert any("→" in sentence for sentence in said(made))


def test_what_cannot_be_made_small_enough_says_so() -> None:
    limit = replace(FEED, bytes_at_most=10)
    made = write(noise((300, 300)), plan(300, 300, "image/jpeg", limit), limit, "image/jpeg")
    assert made.too_large
    assert made.content is None


def test_the_same_picture_gives_the_same_bytes() -> None:
    content, made = bytes_of(drawing(1, (400, 900))), plan(400, 900, "image/png", FEED)
    assert write(content, made, FEED, "image/png").content == write(content, made, FEED, "image/png").content


def test_what_shines_through_stands_on_white_in_a_jpeg() -> None:
    clear = bytes_of(Image.new("RGBA", (100, 100), "#00000000"))
    made = write(clear, plan(100, 100, "image/png", FEED), FEED, "image/png")
    assert Image.open(BytesIO(made.content or b"")).getpixel((50, 50)) == (255, 255, 255)


def test_ratios_are_said_as_people_say_them() -> None:
    assert [ratio_words(each) for each in (0.8, 1.91, 1.0, 0.5625, 0.45)] == ["4:5", "1.91:1", "1:1", "9:16", "1:2.22"]


def test_every_network_takes_what_its_own_rules_make_of_a_picture() -> None:
    content = bytes_of(drawing(1, (600, 1400)), "WEBP")
    for connector in connectors().values():
        limit = connector.rules.pictures
        if limit is None or not limit.mimes:
            continue
        made = plan(600, 1400, "image/webp", limit)
        if made.is_untouched:
            continue
        written = write(content, made, limit, "image/webp")
        assert written.mime in limit.mimes, connector.key
        assert written.after <= limit.bytes_at_most, connector.key
