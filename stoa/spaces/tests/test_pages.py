"""The pages of spaces, as they are asked for."""

import re

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from stoa.base.actors import Actor
from stoa.people.actions.joining import sign_up
from stoa.people.actions.profile import Profile, edit_profile
from stoa.people.door import next_step
from stoa.people.models import Account, Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.tests.test_pages import queries_of, signed_in
from stoa.spaces.actions.entry import apply_to_space
from stoa.spaces.actions.invitation import invite
from stoa.spaces.models import Application, BreakGlass, Grant, Invitation, Space
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff
from stoa.spaces.today import rows

pytestmark = pytest.mark.django_db
SETTINGS = {"name": "Clocks", "visibility": "private", "joining": "apply", "question": "Why?", "interests": "clocks"}


def client_of(actor: Actor) -> Client:
    return signed_in(Person.objects.get(id=actor.person_id))


def test_the_list_names_what_one_may_know_of() -> None:
    for visibility in ("public", "members", "private", "secret"):
        make_space(f"The {visibility} one", visibility)
    seen = Client().get("/spaces/").content.decode()
    assert [word for word in ("public", "members", "private", "secret") if f"The {word} one" in seen] == ["public"]
    member = signed_in(make_person()).get("/spaces/").content.decode()
    assert "The private one" in member
    assert "The secret one" not in member


def test_a_secret_space_answers_like_one_that_does_not_exist() -> None:
    secret = make_space("Cellar", "secret")
    client = client_of(make_staff("owner"))
    there, nowhere = client.get(secret.address), client.get("/spaces/0000000000000-cellar/")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    told = [re.sub(rb'"X-CSRFToken": "[^"]*"', b"", answer.content) for answer in (there, nowhere)]
    assert told[0].replace(secret.shown_id.encode(), b"") == told[1].replace(b"0000000000000", b"")
    for part in ("members", "manage"):
        assert client.get(f"/spaces/{secret.shown_id}/{part}/").status_code == 404


def test_a_private_space_shows_its_face_and_not_its_members() -> None:
    space = make_space("Den", "private", description="For menders", norm="Only us")
    make_insider(space, "space.steward", name="Stew Ard")
    client = signed_in(make_person())
    page = client.get(space.address).content.decode()
    assert "For menders" in page
    assert "Stew Ard" in page
    assert "Only us" not in page
    assert client.get(f"/spaces/{space.shown_id}/members/").status_code == 403


def test_a_space_is_joined_and_left_on_its_page() -> None:
    space, ada = make_space(), make_person("Ada")
    client = signed_in(ada)
    assert client.get(f"/spaces/{space.shown_id}/").headers["Location"] == space.address
    client.post(f"/spaces/{space.shown_id}/membership/")
    assert Grant.objects.get().person == ada
    assert client.get(f"/spaces/{space.shown_id}/members/").status_code == 200
    client.post(f"/spaces/{space.shown_id}/membership/", {"_method": "DELETE"})
    assert Grant.objects.count() == 0


def test_an_application_goes_from_the_page_to_today_to_its_answer() -> None:
    space = make_space(joining="apply", question="Why?")
    steward, ada = make_insider(space, "space.steward"), make_person("Ada")
    signed_in(ada).post(f"/spaces/{space.shown_id}/application/", {"answer": "Because"})
    application = Application.objects.get()
    [row] = rows(steward)
    assert (row.what, row.why) == ("Ada asks to join Sewing", "Because")
    client = client_of(steward)
    assert "Because" in client.get(row.address).content.decode()
    where = f"/spaces/{space.shown_id}/applications/{application.shown_id}/decision/"
    client.post(where, {"accept": "no", "reason": "Full until May"})
    assert list(rows(steward)) == []
    assert "Full until May" in signed_in(ada).get(space.address).content.decode()


def test_a_steward_looks_after_a_space_and_others_find_no_such_page() -> None:
    space = make_space(joining="apply")
    steward = make_insider(space, "space.steward")
    member = make_insider(space, "space.member", name="Mem Ber")
    apply_to_space(space, "", by=actor_of(make_person("Appli Cant")))
    assert client_of(member).get(f"/spaces/{space.shown_id}/manage/").status_code == 404
    client = client_of(steward)
    page = client.get(f"/spaces/{space.shown_id}/manage/").content.decode()
    assert all(word in page for word in ("Mem Ber", "Appli Cant", f"/spaces/{space.shown_id}/invitations/"))
    client.post(f"/spaces/{space.shown_id}/settings/", SETTINGS)
    space.refresh_from_db()
    assert (space.name, space.visibility, space.interests) == ("Clocks", "private", ["clocks"])
    assert client.post(f"/spaces/{space.shown_id}/settings/", {**SETTINGS, "name": ""}).status_code == 422
    person = member.person_id or 0
    shown = Person.objects.get(id=person).shown_id
    client.post(f"/spaces/{space.shown_id}/members/{shown}/role/", {"role": "space.moderator"})
    assert Grant.objects.get(person_id=person).role.key == "space.moderator"
    client.post(f"/spaces/{space.shown_id}/members/{shown}/role/", {"_method": "DELETE"})
    assert not Grant.objects.filter(person_id=person).exists()
    client.post(f"/spaces/{space.shown_id}/state/", {"state": "archived"})
    assert Space.objects.living().count() == 0


