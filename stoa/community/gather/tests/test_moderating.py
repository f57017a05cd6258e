"""An event is reported, hidden by a decision from every list, and restored by an appeal."""

import pytest
from django.test import Client

from stoa.base.models import SearchDocument
from stoa.community.gather.models import Event
from stoa.community.gather.tests.makers import make_event
from stoa.moderation.actions.appeal import appeal, decide_appeal
from stoa.moderation.models import Case
from stoa.moderation.tests.makers import make_decision, make_guidelines
from stoa.people.models import Person
from stoa.people.tests.makers import make_person
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)  # type: ignore[arg-type]
    return client


def seen(client: Client, event: Event) -> tuple[int, bool]:
    """(the answer of its page, whether the list shows it)."""
    return client.get(event.get_absolute_url()).status_code, event.title.encode() in client.get("/events/").content


def test_an_event_is_reported_on_its_page_hidden_by_a_decision_and_restored_by_an_appeal() -> None:
    clause = make_guidelines().clauses.get(part=1)
    space = make_space(visibility="public")
    host = make_insider(space, "space.steward", "Marta")
    event = make_event(space, by=host, title="Come and shout")
    nell = as_(make_person("Nell"))
    form = f"/reports/gather.event/{event.shown_id}/"
    assert form in nell.get(event.get_absolute_url()).content.decode()
    assert nell.post(form, {"clause": clause.shown_id, "words": "They mean a person."}).status_code == 303
    case = Case.objects.get()
    assert (case.subject_key, case.subject_id, case.author_id, case.space) == (
        "gather.event", event.id, host.person_id, space,
    )  # fmt: skip
    assert (case.title, case.text) == ("Come and shout", "Bring one thing.\nHall 3")

    decision = make_decision(case, by=make_staff("moderator", "Bashir"))
    assert [seen(each, event) for each in (nell, Client())] == [(404, False), (404, False)]
    assert not SearchDocument.objects.filter(thing_key="gather.event").exists()
    assert seen(as_(Person.objects.get(id=host.person_id)), event)[0] == 200

    filed = appeal(decision, "It is about a play.", by=host)
    decide_appeal(filed, upheld=True, reasons="It is a play.", by=make_staff("moderator", "Sunniva"))
    assert [seen(each, event) for each in (nell, Client())] == [(200, True), (200, True)]
    assert SearchDocument.objects.filter(thing_key="gather.event").count() == 1


def test_whoever_planned_an_event_is_not_asked_to_report_it() -> None:
    event = make_event(make_space(visibility="public"))
    page = as_(event.made_by).get(event.get_absolute_url()).content.decode()
    assert "/reports/gather.event/" not in page
    assert "/reports/gather.event/" not in Client().get(event.get_absolute_url()).content.decode()
