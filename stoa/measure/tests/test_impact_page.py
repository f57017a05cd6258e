"""The Impact page: what it says, what it keeps back, and who may read it."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.test import Client

from stoa.base import clock
from stoa.measure.impact.first_touch import summed, told_firsts
from stoa.measure.impact.funnel import Funnel, first_column, table
from stoa.measure.impact.levels import Ways
from stoa.measure.impact.stat import Stat
from stoa.measure.impact.thread import thread
from stoa.measure.tests.seeded import NOW, World
from stoa.measure.tests.test_thread import ALL, people
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
PAGE = "/desk/insights/impact/"


def reader(role: str = "lead") -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=make_staff(role).person_id).account)
    return client


@pytest.mark.parametrize("role", ["lead", "owner", "community_manager", "social_media_manager"])
def test_those_who_read_numbers_may(role: str) -> None:
    assert reader(role).get(PAGE).status_code == 200


def test_a_moderator_and_a_member_may_not() -> None:
    assert reader("moderator").get(PAGE).status_code == 403
    client = Client()
    client.force_login(Person.objects.get(id=make_actor("Ada").person_id).account)
    assert client.get(PAGE).status_code == 403


def test_an_empty_house_says_so() -> None:
    with clock.pinned(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        page = reader().get(PAGE).content.decode()
    assert "September 2026 (the last whole month old enough to judge): nobody joined." in page


def test_a_full_month_is_told_in_a_sentence() -> None:
    with clock.pinned(NOW):
        World(people=300)
        for query in ("", "?by=post", "?month=2026-11", "?month=1999-01", "?month=nonsense"):
            page = reader("lead").get(PAGE + query)
            assert page.status_code == 200


def test_other_has_no_share_for_it_holds_other_rows_at_each_step() -> None:
    ways = Ways({}, {}, {"a": "Porch"})
    small = [*people(("a", "n", "p"), 20, 12, 8, 7), *people(("b", "n", "q"), 3, 3, 2, 3), *people(("",), 9, 6, 5, 5)]
    found = Funnel(thread(small, judged=ALL, depth=3), ways, Counter(), ALL, frozenset())
    assert table(found, "channel") == [
        ["Porch", "0", "20", "12 · 60 %", "–", "7 · 35 %"],
        ["Other, small rows together", "", "12", "9", "15", "8"],
        ["All", "0", "32", "21 · 66 %", "15 · 47 %", "15 · 47 %"],
    ]


def test_the_row_of_unknown_origin_stands_below_every_cut() -> None:
    ways = Ways({}, {}, {"a": "Porch", "n": "No campaign", "p": "Post"})
    came = [*people(("a", "n", "p"), 20, 12, 8, 7), *people(("",), 9, 6, 5, 5)]
    found = Funnel(thread(came, judged=ALL, depth=3), ways, Counter(), ALL, frozenset())
    unknown = ["Origin unknown", "", "9", "6 · 67 %", "5 · 56 %", "5 · 56 %"]
    assert [table(found, level)[-2] for level in ("channel", "campaign", "post")] == [unknown] * 3


def test_every_figure_says_what_it_is_made_of_and_can_be_copied_as_a_sentence() -> None:
    with clock.pinned(NOW):
        World(people=300)
        page = reader("lead").get(PAGE).content.decode()
    figures = page.count('<div class="stat">')
    for word in ("Formula", "Window", "Numerator", "Who is not counted"):
        assert page.count(f"<dt>{word}</dt>") == figures
    assert page.count('data-copy="') == figures
    assert "Counted: " in page
    assert "Divided by: " in page


def test_a_figure_that_is_not_available_says_so_in_its_sentence_and_is_no_zero() -> None:
    none = Stat("Reach", None, "The sum of it.", "", "", "", absent="not offered by these networks")
    assert none.said("May 2026") == "Reach, May 2026: not available (not offered by these networks). The sum of it."
    some = Stat("Here", "38 %", "The share.", "15: stayed.", "39: joined.", "", interval="25–54 %")
    assert (
        some.said("May 2026")
        == "Here, May 2026: 38 % (25–54 %). The share. Counted: 15: stayed. Divided by: 39: joined."
    )


def test_first_touch_stands_beside_last_touch_in_one_table() -> None:
    ways = Ways({}, {}, {"a": "Porch", "b": "Bench"})
    cut = thread([*people(("a", "n", "p"), 20, 12, 8, 7), *people(("b", "n", "q"), 15, 8, 8, 7)], judged=ALL, depth=3)
    lasts = summed([(("a", "n", "p"), 20), (("b", "n", "q"), 15)])
    firsts = told_firsts(cut, lasts, summed([(("a", "n", "p"), 12), (("b", "n", "q"), 23)]))
    found = Funnel(cut, ways, Counter(), ALL, frozenset(), firsts)
    assert [first_column(found, level) for level in ("channel", "campaign", "post")] == [["12", "23", "35"]] * 3
    few = told_firsts(cut, lasts, summed([(("a", "n", "p"), 19), (("b", "n", "q"), 16)]))
    assert first_column(Funnel(cut, ways, Counter(), ALL, frozenset(), few), "channel") == []
