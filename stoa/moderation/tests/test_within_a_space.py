"""A restriction within one space: decided by who looks after it, kept to it, with reasons, an end and an appeal."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible, Refusal
from stoa.base.work.drain import drain
from stoa.moderation.actions.appeal import appeal, decide_appeal
from stoa.moderation.actions.decision import Verdict, decide_case
from stoa.moderation.check import check
from stoa.moderation.deciders import deciders_of
from stoa.moderation.facts import Outcome
from stoa.moderation.models import Case, Clause, Decision, Restriction
from stoa.moderation.tests.makers import make_case, make_decision, make_guidelines, remarks, say
from stoa.moderation.tests.test_pages import signed_in
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.actions.entry import apply_to_space, join_space
from stoa.spaces.actions.leaving import KEEPING
from stoa.spaces.actions.restriction import restrict_in_space
from stoa.spaces.actions.roles import grant_role, role
from stoa.spaces.facts import RestrictionKind
from stoa.spaces.models import Grant, Space, SpaceRestriction
from stoa.spaces.policy import may_in, may_take_part
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff
from stoa.spaces.visibility import may_read

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
NOTHING = (0, 0, 0)


@pytest.fixture
def space() -> Space:
    make_guidelines()
    remarks()
    return make_space("Sewing", description="Only a fool buys that.")


@pytest.fixture
def moderator(space: Space) -> Actor:
    return make_insider(space, "space.moderator", "Mo")


@pytest.fixture
def author(space: Space) -> Person:
    person = make_person("Rafferty")
    give(person, "space.member", space)
    return person


def case_about(space: Space, author: Person) -> Case:
    return make_case(say(space, author), by=make_actor("Nell"))


def written() -> tuple[int, int, int]:
    return Decision.objects.count(), Restriction.objects.count(), SpaceRestriction.objects.count()


def role_in(space: Space, person: Person) -> str:
    return ",".join(Grant.objects.within(space.scope).filter(person=person).values_list("role__key", flat=True))


def test_a_moderator_of_the_space_keeps_somebody_from_writing_there_and_nowhere_else(
    space: Space, moderator: Actor, author: Person
) -> None:
    elsewhere = make_space("Baking")
    decision = make_decision(case_about(space, author), "quiet", by=moderator)
    restricted = actor_of(author)
    assert restricted.restricted == {space.scope}
    assert (may_read(restricted, space), may_take_part(restricted, space)) == (True, False)
    assert may_take_part(restricted, elsewhere)
    assert restricted.may("moderation.report")
    assert (author.standing, role_in(space, author)) == ("member", "space.member")
    said = decision.statement.content
    assert (said["outcome"], said["where"], said["space"], said["reasons"]) == (
        "quiet", "space", "Sewing", "It is about the person.",
    )  # fmt: skip
    assert list(check()) == []


def test_it_ends_by_itself_at_its_instant(space: Space, moderator: Actor, author: Person) -> None:
    decision = make_decision(case_about(space, author), "quiet", by=moderator)
    assert decision.until is not None
    with clock.pinned(decision.until - timedelta(seconds=1)):
        assert not may_take_part(actor_of(author), space)
    with clock.pinned(decision.until):
        assert may_take_part(actor_of(author), space)  # nobody waits for a worker
        drain()
        assert SpaceRestriction.objects.get().ended_at == Restriction.objects.get().ended_at == decision.until
    assert list(check()) == []


def test_taken_out_they_hold_nothing_there_and_nobody_lets_them_in_before_the_end(moderator: Actor) -> None:
    space = make_space("Quilts", "private", joining="apply")
    steward, person = make_insider(space, "space.steward", "Stew"), make_person("Rafferty")
    give(person, "space.member", space)
    moderator = make_insider(space, "space.moderator", "Mo")
    case = make_case(say(space, person), by=make_insider(space, name="Nell"))
    decision = make_decision(case, "out", by=moderator)
    gone = actor_of(person)
    assert (role_in(space, person), may_read(gone, space)) == ("", False)
    with pytest.raises(NotPossible):
        apply_to_space(space, "Please.", by=gone)
    with pytest.raises(NotPossible):
        grant_role(person, role("space.member"), space, by=steward)
    assert role_in(space, person) == ""
    assert decision.until is not None
    with clock.pinned(decision.until):
        drain()
        assert role_in(space, person) == ""  # the door is open again; nobody is carried through it
        apply_to_space(space, "Please.", by=actor_of(person))
    assert list(check()) == []


def test_an_appeal_that_is_upheld_gives_back_what_was_held(space: Space, moderator: Actor, author: Person) -> None:
    other = make_insider(space, "space.steward", "Stew")
    decision = make_decision(case_about(space, author), "out", by=moderator)
    with pytest.raises(NotPossible):
        join_space(space, by=actor_of(author))
    filed = appeal(decision, "It was about kettles.", by=actor_of(author))
    with pytest.raises(NotAllowed):
        decide_appeal(filed, upheld=True, reasons="Yes.", by=moderator)
    decide_appeal(filed, upheld=True, reasons="Yes.", by=other)
    assert (role_in(space, author), actor_of(author).restricted) == ("space.member", frozenset())
    assert list(check()) == []


def test_of_two_that_overlap_the_other_still_holds_when_one_is_undone(
    space: Space, moderator: Actor, author: Person
) -> None:
    other = make_insider(space, "space.steward", "Stew")
    first = make_decision(case_about(space, author), "out", by=moderator)
    second = make_decision(case_about(space, author), "out", by=moderator, days=30)
    decide_appeal(appeal(first, "No.", by=actor_of(author)), upheld=True, reasons="Yes.", by=other)
    assert (actor_of(author).restricted, role_in(space, author)) == ({space.scope}, "")
    decide_appeal(appeal(second, "No.", by=actor_of(author)), upheld=True, reasons="Yes.", by=other)
    assert (actor_of(author).restricted, role_in(space, author)) == (frozenset(), "space.member")
    assert list(check()) == []


def attempt(case: Case, outcome: str, by: Actor) -> None:
    with pytest.raises(Refusal):
        make_decision(case, outcome, by=by)
    assert written() == NOTHING
    case.refresh_from_db()
    assert case.state == "open"


@pytest.mark.parametrize("outcome", ["quiet", "out", "suspend"])
@pytest.mark.parametrize(
    "above", ["space.steward", "space.moderator", "owner", "community_manager", "moderator", "lead"]
)
def test_a_spaces_moderator_restricts_nobody_who_stands_beside_or_above_them(
    space: Space, moderator: Actor, above: str, outcome: str
) -> None:
    person = make_person("Above")
    give(person, above, space if above.startswith("space") else None)
    attempt(case_about(space, person), outcome, moderator)
    assert actor_of(person).restricted == frozenset()


@pytest.mark.parametrize("outcome", ["quiet", "out", "suspend"])
def test_a_spaces_moderator_reaches_into_no_other_space(
    space: Space, moderator: Actor, author: Person, outcome: str
) -> None:
    elsewhere = make_space("Baking")
    attempt(case_about(elsewhere, author), outcome, moderator)
    until = clock.now() + WEEK
    with pytest.raises(NotAllowed):
        restrict_in_space(author, elsewhere, RestrictionKind.QUIET, until, by=moderator)
    with pytest.raises(NotAllowed):
        restrict_in_space(Person.objects.get(id=moderator.own_id), space, RestrictionKind.QUIET, until, by=moderator)
    assert written() == NOTHING


def test_a_member_or_a_restricted_moderator_restricts_nobody(space: Space, moderator: Actor, author: Person) -> None:
    case = case_about(space, author)
    attempt(case, "quiet", make_insider(space, name="Member"))
    steward = make_insider(space, "space.steward", "Stew")
    restrict_in_space(
        Person.objects.get(id=moderator.own_id), space, RestrictionKind.QUIET, clock.now() + WEEK, by=steward
    )
    kept_back = actor_of(Person.objects.get(id=moderator.own_id))
    assert not may_in(kept_back, "moderation.decide", space)
    assert moderator.own_id not in deciders_of(case)
    with pytest.raises(NotAllowed):
        make_decision(case, "quiet", by=kept_back)
    assert Decision.objects.count() == 0


def test_the_sites_moderators_restrict_in_open_spaces_and_have_no_say_in_closed_ones(author: Person) -> None:
    site = make_staff("moderator", "Bashir")
    open_one = make_space("Open")
    make_decision(case_about(open_one, author), "quiet", by=site)
    assert actor_of(author).restricted == {open_one.scope}
    closed = make_space("Closed", "private")
    give(author, "space.member", closed)
    with pytest.raises(NotAllowed):
        restrict_in_space(author, closed, RestrictionKind.OUT, clock.now() + WEEK, by=site)
    assert role_in(closed, author) == "space.member"


def test_the_last_steward_is_not_taken_out(space: Space) -> None:
    steward = make_insider(space, "space.steward", "Stew")
    person = Person.objects.get(id=steward.own_id)
    with pytest.raises(NotPossible):
        make_decision(case_about(space, person), "out", by=make_staff("owner"))
    assert (role_in(space, person), written()) == ("space.steward", NOTHING)


def test_nobody_suspends_who_holds_more_over_the_site(space: Space) -> None:
    person = make_person("Owner")
    give(person, "owner")
    attempt(case_about(space, person), "suspend", make_staff("moderator", "Bashir"))
    person.refresh_from_db()
    assert person.standing == "member"


@pytest.mark.parametrize("days", [-1, 0])
def test_its_end_lies_ahead_and_nothing_else_has_one(space: Space, moderator: Actor, author: Person, days: int) -> None:
    case, clause = case_about(space, author), Clause.objects.in_force()[0]
    until = clock.now() + timedelta(days=days)
    for verdict in (
        Verdict(Outcome.QUIET, clause, "Because.", until=until),
        Verdict(Outcome.QUIET, clause, "Because."),
        Verdict(Outcome.WARN, clause, "Because.", until=until),
    ):
        with pytest.raises(Invalid):
            decide_case(case, verdict, by=moderator)
    assert written() == NOTHING


def test_the_person_reads_why_and_where_to_appeal_and_others_see_nothing_of_it(
    space: Space, moderator: Actor, author: Person
) -> None:
    decision = make_decision(case_about(space, author), "quiet", by=moderator)
    drain()
    assert Notice.objects.filter(person=author, kind="moderation.statement").count() == 1
    page = signed_in(author).get(space.address).content.decode()
    assert "You may not write in this space until" in page
    assert ("It is about the person." in page, decision.address in page) == (True, True)
    assert "in Sewing alone" in signed_in(author).get(decision.address).content.decode()
    for who, sees in ((author, True), (moderator, True), (make_insider(space, name="Other"), False)):
        profile = signed_in(who).get(author.address).content.decode()
        assert ("May not write in Sewing" in profile, who) == (sees, who)
    other = make_insider(space, name="Third")
    assert "You may not write" not in signed_in(other).get(space.address).content.decode()


def test_the_form_offers_what_this_moderator_may_decide_about_this_author(
    space: Space, moderator: Actor, author: Person
) -> None:
    case = case_about(space, author)
    page = signed_in(moderator).get(case.address).content.decode()
    assert ('value="quiet"' in page, 'value="out"' in page, 'value="suspend"' in page) == (True, True, False)
    clause = Clause.objects.in_force()[0]
    given = {"outcome": "quiet", "clause": clause.shown_id, "reasons": "Because.", "relied_on": "", "days": "3"}
    assert signed_in(moderator).post(f"{case.address}decision/", given).status_code == 303
    assert SpaceRestriction.objects.get().person_id == author.id
    owner = make_person("Owner")
    give(owner, "owner")
    about_owner = case_about(space, owner)
    assert 'value="quiet"' not in signed_in(moderator).get(about_owner.address).content.decode()
    assert signed_in(moderator).post(f"{about_owner.address}decision/", given).status_code == 422
    assert SpaceRestriction.objects.count() == 1


def test_what_is_kept_of_it_is_in_the_persons_export(space: Space, moderator: Actor, author: Person) -> None:
    make_decision(case_about(space, author), "quiet", by=moderator)
    (kept,) = KEEPING.export(author)["restrictions"]
    assert (kept["kind"], kept["ended_at"]) == ("quiet", None)
