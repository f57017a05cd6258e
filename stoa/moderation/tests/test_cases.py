"""Reports, cases, decisions, restrictions and appeals."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.base.work.drain import drain
from stoa.moderation.actions.appeal import appeal, decide_appeal
from stoa.moderation.actions.decision import Verdict, decide_case
from stoa.moderation.actions.report import escalate
from stoa.moderation.deciders import others_for
from stoa.moderation.facts import Outcome
from stoa.moderation.models import AppealDecision, Case, Decision, Report, Restriction, Statement
from stoa.moderation.tests.makers import make_case, make_decision, make_guidelines, make_report, say
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Person:
    return make_person("Rafferty")


@pytest.fixture
def remark(author: Person) -> Space:
    make_guidelines()
    return say(make_space(description="Only a fool buys that."), author)


@pytest.fixture
def moderator() -> Actor:
    return make_staff("moderator", "Bashir")


def notices(person: Person | Actor) -> list[str]:
    number = person.id if isinstance(person, Person) else person.person_id
    return sorted(Notice.objects.filter(person_id=number).values_list("kind", flat=True))


def test_the_first_report_opens_a_case_with_a_copy_and_the_next_ones_join_it(remark: Space) -> None:
    case = make_case(remark, by=make_actor("Anatole"))
    grave = make_guidelines(2).clauses.get(part=2)
    Space.objects.filter(id=remark.id).update(description="Something else now.")
    assert make_case(remark, by=make_actor("Nell"), clause=grave) == case
    case.refresh_from_db()
    assert (case.text, case.harm, case.reports.count(), case.state) == ("Only a fool buys that.", 4, 2, "open")


def test_nobody_reports_twice_nor_their_own_nor_what_they_do_not_see(remark: Space, author: Person) -> None:
    reporter = make_actor("Anatole")
    make_case(remark, by=reporter)
    with pytest.raises(NotPossible):
        make_case(remark, by=reporter)
    with pytest.raises(NotPossible):
        make_case(remark, by=actor_of(author))
    with pytest.raises(NotAllowed):
        make_case(make_space("Shed", "private"), by=reporter)
    assert (Case.objects.count(), Report.objects.count()) == (1, 1)


def test_a_decision_hides_states_its_reasons_and_tells_author_and_reporter(
    remark: Space, author: Person, moderator: Actor
) -> None:
    reporter = make_actor("Anatole")
    case = make_case(remark, by=reporter)
    drain()
    assert notices(moderator) == ["moderation.case"]
    decision = make_decision(case, by=moderator)
    drain()
    case.refresh_from_db()
    remark.refresh_from_db()
    assert (case.state, remark.state, decision.hid) == ("decided", "readonly", True)
    said = decision.statement.content
    assert (said["clause"]["number"], said["clause"]["version"], said["automated"], said["reported"]) == (
        "1.1",
        1,
        False,
        True,
    )
    assert (notices(author), notices(reporter)) == (["moderation.statement"], ["moderation.outcome"])


def test_what_is_kept_stays_and_only_the_reporter_hears_of_it(remark: Space, author: Person, moderator: Actor) -> None:
    reporter = make_actor("Anatole")
    make_decision(make_case(remark, by=reporter), "keep", by=moderator)
    drain()
    remark.refresh_from_db()
    assert (remark.state, notices(author), notices(reporter)) == ("active", [], ["moderation.outcome"])


def test_nobody_decides_what_they_wrote_or_reported(remark: Space, author: Person, moderator: Actor) -> None:
    case = make_case(remark, by=moderator)
    with pytest.raises(NotAllowed):
        make_decision(case, by=moderator)
    own = say(make_space("Own"), Person.objects.get(id=moderator.person_id))
    with pytest.raises(NotAllowed):
        make_decision(make_case(own, by=make_actor("Nell")), by=moderator)
    assert (Decision.objects.count(), Statement.objects.count(), Case.objects.open().count()) == (0, 0, 2)


def test_members_decide_nothing(remark: Space) -> None:
    with pytest.raises(NotAllowed):
        make_decision(make_case(remark, by=make_actor("Nell")), by=make_actor("Ines"))


@pytest.mark.parametrize("rows", [Decision, Statement, AppealDecision])
def test_the_database_refuses_to_change_what_was_decided(
    rows: type[Decision], remark: Space, author: Person, moderator: Actor
) -> None:
    decision = make_decision(make_case(remark, by=make_actor("Nell")), by=moderator)
    made = appeal(decision, "It was a joke.", by=actor_of(author))
    decide_appeal(made, upheld=False, reasons="It was none.", by=make_staff("moderator", "Sunniva"))
    row = rows.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.objects.update(at=clock.now())


def test_a_case_is_decided_once(remark: Space, moderator: Actor) -> None:
    case = make_case(remark, by=make_actor("Nell"))
    make_decision(case, by=moderator)
    with pytest.raises(NotPossible):
        make_decision(case, "keep", by=make_staff("moderator", "Sunniva"))
    assert Decision.objects.get().outcome == "hide"


def test_a_decision_without_reasons_is_refused_and_nothing_changes(remark: Space, moderator: Actor) -> None:
    case = make_case(remark, by=make_actor("Nell"))
    with pytest.raises(Invalid):
        decide_case(case, Verdict(Outcome.HIDE, case.reports.get().clause, " "), by=moderator)
    remark.refresh_from_db()
    assert (remark.state, Decision.objects.count()) == ("active", 0)


def test_a_suspension_ends_by_itself_with_a_fact(remark: Space, author: Person, moderator: Actor) -> None:
    make_decision(make_case(remark, by=make_actor("Nell")), "suspend", by=moderator, days=7)
    author.refresh_from_db()
    assert author.standing == "suspended"
    with clock.moved(by=timedelta(days=7, minutes=1)):
        drain()
    author.refresh_from_db()
    assert (author.standing, Restriction.objects.get().ended_at is not None) == ("member", True)
    assert FactRow.objects.filter(name="moderation.restriction_ended").count() == 1


def test_an_appeal_is_for_somebody_else_and_undoes_exactly(remark: Space, author: Person, moderator: Actor) -> None:
    decision = make_decision(make_case(remark, by=make_actor("Nell")), "suspend", by=moderator, hides=True)
    made = appeal(decision, "It was a joke.", by=actor_of(author))
    with pytest.raises(NotAllowed):
        decide_appeal(made, upheld=False, reasons="No.", by=moderator)
    other = make_staff("moderator", "Sunniva")
    decide_appeal(made, upheld=True, reasons="A joke among friends.", by=other)
    drain()
    author.refresh_from_db()
    remark.refresh_from_db()
    assert (author.standing, author.suspended_until, remark.state) == ("member", None, "active")
    assert notices(author) == ["moderation.appeal_decided", "moderation.statement"]
    with pytest.raises(NotPossible):
        decide_appeal(made, upheld=False, reasons="Changed my mind.", by=other)


def test_an_appeal_waits_while_nobody_else_may_decide(remark: Space, author: Person, moderator: Actor) -> None:
    decision = make_decision(make_case(remark, by=make_actor("Nell")), by=moderator)
    made = appeal(decision, "It was a joke.", by=actor_of(author))
    assert others_for(made) == set()
    other = make_staff("moderator", "Sunniva")
    assert others_for(made) == {other.person_id}


def test_what_was_hidden_already_is_not_shown_by_an_appeal(remark: Space, author: Person, moderator: Actor) -> None:
    case = make_case(remark, by=make_actor("Nell"))
    Space.objects.filter(id=remark.id).update(state="readonly")
    decision = make_decision(case, by=moderator)
    assert decision.hid is False
    made = appeal(decision, "Please.", by=actor_of(author))
    decide_appeal(made, upheld=True, reasons="Yes.", by=make_staff("moderator", "Sunniva"))
    remark.refresh_from_db()
    assert remark.state == "readonly"


def test_only_the_author_appeals_once_and_within_six_months(remark: Space, author: Person, moderator: Actor) -> None:
    decision = make_decision(make_case(remark, by=make_actor("Nell")), by=moderator)
    with pytest.raises(NotAllowed):
        appeal(decision, "For a friend.", by=make_actor("Ines"))
    with clock.moved(by=timedelta(days=184)), pytest.raises(NotPossible):
        appeal(decision, "Late.", by=actor_of(author))
    appeal(decision, "Now.", by=actor_of(author))
    with pytest.raises(NotPossible):
        appeal(decision, "Again.", by=actor_of(author))


def test_reports_of_closed_spaces_go_to_its_own_moderators_until_escalated(author: Person, moderator: Actor) -> None:
    make_guidelines()
    shed = say(make_space("Shed", "secret", description="Hush."), author)
    reporter, own = make_insider(shed, "space.member", "Nell"), make_insider(shed, "space.moderator", "Mo")
    made = make_report(shed, by=reporter)
    seen = Case.objects.visible_to
    assert (seen(own).count(), seen(moderator).count(), seen(reporter).count()) == (1, 0, 0)
    with pytest.raises(NotAllowed):
        make_decision(made.case, by=moderator)
    escalate(made, by=reporter)
    drain()
    assert seen(moderator).count() == 1
    assert "moderation.case" in notices(moderator)
    assert make_decision(Case.objects.get(), by=moderator).hid


def test_space_moderators_decide_in_their_space_but_suspend_nobody(remark: Space) -> None:
    own = make_insider(remark, "space.moderator", "Mo")
    case = make_case(remark, by=make_actor("Nell"))
    with pytest.raises(NotAllowed):
        make_decision(case, "suspend", by=own)
    assert make_decision(case, "warn", by=own).outcome == "warn"
    assert Case.objects.visible_to(make_insider(make_space("Other"), "space.moderator", "Elsewhere")).count() == 0


def test_who_wrote_it_never_sees_the_case(remark: Space, moderator: Actor) -> None:
    own = say(make_space("Own"), Person.objects.get(id=moderator.person_id))
    make_case(own, by=make_actor("Nell"))
    assert Case.objects.visible_to(moderator).count() == 0
