"""What is cut of a video and how small it becomes: numbers of a rule, never more than the rule asks for."""

from dataclasses import replace
from datetime import date

import pytest

from stoa.base.models.file import File
from stoa.social.library.filmed import FilmPlan, arguments, cut, fits, plan, rule_of, said
from stoa.social.networks.limits import ENDLESS, Source, VideoLimit

LIMIT = VideoLimit(10_000_000, 60, ("video/mp4",), Source("https://porch.test/", date(2026, 11, 30)))


def film(
    wide: int = 1280, high: int = 720, seconds: float = 30, size: int = 5_000_000, mime: str = "video/mp4"
) -> File:
    return File(width=wide, height=high, seconds=seconds, size=size, media_type=mime)


def test_what_fits_is_left_as_it_is() -> None:
    assert fits(film(), LIMIT)
    assert fits(film(seconds=9000), replace(LIMIT, seconds_at_most=ENDLESS))
    for wrong in (film(seconds=61), film(size=10_000_001), film(mime="video/webm")):
        assert not fits(wrong, LIMIT)
    assert not fits(film(), replace(LIMIT, ratio_max=1.0))


def test_what_is_too_long_keeps_its_beginning() -> None:
    assert plan(film(seconds=90), LIMIT) == FilmPlan(60, None, 1280, 1_098_666)


@pytest.mark.parametrize(
    ("size", "ratios", "box"),
    [
        ((1920, 1080), (None, 1.0), (1080, 1080)),
        ((1080, 1920), (0.8, 1.91), (1080, 1350)),
        ((1920, 1080), (0.8, 1.91), None),
        ((606, 1080), (9 / 16, 9 / 16), None),
    ],
)
def test_the_middle_stays_where_the_shape_is_not_taken(
    size: tuple[int, int], ratios: tuple[float | None, float | None], box: tuple[int, int] | None
) -> None:
    assert cut(*size, replace(LIMIT, ratio_min=ratios[0], ratio_max=ratios[1])) == box


def test_fewer_bytes_mean_fewer_bits_and_smaller_sides() -> None:
    for bytes_at_most, side, rate in (
        (200_000_000, 1920, 5_000_000), (8_000_000, 1280, 1_834_666), (4_000_000, 854, 853_333), (2_000_000, 640, 362_666),
    ):  # fmt: skip
        made = plan(film(), replace(LIMIT, bytes_at_most=bytes_at_most))
        assert made is not None
        assert (made.side, made.rate) == (side, rate)


def test_what_fitting_cannot_mend_has_no_plan() -> None:
    assert plan(film(), replace(LIMIT, mimes=("video/webm",))) is None
    assert plan(film(seconds=2), replace(LIMIT, seconds_at_least=3)) is None
    assert plan(film(seconds=60), replace(LIMIT, bytes_at_most=1_000_000)) is None
    assert plan(film(seconds=0), LIMIT) is None


def test_ffmpeg_is_asked_for_a_plain_file_without_what_the_source_says_of_itself() -> None:
    asked = arguments(FilmPlan(60, (1080, 1350), 1280, 2_000_000), "in.mov", "out.mp4", media_type="video/quicktime")
    assert asked[: asked.index("in.mov") + 1] == ("-y", "-f", "mov", "-i", "in.mov")
    assert asked[asked.index("-t") + 1] == "60.000"
    assert asked[asked.index("-map_metadata") + 1] == "-1"
    assert "crop=1080:1350" in asked[asked.index("-vf") + 1]
    assert "min(1280,iw)" in asked[asked.index("-vf") + 1]
    assert asked[-3:] == ("-f", "mp4", "out.mp4")


def test_what_was_done_is_said() -> None:
    before, after = film(1920, 1080, 75, 40_000_000, "video/quicktime"), film(1080, 1080, 60, 9_000_000)
    assert said(before, after) == [
        "Cut to its first 1:00 of 1:15.", "Cut to 1:1.", "Made smaller: 1080 × 1080.", "40.0 MB → 9.0 MB.", "Written as MP4.",
    ]  # fmt: skip
    assert said(film(), film(size=4_000_000)) == ["5.0 MB → 4.0 MB."]


def test_the_same_rule_has_the_same_word() -> None:
    assert rule_of(LIMIT) == rule_of(replace(LIMIT, source=Source("https://elsewhere.test/", date(2026, 1, 1))))
    assert rule_of(LIMIT) != rule_of(replace(LIMIT, seconds_at_most=61))
    assert len(rule_of(LIMIT)) == 16
