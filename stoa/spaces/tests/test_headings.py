"""Headings: spaces that belong together, one level deep; a heading tells nobody of a space that they may not know of."""

import pytest
from django.test import Client

from stoa.base.actors import VISITOR, Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.actions.headings import arrange_spaces, make_heading, move_heading, name_heading, remove_heading
from stoa.spaces.actions.space import set_state
from stoa.spaces.arranging import beside, parted
from stoa.spaces.models import Heading, Space
from stoa.spaces.reading import listed_spaces
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Actor:
    return make_staff("community_manager")


def titles(actor: Actor) -> list[str]:
    return list(Heading.objects.visible_to(actor).in_order().values_list("title", flat=True))


def parts(actor: Actor) -> list[tuple[str, list[str]]]:
    found = parted(listed_spaces(actor))
    return [(each.heading.title if each.heading else "", [one.space.name for one in each.spaces]) for each in found]


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=actor.own_id).account)
    return client


def test_without_headings_the_list_is_one(manager: Actor) -> None:
    assert parts(manager) == []
    make_space("Sewing"), make_space("Baking")
    assert parts(manager) == [("", ["Baking", "Sewing"])]


def test_spaces_stand_under_their_headings_in_order_and_others_before_them(manager: Actor) -> None:
    sewing, baking, porch = make_space("Sewing"), make_space("Baking"), make_space("Porch")
    first, second = make_heading("Hands", by=manager), make_heading("  Hearth   and home ", by=manager)
    arrange_spaces({sewing: first, baking: second}, by=manager)
    assert parts(make_actor()) == [("", ["Porch"]), ("Hands", ["Sewing"]), ("Hearth and home", ["Baking"])]
    move_heading(second, up=True, by=manager)
    move_heading(second, up=True, by=manager)
    assert titles(manager) == ["Hearth and home", "Hands"]
    arrange_spaces({porch: first, baking: None}, by=manager)
    assert parts(make_actor()) == [("", ["Baking"]), ("Hands", ["Porch", "Sewing"])]


@pytest.mark.parametrize("visibility", ["members", "private", "secret"])
def test_a_heading_is_known_to_those_who_know_a_space_under_it(manager: Actor, visibility: str) -> None:
    heading = Heading.objects.create(title="Hidden hands")
    space = make_space("Quilts", visibility, heading=heading)
    inside = make_insider(space)
    for actor, knows in (
        (inside, True), (VISITOR, False), (make_actor("Other"), visibility != "secret"), (manager, visibility != "secret"),
    ):  # fmt: skip
        assert (actor.name, titles(actor) == ["Hidden hands"]) == (actor.name, knows)
        assert (actor.name, "Hidden hands" in str(parts(actor))) == (actor.name, knows)
    page = signed_in(make_actor("Third")).get("/spaces/").content.decode()
    assert ("Hidden hands" in page) == (visibility != "secret")


def test_above_archived_spaces_alone_it_is_shown_to_nobody_but_who_arranges_them(manager: Actor) -> None:
    heading = make_heading("Hands", by=manager)
    assert (titles(manager), titles(make_actor())) == (["Hands"], [])
    space = make_space("Sewing", "public", heading=heading)
    assert titles(VISITOR) == ["Hands"]
    set_state(space, "archived", by=make_insider(space, "space.steward"))
    assert (titles(VISITOR), titles(manager)) == ([], ["Hands"])


def test_a_space_shows_its_heading_and_what_else_stands_there(manager: Actor) -> None:
    heading = make_heading("Hands", by=manager)
    sewing = make_space("Sewing", "public", heading=heading)
    make_space("Knitting", "public", heading=heading)
    secret = make_space("Quilts", "secret", heading=heading)
    make_space("Porch", "public")
    assert [each.name for each in beside(sewing, VISITOR)] == ["Knitting"]
    assert [each.name for each in beside(sewing, make_insider(secret))] == ["Knitting", "Quilts"]
    page = Client().get(sewing.address).content.decode()
    assert ("More in Hands" in page, "Knitting" in page, "Quilts" in page) == (True, True, False)


