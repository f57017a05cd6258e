"""See it as…: who may, what is seen, that nothing can be changed, and when it ends."""

from datetime import timedelta

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.models import FactRow
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.tests.test_pages import signed_in
from stoa.spaces.models import Grant, Space
from stoa.spaces.seeing import NOBODY, sees_as
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    return signed_in(Person.objects.get(id=actor.person_id))


def see(client: Client, kind: str, space: Space | None = None) -> int:
    return client.post("/sight/", {"kind": kind, **({"space": space.shown_id} if space else {})}).status_code


def bar(client: Client, address: str = "/spaces/") -> str:
    found = LexborHTMLParser(client.get(address).content).css_first("aside.sight p")
    return " ".join(found.text().split()) if found else ""


def test_a_steward_sees_their_space_as_a_member_and_as_a_visitor_would() -> None:
    space = make_space("Den", "private")
    client = client_of(make_insider(space, "space.steward"))
    assert see(client, "member", space) == 303
    assert "You see this place as a member of Den would" in bar(client)
    assert client.get(space.address).status_code == 200
    assert client.get(f"/spaces/{space.shown_id}/manage/").status_code == 404
    assert see(client, "visitor", space) == 303
    assert "as a visitor would" in bar(client)
    assert client.get(space.address).status_code == 404
    assert client.post("/sight/", {"_method": "DELETE"}).headers["Location"] == f"/spaces/{space.shown_id}/manage/"
    assert bar(client) == ""
    assert client.get(f"/spaces/{space.shown_id}/manage/").status_code == 200


def test_it_is_written_down_and_says_nothing_of_what_was_seen() -> None:
    space = make_space("Den", "private")
    steward = make_insider(space, "space.steward")
    client = client_of(steward)
    see(client, "member", space)
    client.get(space.address)
    client.post("/sight/", {"_method": "DELETE"})
    rows = FactRow.objects.filter(name__startswith="spaces.sight").order_by("id")
    assert [(row.name, row.by_id, row.content["kind"], row.content["space"]) for row in rows] == [
        ("spaces.sight_begun", steward.person_id, "member", space.id),
        ("spaces.sight_ended", steward.person_id, "member", space.id),
    ]


def test_nothing_can_be_changed_meanwhile() -> None:
    den, shop = make_space("Den", "private"), make_space("Shop", "public")
    steward = make_insider(den, "space.steward")
    client = client_of(steward)
    for kind in ("visitor", "newcomer", "member"):
        see(client, kind, den)
        before = (Grant.objects.count(), FactRow.objects.count())
        for address in (f"/spaces/{shop.shown_id}/membership/", f"/spaces/{den.shown_id}/settings/", "/me/"):
            answer = client.post(address)
            assert (answer.status_code, "nothing can be changed" in answer.content.decode()) == (403, True)
        assert before == (Grant.objects.count(), FactRow.objects.count())


def test_whoever_looks_after_one_space_does_not_see_another_as_its_member() -> None:
    own, closed, hidden = make_space("Own"), make_space("Den", "private"), make_space("Cellar", "secret")
    client = client_of(make_insider(own, "space.steward"))
    assert see(client, "member", closed) == 403
    assert see(client, "member", hidden) == 404
    assert (
        client_of(make_staff("owner")).post("/sight/", {"kind": "member", "space": closed.shown_id}).status_code == 403
    )
    assert not FactRow.objects.filter(name="spaces.sight_begun").exists()
    member = client_of(make_insider(own))
    assert [see(member, kind, own) for kind in ("visitor", "newcomer", "member")] == [403] * 3
    assert see(Client(), "visitor") == 403


def test_who_loses_the_right_sees_as_themselves_at_once() -> None:
    space = make_space("Den", "private")
    steward = make_insider(space, "space.steward")
    client = client_of(steward)
    see(client, "member", space)
    Grant.objects.all().delete()
    assert bar(client) == ""
    assert client.get(space.address).status_code == 200  # its card, as any member sees it
    assert "Only its own members read this space" in client.get(space.address).content.decode()


def test_it_ends_after_half_an_hour_and_with_signing_out() -> None:
    owner = make_staff("owner")
    client = client_of(owner)
    see(client, "visitor")
    assert bar(client) != ""
    with clock.moved(by=timedelta(minutes=31)):
        assert bar(client) == ""
    client.post("/sign-out/")
    client.force_login(Person.objects.get(id=owner.person_id).account)
    assert bar(client) == ""


def test_the_actor_of_a_sight_is_no_person_and_holds_nothing_of_one() -> None:
    space = make_space("Den", "private")
    person = make_person("Stew", bio="x")
    give(person, "space.steward", space)
    own = actor_of(person)
    for kind in ("visitor", "newcomer", "member"):
        seen = sees_as(own, kind, space.id)
        assert seen is not None
        assert seen.person_id in (None, NOBODY)
        assert (seen.address, seen.blocked, seen.is_staff) == ("", frozenset(), False)
        assert all(held <= own.rights[scope] for scope, held in seen.rights.items())
    assert not Person.objects.filter(id=NOBODY).exists()


def test_pages_seen_so_are_kept_by_nobody() -> None:
    client = client_of(make_staff("owner"))
    see(client, "visitor")
    assert client.get("/spaces/").headers["Cache-Control"] == "private, no-store"


def test_no_page_of_an_account_opens_meanwhile() -> None:
    owner = make_staff("owner")
    client, address = client_of(owner), Person.objects.get(id=owner.person_id).account.email
    for kind in ("visitor", "newcomer"):
        see(client, kind)
        for page in ("/profile/", "/security/", "/security/address/", "/security/steps/", "/leaving/"):
            answer = client.get(page)
            assert answer.status_code in (302, 303, 403, 404), page
            assert address not in answer.content.decode()
