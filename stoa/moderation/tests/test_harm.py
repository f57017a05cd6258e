"""A report of harm cannot wait: its own kind of notice, told at once, in quiet hours too."""

from datetime import UTC, datetime, time

import pytest

from stoa.base import clock
from stoa.base.models.letter import Letter
from stoa.base.work.drain import drain
from stoa.moderation.models import Clause
from stoa.moderation.tests.makers import make_case, make_guidelines, make_report, say
from stoa.people.actions.notice import keep_quiet
from stoa.people.models import Notice
from stoa.people.tests.makers import make_actor, make_person
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 10, 23, tzinfo=UTC)


def told(kind: str) -> list[int]:
    return list(Notice.objects.filter(kind=kind).order_by("person_id").values_list("person_id", flat=True))


def grave() -> Clause:
    return make_guidelines().clauses.get(part=2)


def test_harm_is_told_at_night_and_another_report_in_the_morning() -> None:
    moderator, harmful = make_staff("moderator"), grave()
    keep_quiet(time(22), time(7), by=moderator)
    row = say(make_space("Sewing", "public"), make_person("Author"))
    other = say(make_space("Bread", "public"), make_person("Baker"))
    with clock.pinned(NIGHT):
        make_case(row, by=make_actor("Ada"), clause=harmful)
        make_case(other, by=make_actor("Ben"), clause=Clause.objects.get(part=1))
        drain()
    assert (told("moderation.harm"), told("moderation.case")) == ([moderator.person_id], [moderator.person_id])
    due = dict(Letter.objects.filter(person_id=moderator.person_id).values_list("kind", "state"))
    assert due == {"moderation.harm": "kept", "moderation.case": "waiting"}


def test_a_report_of_harm_of_what_was_reported_before_is_told_as_harm() -> None:
    moderator, harmful = make_staff("moderator"), grave()
    row = say(make_space("Sewing", "public"), make_person("Author"))
    make_report(row, by=make_actor("Ada"), clause=Clause.objects.get(part=1))
    drain()
    assert (told("moderation.harm"), told("moderation.case")) == ([], [moderator.person_id])
    make_report(row, by=make_actor("Ben"), clause=harmful)
    drain()
    assert told("moderation.harm") == [moderator.person_id]


def test_of_a_closed_space_its_own_moderators_are_told_of_harm_and_nobody_else() -> None:
    site, harmful = make_staff("moderator"), grave()
    space = make_space("Diary", "private")
    own, member = make_insider(space, "space.moderator", "Own"), make_insider(space, name="Member")
    make_case(say(space, make_person("Author")), by=member, clause=harmful)
    drain()
    assert told("moderation.harm") == [own.person_id]
    assert site.person_id not in told("moderation.harm")