def test_removing_a_heading_leaves_its_spaces(manager: Actor) -> None:
    heading = make_heading("Hands", by=manager)
    space = make_space("Sewing", heading=heading)
    remove_heading(heading, by=manager)
    space.refresh_from_db()
    assert (space.heading_id, Heading.objects.count()) == (None, 0)


def test_only_who_arranges_spaces_makes_headings_and_only_who_manages_a_space_puts_it_there(manager: Actor) -> None:
    heading, space, closed = make_heading("Hands", by=manager), make_space("Sewing"), make_space("Quilts", "private")
    steward, moderator = make_insider(space, "space.steward", "Stew"), make_staff("moderator")
    for actor in (steward, moderator, make_actor()):
        for act in (
            lambda by: make_heading("Mine", by=by),
            lambda by: name_heading(heading, "Mine", by=by),
            lambda by: move_heading(heading, up=True, by=by),
            lambda by: remove_heading(heading, by=by),
        ):
            with pytest.raises(NotAllowed):
                act(actor)
    for actor, places in ((moderator, {space: heading}), (manager, {space: heading, closed: heading})):
        with pytest.raises(NotAllowed):
            arrange_spaces(places, by=actor)
    assert list(Heading.objects.values_list("title", flat=True)) == ["Hands"]
    assert not Space.objects.exclude(heading=None).exists()
    arrange_spaces({space: heading}, by=steward)
    assert Space.objects.get(heading=heading) == space


@pytest.mark.parametrize("title", ["", "   ", "x" * 61])
def test_a_heading_has_a_title(manager: Actor, title: str) -> None:
    with pytest.raises(Invalid):
        make_heading(title, by=manager)
    assert Heading.objects.count() == 0


def test_they_are_arranged_at_the_desk(manager: Actor) -> None:
    client, space = signed_in(manager), make_space("Sewing", "public")
    secret = make_space("Quilts", "secret")
    assert client.post("/desk/headings/", {"title": "Hands"}).status_code == 303
    assert client.post("/desk/headings/", {"title": " "}).status_code == 422
    heading = Heading.objects.get()
    page = client.get("/desk/headings/").content.decode()
    assert ("Sewing" in page, "Quilts" in page) == (True, False)
    under = {f"under-{space.shown_id}": heading.shown_id}
    assert (
        client.post("/desk/headings/spaces/", {**under, f"under-{secret.shown_id}": heading.shown_id}).status_code
        == 303
    )
    assert list(Space.objects.exclude(heading=None)) == [space]
    refused = client.post(f"/desk/headings/{heading.shown_id}/", {"title": "x" * 61})
    assert (refused.status_code, "x" * 61 in refused.content.decode()) == (422, True)
    assert client.post("/desk/headings/spaces/", {f"under-{space.shown_id}": secret.shown_id}).status_code == 409
    assert client.post(f"/desk/headings/{heading.shown_id}/", {"_method": "DELETE"}).status_code == 303
    assert Heading.objects.count() == 0


def test_a_steward_of_a_closed_space_puts_it_under_a_heading_that_they_see(manager: Actor) -> None:
    heading, hidden = make_heading("Hands", by=manager), Heading.objects.create(title="Hidden")
    make_space("Sewing", "public", heading=heading)
    make_space("Vault", "secret", heading=hidden)
    closed = make_space("Quilts", "private")
    client = signed_in(make_insider(closed, "space.steward"))
    assert "Hidden" not in client.get(f"/spaces/{closed.shown_id}/manage/").content.decode()
    address = f"/spaces/{closed.shown_id}/heading/"
    assert client.post(address, {"heading": hidden.shown_id}).status_code == 404
    assert client.post(address, {"heading": heading.shown_id}).status_code == 303
    closed.refresh_from_db()
    assert closed.heading_id == heading.id
    assert client.post(address, {"heading": ""}).status_code == 303
    closed.refresh_from_db()
    assert closed.heading_id is None


def test_there_is_a_measure_of_headings(manager: Actor) -> None:
    Heading.objects.bulk_create(Heading(title=f"Number {number}", place=number) for number in range(30))
    with pytest.raises(NotPossible):
        make_heading("One more", by=manager)
    assert Heading.objects.count() == 30
