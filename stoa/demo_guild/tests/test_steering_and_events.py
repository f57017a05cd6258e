"""Guidelines, cases, goal and events are the ones that the demo's story tells."""

from datetime import date, time, timedelta

import pytest

from stoa.demo_guild.gatherings import events
from stoa.demo_guild.people import by_key
from stoa.demo_guild.reading import spaces
from stoa.demo_guild.steering import cases, door_questions, goal, guidelines, norms


def test_there_are_four_versions_that_only_grow() -> None:
    versions = guidelines()
    assert [one.version for one in versions] == [1, 2, 3, 4]
    assert [len(one.clauses) for one in versions] == [7, 8, 11, 12]
    assert all(one.changed and clause.text and clause.why for one in versions for clause in one.clauses)


def test_a_clause_reads_as_it_read_then() -> None:
    texts = [clause.text for one in guidelines() for clause in one.clauses if clause.number == "2.1"]
    assert texts[0] == texts[2]
    assert texts[2] != texts[3]
    assert "kindly" in texts[3]


def test_there_are_norms_and_two_door_questions() -> None:
    assert len(norms()) >= 3
    assert all(norm.title and norm.example for norm in norms())
    assert [question.key for question in door_questions()] == ["interests", "hopes"]
    assert all(question.answers for question in door_questions())


def test_cases_cite_clauses_that_held_then_and_people_who_were_there() -> None:
    members, places = by_key(), {space.key for space in spaces()}
    for case in cases():
        held = [one for one in guidelines() if timedelta(days=one.day) <= case.offset][-1]
        assert case.clause in {clause.number for clause in held.clauses}, case.key
        assert case.space in places
        people = {case.author, case.reporter, case.decided_by} - {""}
        assert all(timedelta(days=members[key].joined_day) < case.offset for key in people), case.key
        assert len({case.author, case.reporter, case.decided_by}) == 3


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2026, 3, 1), date(2026, 8, 31), date(2027, 1, 2)])
def test_last_month_had_six_reports_all_decided_and_one_appeal_upheld(today: date) -> None:
    found, first = cases(today=today), today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    lately = [case for case in found if before <= today + case.offset < first and case.outcome]
    assert len(lately) == 6
    assert [case.appeal.outcome for case in lately if case.appeal] == ["upheld"]
    open_now = [case for case in found if not case.outcome]
    assert [case.clause for case in open_now] == ["2.1"]
    assert sorted(case.offset for case in found) == [case.offset for case in found]


def test_somebody_else_decides_an_appeal() -> None:
    appeals = [(case, case.appeal) for case in cases() if case.appeal]
    assert len(appeals) == 3
    assert all(appeal.decided_by != case.decided_by and appeal.by == case.author for case, appeal in appeals)


def test_3184_things_are_mended_37_of_them_this_week() -> None:
    reached = goal()
    assert (reached.target, reached.reached, reached.weeks[-1]) == (5000, 3184, (0, 37))
    assert len(reached.weeks) == 47
    assert min(count for _, count in reached.weeks) > 0


def test_forty_events_are_past_and_six_are_coming() -> None:
    for today in (date(2026, 11, 23), date(2027, 2, 25), date(2028, 2, 29)):
        all_of_them = events(today)
        assert sum(1 for event in all_of_them if event.day < today) == 40
        assert sum(1 for event in all_of_them if event.day >= today) == 6
        assert len({event.key for event in all_of_them}) == 46


def test_the_next_repair_evening_is_on_thursday_with_14_of_20_seats() -> None:
    today = date(2026, 11, 23)
    evening = next(event for event in events(today) if event.day >= today)
    assert (evening.day, evening.starts, evening.seats, len(evening.going)) == (date(2026, 11, 26), time(19), 20, 14)
    assert evening.place == "Hall 3 and online"


def test_nobody_is_in_two_minds_about_an_event() -> None:
    for event in events(date(2026, 11, 23)):
        assert event.description
        assert len(set(event.going + event.waiting)) == len(event.going + event.waiting)
        assert len(event.going) <= event.seats
        assert set(event.going + event.waiting) | {event.host} <= set(by_key())
