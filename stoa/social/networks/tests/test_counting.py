"""Text is counted as the networks count it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.social.networks.counting import (
    STRATEGIES,
    binding_count,
    counts_of,
    first_graphemes,
    graphemes,
    utf8_bytes,
    utf16_units,
)
from stoa.social.networks.protocol import Source, TextLimit

CASES = json.loads((Path(__file__).parent / "hard_cases.json").read_text())
SOURCE = Source("https://example.org/rules", date(2026, 11, 23))
LIMITS = (TextLimit("graphemes", 300, SOURCE), TextLimit("bytes", 3000, SOURCE))


def test_there_are_forty_hard_cases() -> None:
    assert len({case["text"] for case in CASES}) == 40


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_hard_case_counts_as_a_reader_sees_it(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert (graphemes(text), utf8_bytes(text)) == (case["graphemes"], case["bytes"])


def test_a_text_outside_the_basic_plane_counts_differently_in_each_strategy() -> None:
    text = "e\u0301\U0001f469\U0001f3ff\u200d\U0001f692"
    counted = {name: count(text) for name, count in STRATEGIES.items()}
    assert counted == {
        "graphemes": 2, "bytes": 18, "codepoints": 6, "utf16": 9, "fediverse": 2, "x_weighted": 3, "emoji_as_bytes": 17,
    }  # fmt: skip
    assert utf16_units("") == 0


def test_three_hundred_graphemes_fit_and_one_more_does_not() -> None:
    flag = "\U0001f1e9\U0001f1ea"
    assert [count.is_over for count in counts_of(flag * 300, LIMITS)] == [False, False]
    assert [count.is_over for count in counts_of(flag * 301, LIMITS)] == [True, False]
    assert counts_of(flag * 301, LIMITS)[0].left == -1


def test_bytes_can_bind_before_graphemes_do() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
    assert not any(count.is_over for count in counts_of(family * 120, LIMITS))
    binding = binding_count(family * 121, LIMITS)
    assert (binding.count, binding.used, binding.is_over) == ("bytes", 3025, True)


def test_a_cut_never_falls_inside_a_grapheme() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert first_graphemes(f"a{family}b", 2) == f"a{family}"
    assert first_graphemes("ab", 9) == "ab"
    assert first_graphemes("ab", 0) == ""


@given(st.text(), st.integers(min_value=0, max_value=40))
def test_a_cut_is_a_beginning_of_at_most_that_length(text: str, at_most: int) -> None:
    cut = first_graphemes(text, at_most)
    assert text.startswith(cut)
    assert graphemes(cut) == min(at_most, graphemes(text))


def test_threads_counts_an_emoji_as_its_bytes_and_letters_as_they_are() -> None:
    count = STRATEGIES["emoji_as_bytes"]
    assert [count(each) for each in ("", "porch", "\u0119" * 500, "\U0001f642", "1\ufe0f\u20e3", "\U0001f1eb\U0001f1f7")] == [
        0, 5, 500, 4, 7, 8,
    ]  # fmt: skip
