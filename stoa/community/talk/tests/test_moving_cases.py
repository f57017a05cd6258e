"""A topic is reported, moves into a closed space and back: each report reaches those who look after where it was made."""

import pytest

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.work.drain import drain
from stoa.community.talk.actions import move_topic
from stoa.community.talk.models import Topic
from stoa.community.talk.tests.makers import make_topic
from stoa.moderation import today
from stoa.moderation.actions.report import escalate, report
from stoa.moderation.models import Case, Clause, Report
from stoa.moderation.reading import case_page, queue_page
from stoa.moderation.subjects import subject_of
from stoa.moderation.tests.makers import make_decision, make_guidelines
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.models import Grant, Space
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
CANARY = "canary-inside-words"


@pytest.fixture
def clause() -> Clause:
    return make_guidelines().clauses.get(part=1)


@pytest.fixture(params=["private", "secret"])
def closed(request: pytest.FixtureRequest) -> Space:
    return make_space("Inside", request.param)


@pytest.fixture
def topic() -> Topic:
    return make_topic()


@pytest.fixture
def moderators() -> list[Actor]:
    return [make_staff("moderator", "Bashir"), make_staff("moderator", "Sunniva")]


def move(topic: Topic, to: Space, mover: Person) -> None:
    for space in (topic.space, to):
        if not Grant.objects.filter(person=mover, scope_id=space.id).exists():
            give(mover, "space.moderator", space)
    move_topic(topic, to=to, by=actor_of(mover))
    topic.refresh_from_db()


def tell_on(topic: Topic, clause: Clause, words: str, by: Actor) -> Report:
    subject = subject_of("talk.topic")
    assert subject is not None
    return report(subject, topic.id, clause=clause, words=words, by=by)


def told(actor: Actor) -> int:
    return Notice.objects.filter(person_id=actor.own_id, kind="moderation.case").count()


def read_by(moderator: Actor) -> str:
    """All that cases show a moderator: the queue, every page with its reports' words, what stands around, and Today."""
    pages = [case_page(case, moderator) for case in Case.objects.visible_to(moderator)]
    said = [(page["case"].text, [each.words for each in page["reports"]], page["around"]) for page in pages]
    return repr((said, queue_page(moderator, ""), list(today.rows(moderator))))


def test_a_report_made_inside_has_a_case_of_the_spaces_own_moderators(
    clause: Clause, closed: Space, topic: Topic, moderators: list[Actor]
) -> None:
    before = tell_on(topic, clause, "Said in the open.", actor_of(make_person("Nell")))
    drain()
    assert [told(each) for each in moderators] == [1, 1]
    move(topic, closed, make_person("Mover"))
    own = make_insider(closed, "space.moderator", "Mo")
    Topic.objects.filter(id=topic.id).update(title=CANARY)
    inside = tell_on(topic, clause, CANARY, make_insider(closed, "space.member", "Anatole"))
    drain()
    assert (inside.case == before.case, inside.case.space, inside.case.title) == (False, closed, CANARY)
    assert ([told(each) for each in moderators], told(own)) == ([1, 1], 1)
    for each in moderators:
        assert list(Case.objects.visible_to(each)) == [before.case]
        assert CANARY not in read_by(each)
    assert list(Case.objects.visible_to(own)) == [inside.case]
    assert CANARY in read_by(own)


def test_what_was_reported_before_the_move_stays_decidable_by_the_sites_moderators(
    clause: Clause, closed: Space, topic: Topic, moderators: list[Actor]
) -> None:
    before = tell_on(topic, clause, "Said in the open.", actor_of(make_person("Nell")))
    move(topic, closed, make_person("Mover"))
    inside = tell_on(topic, clause, CANARY, make_insider(closed, "space.member", "Anatole"))
    assert make_decision(before.case, "warn", by=moderators[0]).outcome == "warn"
    inside.case.refresh_from_db()
    assert inside.case.state == "open"


def test_an_escalated_case_of_the_closed_space_reaches_them_and_no_other(
    clause: Clause, closed: Space, topic: Topic, moderators: list[Actor]
) -> None:
    tell_on(topic, clause, "Said in the open.", actor_of(make_person("Nell")))
    move(topic, closed, make_person("Mover"))
    reporter = make_insider(closed, "space.member", "Anatole")
    inside = tell_on(topic, clause, CANARY, reporter)
    assert CANARY not in read_by(moderators[0])
    escalate(inside, by=reporter)
    drain()
    assert CANARY in read_by(moderators[0])
    assert [told(each) for each in moderators] == [2, 2]


