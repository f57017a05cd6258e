"""The pages of moderation, as they are asked for."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stoa.base.actors import VISITOR, Actor
from stoa.base.desk import Section
from stoa.moderation import today
from stoa.moderation.actions.appeal import appeal, decide_appeal
from stoa.moderation.actions.guidelines import write_norm
from stoa.moderation.models import Acceptance, Appeal, Case, Decision, GuidelineVersion, Report
from stoa.moderation.tests.makers import KEY, make_case, make_decision, make_guidelines, remarks, say
from stoa.moderation.transparency import Month, last_month
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def signed_in(who: Person | Actor) -> Client:
    person = who if isinstance(who, Person) else Person.objects.get(id=who.person_id)
    client = Client()
    client.force_login(person.account)
    return client


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.fixture
def author() -> Person:
    return make_person("Rafferty")


@pytest.fixture
def remark(author: Person) -> Space:
    make_guidelines()
    remarks()
    return say(make_space(description="Only a fool buys that."), author)


@pytest.fixture
def moderator() -> Actor:
    return make_staff("moderator", "Bashir")


def test_a_report_goes_from_the_form_to_a_decision_an_appeal_and_its_undoing(
    remark: Space, author: Person, moderator: Actor
) -> None:
    nell, other = make_actor("Nell"), make_staff("moderator", "Sunniva")
    clause = GuidelineVersion.objects.get().clauses.get(part=1)
    form = f"/reports/{KEY}/{remark.shown_id}/"
    assert "Only a fool" in signed_in(nell).get(form).content.decode()
    assert signed_in(nell).post(form, {"clause": clause.shown_id, "words": "I bought it."}).status_code == 303
    case = Case.objects.get()
    assert "Only a fool" in signed_in(moderator).get(case.address).content.decode()
    given = {
        "outcome": "hide",
        "clause": clause.shown_id,
        "reasons": "It is about buyers.",
        "relied_on": "",
        "days": "7",
    }
    shown = signed_in(moderator).post(f"{case.address}decision/", {**given, "preview": "yes"}).content.decode()
    assert ("It is about buyers." in shown, Decision.objects.count()) == (True, 0)
    assert signed_in(moderator).post(f"{case.address}decision/", given).status_code == 303
    decision = Decision.objects.get()
    assert "It is about buyers." in signed_in(author).get(decision.address).content.decode()
    assert "It was hidden." in signed_in(nell).get("/reports/").content.decode()
    assert signed_in(author).post(f"{decision.address}appeal/", {"words": "A grumble."}).status_code == 303
    made = Appeal.objects.get()
    ruling = {"upheld": "yes", "reasons": "It was about kettles."}
    assert signed_in(moderator).post(f"/desk/appeals/{made.shown_id}/decision/", ruling).status_code == 403
    assert signed_in(other).post(f"/desk/appeals/{made.shown_id}/decision/", ruling).status_code == 303
    remark.refresh_from_db()
    assert remark.state == "active"
    assert "It was about kettles." in signed_in(author).get(decision.address).content.decode()
    assert "Appeal upheld" in Client().get("/guidelines/log/").content.decode()


def test_others_find_neither_the_case_nor_the_statement(remark: Space, moderator: Actor) -> None:
    decision = make_decision(make_case(remark, by=make_actor("Nell")), by=moderator)
    ines = signed_in(make_actor("Ines"))
    assert ines.get(decision.address).status_code == 404
    assert ines.get(decision.case.address).status_code == 404
    assert ines.get("/desk/moderation/").status_code == 403


def test_an_invalid_report_says_what_is_wrong_and_opens_nothing(remark: Space) -> None:
    assert signed_in(make_actor("Nell")).post(f"/reports/{KEY}/{remark.shown_id}/", {}).status_code == 422
    assert (Case.objects.count(), Report.objects.count()) == (0, 0)


def test_what_one_cannot_see_one_cannot_report(remark: Space) -> None:
    shed = make_space("Shed", "secret")
    client = signed_in(make_actor("Nell"))
    assert client.get(f"/reports/{KEY}/{shed.shown_id}/").status_code == 404
    assert client.get(f"/reports/nothing.here/{remark.shown_id}/").status_code == 404


def test_guidelines_are_read_by_all_compared_and_accepted() -> None:
    make_guidelines(1, words="Speak about the thing.")
    ada = make_person("Ada")
    write_norm("Say what you tried.", "I oiled it twice.", by=make_staff("community_manager"))
    version = make_guidelines(2, words="Speak about the thing, kindly.")
    page = Client().get("/guidelines/").content.decode()
    assert ("kindly" in page, "I oiled it twice." in page) == (True, True)
    assert "<ins>" in Client().get("/guidelines/versions/2/").content.decode()
    assert Client().get("/guidelines/versions/7/").status_code == 404
    assert signed_in(ada).post("/guidelines/acceptance/", {"accepts": "0"}).status_code == 422
    assert signed_in(ada).post("/guidelines/acceptance/", {"accepts": version.shown_id}).status_code == 303
    assert Acceptance.objects.get().version == version


def test_the_desk_writes_a_version_and_publishes_it() -> None:
    client = signed_in(make_staff("community_manager"))
    assert client.post("/desk/guidelines/").status_code == 303
    clause = {"number": "1.1", "title": "Be decent", "text": "Kindly.", "why": "", "harm": "3"}
    assert client.post("/desk/guidelines/clauses/", clause).status_code == 303
    assert client.post("/desk/guidelines/clauses/", {**clause, "number": "x"}).status_code == 422
    assert client.post("/desk/norms/", {"text": "Say what you tried.", "example": "Oil."}).status_code == 303
    assert "Kindly." in client.get("/desk/guidelines/").content.decode()
    assert client.post("/desk/guidelines/publication/", {"summary": "The first."}).status_code == 303
    assert GuidelineVersion.objects.current().number == 1
    assert signed_in(make_actor()).get("/desk/guidelines/").status_code == 403


def test_the_log_of_a_closed_space_is_for_those_who_read_it(author: Person) -> None:
    make_guidelines()
    shed = say(make_space("Shed", "secret"), author)
    own = make_insider(shed, "space.moderator", "Mo")
    make_decision(make_case(shed, by=make_insider(shed, "space.member", "Nell")), by=own)
    assert Decision.objects.in_log_of(VISITOR).count() == 0
    assert Decision.objects.in_log_of(own).count() == 1


def test_a_month_is_counted_in_reports_decisions_and_appeals(remark: Space, author: Person, moderator: Actor) -> None:
    decision = make_decision(make_case(remark, by=make_actor("Nell")), by=moderator)
    made = appeal(decision, "A joke.", by=actor_of(author))
    decide_appeal(made, upheld=True, reasons="Yes.", by=make_staff("moderator", "Sunniva"))
    assert last_month(VISITOR) == Month(0, 0, 0, 0)
    assert Month(6, 6, 1, 1).sentence == "6 reports, all decided, 1 appeal upheld"
    assert Month(6, 5, 0, 0).sentence == "6 reports, 5 decided"


def test_grave_cases_cannot_wait_and_appeals_are_shown_to_decide(
    remark: Space, author: Person, moderator: Actor
) -> None:
    other = make_staff("moderator", "Sunniva")
    grave = GuidelineVersion.objects.get().clauses.get(part=2)
    case = make_case(remark, by=make_actor("Nell"), clause=grave)
    assert [(row.section, row.address) for row in today.rows(moderator)] == [(Section.CANNOT_WAIT, case.address)]
    decision = make_decision(case, by=moderator)
    appeal(decision, "A joke.", by=actor_of(author))
    assert [(row.section, row.act) for row in today.rows(other)] == [(Section.DECIDE, "Decide")]
    assert [row.act for row in today.rows(moderator)] == ["Read it"]
    assert list(today.rows(make_actor("Ines"))) == []


def test_pages_ask_no_more_when_there_is_more(remark: Space, author: Person, moderator: Actor) -> None:
    nell = make_actor("Nell")
    make_decision(make_case(remark, by=nell), by=moderator)
    make_case(say(make_space("One more"), author), by=nell)
    pages = [(moderator, "/desk/moderation/"), (nell, "/reports/"), (nell, "/guidelines/log/")]
    few = [queries_of(signed_in(who), address) for who, address in pages]
    for number in range(9):
        make_decision(make_case(say(make_space(f"D{number}"), author), by=nell), "keep", by=moderator)
        make_case(say(make_space(f"O{number}"), author), by=nell)
    assert [queries_of(signed_in(who), address) for who, address in pages] == few
