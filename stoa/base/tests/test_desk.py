"""How much a wait presses."""

from datetime import timedelta

from stoa.base.desk import pressing

HOUR = timedelta(hours=1)


def test_a_complaint_of_three_hours_stands_before_praise_of_two_days() -> None:
    assert pressing(5, 3 * HOUR, 4 * HOUR) == 3.75
    assert pressing(1, 48 * HOUR, 168 * HOUR) == 1 * 48 / 168


def test_nothing_climbs_for_ever_by_being_left() -> None:
    assert pressing(2, 9 * 24 * HOUR, 48 * HOUR) == 6.0
    assert pressing(2, 90 * 24 * HOUR, 48 * HOUR) == 6.0
