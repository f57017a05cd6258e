"""Roles that the community composes, and that those below cannot strip those above."""

from itertools import product

import pytest
from django.test import Client
from django.utils.html import escape
from selectolax.lexbor import LexborHTMLParser

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.tests.test_pages import signed_in
from stoa.spaces.actions.composing import edit_role, make_role, remove_role, rename_role
from stoa.spaces.actions.invitation import invite
from stoa.spaces.actions.roles import grant_role, role, take_role
from stoa.spaces.composition import role_page, roles_list
from stoa.spaces.models import Grant, Role, Space
from stoa.spaces.shipped import LADDER, ROLES
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
SITE = [each.key for each in ROLES if each.scope_kind == "site" and each.key != "member"]


def client_of(actor: Actor) -> Client:
    return signed_in(Person.objects.get(id=actor.person_id))


def holds_more(above: str, below: str) -> bool:
    return bool(set(role(above).rights) - set(role(below).rights))


def is_safe_from(above: Grant, below: Actor, space: Space | None) -> bool:
    """Whether this actor can neither take this role nor put a lesser one in its place."""
    lesser = role("space.guest") if space else None
    with pytest.raises(NotAllowed):
        take_role(above, by=below)
    if space and lesser:
        with pytest.raises(NotAllowed):
            grant_role(above.person, lesser, space, by=below)
    return Grant.objects.filter(id=above.id, role=above.role).exists()


@pytest.mark.parametrize("visibility", ["members", "private"])
@pytest.mark.parametrize(("above", "below"), list(product(LADDER, LADDER)))
def test_in_a_space_those_below_cannot_strip_those_above(above: str, below: str, visibility: str) -> None:
    if not holds_more(above, below):
        return
    space = make_space("Den", visibility)
    for name in ("First", "Second"):  # so that nothing is refused for being the last
        give(make_person(name), above, space)
    grant = Grant.objects.within(space.scope).select_related("role", "person").latest("id")
    assert is_safe_from(grant, make_insider(space, below), space)


@pytest.mark.parametrize(("above", "below"), list(product(SITE, SITE)))
def test_over_the_site_those_below_cannot_strip_those_above(above: str, below: str) -> None:
    if not holds_more(above, below):
        return
    for name in ("First", "Second"):
        give(make_person(name), above)
    grant = Grant.objects.select_related("role", "person").latest("id")
    assert is_safe_from(grant, make_staff(below), None)


def test_a_composed_role_does_what_it_was_composed_for_and_no_more() -> None:
    owner = make_staff("owner")
    made = make_role("Doorkeeper", "space", ["spaces.decide_applications"], by=owner)
    assert made.rights == ["spaces.decide_applications", "spaces.read"]
    space, bo = make_space("Den", "private", joining="apply"), make_person("Bo")
    grant_role(bo, made, space, by=make_insider(space, "space.steward"))
    actor = actor_of(bo)
    assert actor.holds("spaces.decide_applications", space.scope)
    assert not actor.holds("spaces.take_part", space.scope)
    rename_role(made, "Porter", by=owner)
    edit_role(made, [*made.rights, "spaces.take_part"], by=owner)
    assert Grant.objects.get(person=bo).role.name == "Porter"
    assert actor_of(bo).holds("spaces.take_part", space.scope)


def test_nobody_composes_what_they_do_not_hold() -> None:
    composer = make_person("Composer")
    site = make_role("Composer", "site", ["spaces.edit_roles", "spaces.invite_to_site"], by=make_staff("owner"))
    give(composer, site.key)
    by = actor_of(composer)
    make_role("Host", "site", ["spaces.invite_to_site"], by=by)
    before = list(Role.objects.order_by("id").values_list("name", "rights"))
    with pytest.raises(NotAllowed):
        make_role("Breaker", "site", ["spaces.break_glass"], by=by)
    with pytest.raises(NotAllowed):
        edit_role(role("community_manager"), [], by=by)
    with pytest.raises(NotAllowed):
        edit_role(role("owner"), ["spaces.edit_roles"], by=make_staff("owner", "Second"))
    with pytest.raises(NotAllowed):
        make_role("Mine", "site", [], by=make_staff("community_manager"))
    assert list(Role.objects.order_by("id").values_list("name", "rights")) == before


def test_a_role_is_named_once_and_shipped_names_stay() -> None:
    owner = make_staff("owner")
    make_role("Host", "space", [], by=owner)
    for name in (" host ", "Steward", "  "):
        with pytest.raises(Invalid):
            make_role(name, "space", [], by=owner)
    make_role("Host", "site", [], by=owner)
    with pytest.raises(NotAllowed):
        rename_role(role("space.steward"), "King", by=owner)
    with pytest.raises(NotAllowed):
        remove_role(role("space.moderator"), role("space.guest"), by=owner)
    assert role("space.steward").name == "Steward"


