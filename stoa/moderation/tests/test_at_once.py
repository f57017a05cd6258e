"""Two who press in the same moment, on separate connections: one outcome, and a clean answer for who came second."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client

from stoa.base.actors import Actor
from stoa.base.models import FactRow
from stoa.moderation.check import check
from stoa.moderation.models import Case, Clause, Decision, Report, Statement
from stoa.moderation.tests.makers import KEY, make_case, make_guidelines, remarks, say
from stoa.people.models import Account
from stoa.people.rights import all_rights
from stoa.people.tests.makers import make_actor, make_person
from stoa.spaces.actions.roles import ship
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_space, make_staff

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED_SECOND = ([303, 409], [303, 422])  # told by the database, or by what the first had committed


@pytest.fixture
def remark() -> Space:
    assert all_rights()
    ship()
    make_guidelines()
    remarks()
    return say(make_space("Sewing", "public"), make_person("Author"))


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person__id=actor.person_id))
    return client


def at_once(*posts: Callable[[], int]) -> list[int]:
    """The statuses of requests that start together, each on its own thread and connection; the lower first."""
    gate, statuses = threading.Barrier(len(posts)), list[int]()

    def run(post: Callable[[], int]) -> None:
        gate.wait(10)
        try:
            statuses.append(post())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(each,)) for each in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(statuses)


def test_a_report_that_is_sent_twice_is_one(remark: Space) -> None:
    member, given = make_actor("Reporter"), {"clause": Clause.objects.in_force()[0].shown_id, "words": "It hurts."}
    clients = [client_of(member), client_of(member)]
    address = f"/reports/{KEY}/{remark.shown_id}/"
    statuses = at_once(*(lambda client=client: client.post(address, given).status_code for client in clients))
    assert statuses in REFUSED_SECOND
    assert (Case.objects.count(), Report.objects.count()) == (1, 1)
    assert FactRow.objects.filter(name="moderation.report_made").count() == 1
    assert list(check()) == []


def test_two_who_report_the_same_thing_open_one_case(remark: Space) -> None:
    given = {"clause": Clause.objects.in_force()[0].shown_id, "words": "It hurts."}
    clients = [client_of(make_actor(name)) for name in ("Ada", "Bo")]
    address = f"/reports/{KEY}/{remark.shown_id}/"
    statuses = at_once(*(lambda client=client: client.post(address, given).status_code for client in clients))
    assert statuses in ([303, 303], *REFUSED_SECOND)
    assert (Case.objects.count(), Report.objects.count()) == (1, statuses.count(303))
    assert FactRow.objects.filter(name="moderation.case_opened").count() == 1


def test_two_moderators_decide_the_same_case_once(remark: Space) -> None:
    case = make_case(remark, by=make_actor("Reporter"))
    clients = [client_of(make_staff("moderator", name)) for name in ("First", "Other")]
    clause = Clause.objects.in_force()[0].shown_id
    said = [{"outcome": outcome, "clause": clause, "reasons": "Because."} for outcome in ("keep", "hide")]
    address = f"/desk/moderation/{case.shown_id}/decision/"
    statuses = at_once(
        *(
            lambda client=client, given=given: client.post(address, given).status_code
            for client, given in zip(clients, said, strict=True)
        )
    )
    assert statuses in REFUSED_SECOND
    assert (Decision.objects.count(), Statement.objects.count(), Case.objects.get().state) == (1, 1, "decided")
    assert FactRow.objects.filter(name="moderation.case_decided").count() == 1
    remark.refresh_from_db()
    assert remark.state == ("readonly" if Decision.objects.get().outcome == "hide" else "active")
    assert list(check()) == []