def test_an_invitation_leads_visitors_to_the_door_and_members_in() -> None:
    space = make_space("Cellar", "secret")
    invitation = invite(space, by=make_insider(space, "space.steward"), uses=5)
    address = f"/invitations/{invitation.code}/"
    assert f"/join/?invitation={invitation.code}" in Client().get(address).content.decode()
    ada = make_person("Ada")
    client = signed_in(ada)
    assert client.post(address).headers["Location"] == space.address
    assert Grant.objects.filter(person=ada).count() == 1
    assert client.get("/invitations/no-such-code/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"email": "not an address", "uses": "3", "days": "14"}, "email"),
        ({"email": "", "uses": "0", "days": "14"}, "uses"),
        ({"email": "", "uses": "501", "days": "7"}, "uses"),
        ({"email": "a@b.example", "uses": "many", "days": "91"}, "days"),
    ],
)
def test_an_invitation_that_does_not_fit_says_why_and_keeps_what_was_typed(typed: dict[str, str], named: str) -> None:
    space = make_space("Cellar")
    of_the_site, of_the_space = make_staff("community_manager"), make_insider(space, "space.steward")
    for actor, address in (
        (of_the_site, "/desk/invitations/"),
        (of_the_space, f"/spaces/{space.shown_id}/invitations/"),
    ):
        answer = client_of(actor).post(address, {**typed, "role": "space.member"})
        page = LexborHTMLParser(answer.content)
        assert (answer.status_code, Invitation.objects.count()) == (422, 0)
        assert page.css_first(".form-errors") is not None
        assert page.css_first(f"#id_{named}_error .error") is not None
        assert {name: page.css_first(f"#id_{name}").attributes.get("value") or "" for name in typed} == typed


def test_who_may_not_invite_learns_so_before_the_form_is_read() -> None:
    assert client_of(make_staff("moderator")).post("/desk/invitations/", {"uses": "0"}).status_code == 403


def test_an_invitation_spares_the_mail_at_sign_up() -> None:
    invitation = invite(None, by=make_staff("community_manager"))
    form = {
        "name": "Noor",
        "email": "noor@example.org",
        "password1": "correct horse battery",
        "invitation": invitation.code,
    }
    client = Client()
    assert client.post("/join/", form).headers["Location"] == "/join/door/"
    assert client.get("/join/door/").status_code == 200


def test_newcomers_are_placed_where_they_tick() -> None:
    near, far = make_space("Clocks", interests=["clocks"]), make_space("Attic")
    secret = make_space("Den", "private")
    person = sign_up(Account.objects.create(email="n@example.org"), name="Noor")
    Person.objects.filter(id=person.id).update(interests=["clocks"])
    client = signed_in(person)
    page = client.get("/join/door/").content.decode()
    assert page.index("Clocks") < page.index("Attic")
    assert "Den" not in page
    client.post("/join/door/placing/", {"space": [near.shown_id, secret.shown_id]})
    assert list(Grant.objects.values_list("scope_id", flat=True)) == [near.id]
    assert not Grant.objects.filter(scope_id=far.id).exists()
    while step := next_step(person, actor_of(person)):
        client.post(f"/join/door/{step.key}/")
    person.refresh_from_db()
    assert person.standing == "member"


@pytest.mark.parametrize(
    "address", ["/desk/spaces/", "/desk/roles/?q=a", "/desk/glass/", "/desk/members/", "/desk/door/"]
)
def test_the_desk_opens_for_the_owner_and_not_for_members(address: str) -> None:
    assert client_of(make_staff("owner")).get(address).status_code == 200
    if "glass" not in address:
        assert signed_in(make_person()).get(address).status_code == 403


def test_roles_are_given_and_taken_at_the_desk() -> None:
    owner, ada = make_staff("owner"), make_person("Ada")
    client = client_of(owner)
    client.post(f"/desk/roles/{ada.shown_id}/", {"role": "moderator"})
    assert Grant.objects.get(person=ada).role.key == "moderator"
    client.post(f"/desk/roles/{ada.shown_id}/", {"role": "moderator", "_method": "DELETE"})
    assert not Grant.objects.filter(person=ada).exists()


def test_glass_is_broken_at_the_desk_and_seen_on_the_space() -> None:
    space, owner = make_space("Cellar", "secret"), make_staff("owner", name="Olga")
    member = make_insider(space)
    client, why = client_of(owner), "The police ask about this space."
    assert "Cellar" in client.post("/desk/glass/", {"reason": why}).content.decode()
    assert client.post(f"/desk/glass/{space.shown_id}/", {"reason": why}).headers["Location"] == space.address
    assert client.get(space.address).status_code == 200
    assert why in client_of(member).get(space.address).content.decode()
    assert BreakGlass.objects.count() == 2


@pytest.mark.parametrize(
    "path", ["/spaces/", "{space}", "/spaces/{id}/members/", "/spaces/{id}/manage/", "/desk/spaces/"]
)
def test_pages_ask_the_same_number_of_queries_for_one_and_ten(path: str) -> None:
    space, owner = make_space(joining="apply"), make_staff("owner")
    address = path.format(space=space.address, id=space.shown_id)
    client = client_of(owner)

    def more(number: int) -> None:
        make_space(f"S{number}")
        give(make_person(f"P{number}"), "space.steward", space)
        apply_to_space(space, "", by=actor_of(make_person(f"A{number}")))
        invite(space, by=owner)

    more(0)
    few = queries_of(client, address)
    for number in range(1, 11):
        more(number)
    assert queries_of(client, address) == few


def test_a_profile_edit_shows_in_the_members_list() -> None:
    ada = make_person("Ada")
    space = make_space()
    give(ada, "space.member", space)
    edit_profile(ada, Profile("Ada", helps_with="zips"), by=actor_of(ada))
    assert "zips" in signed_in(ada).get(f"/spaces/{space.shown_id}/members/").content.decode()