def test_back_in_the_open_reports_join_the_open_case_and_the_closed_one_stays_where_it_is(
    clause: Clause, closed: Space, topic: Topic, moderators: list[Actor]
) -> None:
    opened, mover = topic.space, make_person("Mover")
    assert opened is not None
    before = tell_on(topic, clause, "Said in the open.", actor_of(make_person("Nell")))
    move(topic, closed, mover)
    inside = tell_on(topic, clause, CANARY, make_insider(closed, "space.member", "Anatole"))
    move(topic, opened, mover)
    after = tell_on(topic, clause, "Open again.", actor_of(make_person("Ines")))
    assert (after.case, inside.case == before.case) == (before.case, False)
    assert CANARY not in read_by(moderators[0])
    assert Case.objects.count() == 2


def test_between_two_open_spaces_reports_go_on_in_one_case(clause: Clause, topic: Topic) -> None:
    before = tell_on(topic, clause, "Here.", actor_of(make_person("Nell")))
    move(topic, make_space("Elsewhere", "members"), make_person("Mover"))
    assert tell_on(topic, clause, "There.", actor_of(make_person("Ines"))).case == before.case


def test_what_moved_into_a_closed_space_is_not_hidden_by_who_holds_a_case_from_before(
    clause: Clause, closed: Space, topic: Topic, moderators: list[Actor]
) -> None:
    before = tell_on(topic, clause, "Said in the open.", actor_of(make_person("Nell")))
    move(topic, closed, make_person("Mover"))
    for outcome in ("hide", "warn"):
        with pytest.raises(NotPossible):
            make_decision(before.case, outcome, by=moderators[0], hides=True)
    topic.refresh_from_db()
    assert (topic.is_here, before.case.state) == (True, "open")
    reporter = make_insider(closed, "space.member", "Anatole")
    inside = tell_on(topic, clause, CANARY, reporter)
    escalate(inside, by=reporter)
    assert make_decision(inside.case, "hide", by=moderators[0]).hid


def test_the_sites_moderators_read_only_the_reports_that_were_passed_on(
    clause: Clause, closed: Space, topic: Topic, moderators: list[Actor]
) -> None:
    move(topic, closed, make_person("Mover"))
    own = make_insider(closed, "space.moderator", "Mo")
    first, later, third = (make_insider(closed, "space.member", name) for name in ("Anatole", "Nell", "Ines"))
    grave = Clause.objects.get(part=2)
    tell_on(topic, clause, "canary-earlier", third)
    passed = tell_on(topic, clause, "Please look.", first)
    escalate(passed, by=first)
    made = tell_on(topic, grave, CANARY, later)
    assert made.case == passed.case
    page = case_page(Case.objects.visible_to(moderators[0]).get(), moderators[0])
    assert ([each.words for each in page["reports"]], page["case"].harm) == (["Please look."], 2)
    assert [(row.reports, row.case.harm) for row in queue_page(moderators[0], "")["open"]] == [(1, 2)]
    assert [row.section.name for row in today.rows(moderators[0])] == ["DECIDE"]
    assert "canary" not in read_by(moderators[0])
    assert [(row.reports, row.case.harm) for row in queue_page(own, "")["open"]] == [(3, 4)]
    assert CANARY in read_by(own)
    escalate(made, by=later)
    assert CANARY in read_by(moderators[0])
    assert "canary-earlier" not in read_by(moderators[0])
    with pytest.raises(NotPossible):
        escalate(made, by=later)


def test_a_space_that_opens_keeps_what_was_reported_inside_for_its_own_moderators(
    clause: Clause, closed: Space, topic: Topic, moderators: list[Actor]
) -> None:
    move(topic, closed, make_person("Mover"))
    own = make_insider(closed, "space.moderator", "Mo")
    reporter = make_insider(closed, "space.member", "Anatole")
    inside = tell_on(topic, clause, CANARY, reporter)
    Space.objects.filter(id=closed.id).update(visibility="public")
    after = tell_on(topic, clause, "Said in the open.", actor_of(make_person("Nell")))
    drain()
    assert after.case != inside.case
    assert [list(Case.objects.visible_to(each)) for each in moderators] == [[after.case], [after.case]]
    assert [told(each) for each in moderators] == [1, 1]
    assert CANARY not in read_by(moderators[0])
    assert set(Case.objects.visible_to(own)) == {inside.case, after.case}
    with pytest.raises(NotAllowed):
        make_decision(Case.objects.get(id=inside.case_id), "warn", by=moderators[0])
    escalate(Report.objects.get(id=inside.id), by=reporter)
    assert CANARY in read_by(moderators[0])