def test_rights_that_mean_nothing_in_a_space_stay_out_of_its_roles() -> None:
    with pytest.raises(Invalid):
        make_role("Host", "space", ["spaces.break_glass"], by=make_staff("owner"))
    with pytest.raises(Invalid):
        make_role("Seer", "site", ["spaces.read"], by=make_staff("owner"))


def test_removing_a_role_that_is_held_asks_where_its_holders_go() -> None:
    owner = make_staff("owner")
    made = make_role("Host", "space", ["spaces.invite", "spaces.take_part"], by=owner)
    space = make_space()
    give(make_person("Bo"), made.key, space)
    for into in (None, role("space.steward")):
        with pytest.raises(NotPossible):
            remove_role(made, into, by=owner)
    assert Grant.objects.within(space.scope).get().role == made
    link = invite(space, by=owner, role=made)
    remove_role(made, role("space.guest"), by=owner)
    assert Grant.objects.within(space.scope).get().role.key == "space.guest"
    link.refresh_from_db()
    assert link.role.key == "space.guest"
    names = list(FactRow.objects.order_by("id").values_list("name", flat=True))[-3:]
    assert names == ["spaces.role_taken", "spaces.role_granted", "spaces.role_removed"]
    assert not Role.objects.filter(name="Host").exists()


def test_over_the_site_a_removed_role_leaves_nothing_in_its_place() -> None:
    owner = make_staff("owner")
    made = make_role("Host", "site", ["spaces.invite_to_site"], by=owner)
    bo = make_person("Bo")
    give(bo, made.key)
    assert actor_of(bo).is_staff
    remove_role(made, None, by=owner)
    assert not actor_of(bo).is_staff


def test_a_role_is_composed_at_the_desk() -> None:
    client = client_of(make_staff("owner"))
    address = client.post("/desk/rights/", {"name": "Host", "scope_kind": "space"}).headers["Location"]
    assert "Invite people into a space" in client.get(address).content.decode()
    client.post(address, {"name": "Greeter", "right": ["spaces.read", "spaces.invite"]})
    made = Role.objects.get(is_shipped=False)
    assert "Greeter" in client.get("/desk/rights/").content.decode()
    assert (made.name, made.rights) == ("Greeter", ["spaces.invite", "spaces.read"])
    wrong = client.post(address, {"name": "Steward", "right": ["spaces.read"]})
    page = LexborHTMLParser(wrong.content)
    assert (wrong.status_code, page.css_first("#name").attributes["value"]) == (422, "Steward")
    assert client.post(address, {"_method": "DELETE", "into": ""}).status_code == 409
    assert client.post(address, {"_method": "DELETE", "into": "space.guest"}).status_code == 303
    assert not Role.objects.filter(is_shipped=False).exists()


def test_who_holds_a_role_in_a_closed_space_is_not_counted_for_those_outside() -> None:
    owner = make_staff("owner")
    made = make_role("Host", "space", ["spaces.read"], by=owner)
    give(make_person("Bo"), made.key, make_space("Vault", "secret"))
    shown = {each.id: count for each, count in roles_list(owner)["space_roles"]}
    assert (shown[made.id], role_page(made, owner)["holders"]) == (0, 0)


def test_a_manager_reads_what_each_role_may_do_and_changes_none() -> None:
    client = client_of(make_staff("community_manager"))
    address = f"/desk/rights/{role('space.moderator').shown_id}/"
    page = LexborHTMLParser(client.get(address).content)
    assert page.css("input[name=right]:not([disabled])") == []
    assert client.post(address, {"right": []}).status_code == 403
    assert client.post("/desk/rights/", {"name": "Host", "scope_kind": "space"}).status_code == 403
    assert "spaces.invite" in role("space.moderator").rights


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "100 % here", "Keeper %(key)s"])
def test_what_a_role_is_called_is_text_on_every_page(name: str) -> None:
    owner, space = make_staff("owner"), make_space()
    made = make_role(name, "space", {"talk.pin"}, by=owner)
    warden = make_role(name + "!", "site", {"people.see_desk"}, by=owner)
    holder = make_person("Holder")
    grant_role(holder, made, space, by=owner)
    grant_role(make_person("Warden"), warden, by=owner)
    invite(space, by=owner, role=made)
    client = signed_in(Person.objects.get(id=owner.own_id))
    below = f"/spaces/{space.shown_id}/"
    pages = [f"{below}members/", f"{below}manage/", f"{below}invitations/", "/desk/rights/", "/desk/roles/"]
    shown = [client.get(page).content.decode() for page in (*pages, f"/desk/rights/{made.shown_id}/")]
    shown.append(signed_in(holder).get(space.address).content.decode())
    assert ["<img src=x" in page for page in shown] == [False] * len(shown)
    assert [escape(name) in page for page in shown] == [True] * len(shown)
