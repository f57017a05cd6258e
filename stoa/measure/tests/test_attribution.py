"""Attribution against published tables, and the law that credits add up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.measure.formulas.attribution import (
    MODELS,
    Conversion,
    Touch,
    attribute,
    coverage,
    decay_with,
    touches_that_count,
)
from stoa.measure.formulas.ratio import Ratio

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PATHS = [
    (50.0, "Direct"),
    (20.42, "Direct"),
    (200.0, "Video"),
    (66.5, "Display Organic"),
    (140.0, "Direct Organic Direct"),
    (24.0, "Direct"),
]


def path(worth: float, links: str) -> Conversion:
    steps = links.split()
    return Conversion(
        NOW, tuple(Touch(link, NOW - timedelta(days=len(steps) - i)) for i, link in enumerate(steps)), worth
    )


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("first", {"Direct": 234.42, "Video": 200, "Display": 66.5, "Organic": 0}),
        ("last", {"Direct": 234.42, "Video": 200, "Organic": 66.5, "Display": 0}),
        ("linear", {"Direct": 187.753, "Organic": 79.917, "Display": 33.25, "Video": 200}),
        ("position", {"Direct": 206.42, "Organic": 61.25, "Display": 33.25, "Video": 200}),
    ],
)
def test_six_published_paths(model: str, expected: dict[str, float]) -> None:
    credits = attribute([path(worth, links) for worth, links in PATHS], MODELS[model])
    assert {link: round(credit, 3) for link, credit in credits.by_link.items()} == expected
    assert credits.total == pytest.approx(500.92)


def test_a_path_of_three_is_split_evenly_or_by_position() -> None:
    conversion = path(140, "A B C")
    assert list(attribute([conversion], MODELS["linear"]).by_link.values()) == pytest.approx([46.667] * 3, abs=1e-3)
    assert list(attribute([conversion], MODELS["position"]).by_link.values()) == pytest.approx([56, 28, 56])


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("first", [12000, 0, 0, 0, 0]),
        ("linear", [2400, 2400, 2400, 2400, 2400]),
        ("position", [4800, 800, 800, 800, 4800]),
        ("time_decay", [175.2, 287.4, 574.9, 3417.0, 7545.4]),
    ],
)
def test_a_published_journey_of_five_touches(model: str, expected: list[float]) -> None:
    touches = tuple(Touch(f"T{day}", NOW + timedelta(days=day)) for day in (0, 5, 12, 30, 38))
    sale = Conversion(NOW + timedelta(days=38), touches, 12000)
    credits = attribute([sale], MODELS[model], look_back=timedelta(days=90))
    assert [round(credit, 1) for credit in credits.by_link.values()] == expected


def test_a_look_back_takes_its_youngest_instant_and_leaves_its_oldest() -> None:
    touches = tuple(Touch(link, NOW - age) for link, age in (("old", timedelta(days=30)), ("now", timedelta(0))))
    assert [touch.link for touch in touches_that_count(Conversion(NOW, touches))] == ["now"]


def test_a_touch_after_the_join_earns_nothing() -> None:
    credits = attribute([Conversion(NOW, (Touch("late", NOW + timedelta(seconds=1)),))], MODELS["last"])
    assert (credits.by_link, credits.unknown) == ({}, 1)


def test_repeats_in_a_row_are_one_touch_unless_kept() -> None:
    conversion = path(1, "A A B")
    assert attribute([conversion], MODELS["linear"]).by_link == {"A": 0.5, "B": 0.5}
    kept = attribute([conversion], MODELS["linear"], collapse_repeats=False)
    assert kept.by_link == {"A": pytest.approx(2 / 3), "B": pytest.approx(1 / 3)}


def test_of_repeats_the_latest_stands() -> None:
    assert [touch.at for touch in touches_that_count(path(1, "A A B"))] == [
        NOW - timedelta(days=2),
        NOW - timedelta(days=1),
    ]


def test_a_shorter_half_life_moves_credit_to_the_last_touch() -> None:
    credits = attribute([path(1, "A B")], decay_with(timedelta(days=1)))
    assert credits.by_link == {"A": pytest.approx(1 / 3), "B": pytest.approx(2 / 3)}


def test_without_conversions_coverage_has_no_value() -> None:
    assert coverage([]) == Ratio(0, 0)
    assert coverage([]).value is None


touches = st.builds(Touch, st.sampled_from("ABCD"), st.integers(-100, 40).map(lambda day: NOW + timedelta(days=day)))
conversion = st.builds(Conversion, st.just(NOW), st.lists(touches, max_size=8).map(tuple), st.floats(0, 1000))


@given(st.lists(conversion, max_size=20), st.sampled_from(sorted(MODELS)), st.booleans())
def test_credits_and_unknown_add_up_to_all(some: list[Conversion], model: str, collapse: bool) -> None:
    credits = attribute(some, MODELS[model], collapse_repeats=collapse)
    assert credits.total == pytest.approx(sum(one.worth for one in some))
    assert all(credit >= 0 for credit in credits.by_link.values())
    assert credits.unknown == pytest.approx(sum(one.worth for one in some if not touches_that_count(one)))
