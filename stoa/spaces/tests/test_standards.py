"""What a space asks of those who write there, read from what its stewards typed."""

import pytest
from django.conf import settings

from stoa.base import ids, things
from stoa.spaces.standards import MOST, Standards
from stoa.spaces.tests.makers import make_space

pytestmark = pytest.mark.django_db


def test_lines_of_a_list_are_points_and_the_others_words() -> None:
    asked = Standards.of(
        make_space(
            standards="Be kind.\n- What it is\n* What you tried\n1. A picture\n- [ ] The make\n-no list\n\nThanks."
        )
    )
    assert asked.points == ("What it is", "What you tried", "A picture", "The make")
    assert asked.words == "Be kind.\n-no list\nThanks."


def test_a_long_list_is_cut_into_words_and_nothing_is_lost() -> None:
    asked = Standards.of(make_space(standards="\n".join(f"- {number}" for number in range(MOST + 2))))
    assert (len(asked.points), asked.words) == (MOST, "- 12\n- 13")


def test_a_space_that_asks_nothing_is_empty() -> None:
    assert not Standards.of(make_space())


@pytest.mark.parametrize("before", ["", settings.STOA_URL])
def test_an_address_in_the_norm_is_its_example(before: str) -> None:
    space = make_space()
    address = f"{before}/spaces/{space.shown_id}-sewing/"
    space.norm = f"Say how sure you are: {address} is one."
    asked = Standards.of(space)
    assert (asked.norm, asked.example, asked.address) == (
        "Say how sure you are: is one.",
        ("spaces.space", space.id),
        address,
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/spaces/{0}/", "//spaces/{0}/", "/spaces/{0}/manage/", "/nowhere/{0}/", "/spaces/short/",
        "javascript:/spaces/{0}/",
        "/spaces/{0}-a\"onclick=", "http://localhost:8000.evil.example/spaces/{0}/", "/Spaces/{0}/",
    ],
)  # fmt: skip
def test_other_addresses_are_the_page_of_nothing(address: str) -> None:
    assert things.of_address(address.format(ids.shown(5))) is None


def test_an_address_may_carry_a_name_a_question_and_a_place() -> None:
    shown = ids.shown(5)
    for tail in ("", "/", "-a-b/", "/?after=1", "-x/#reply-1"):
        assert things.of_address(f"/spaces/{shown}{tail}") == ("spaces.space", 5)
