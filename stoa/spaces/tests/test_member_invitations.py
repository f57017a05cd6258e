"""Members' own links: who may make them, to where, how many, and what becomes of them when their maker may not any more."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.options import set_option
from stoa.people.actions.joining import sign_up
from stoa.people.actions.standing import suspend_person
from stoa.people.models import Account, Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.tests.test_pages import signed_in
from stoa.spaces.actions.invitation import invite, revoke_invitation, stands, use_invitation, vouches_for
from stoa.spaces.actions.member_invitation import invite_as_member, left_this_week
from stoa.spaces.actions.roles import grant_role, role
from stoa.spaces.models import Grant, Invitation, Role, Space
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def known(name: str = "Ada", level: int = 2, space: Space | None = None) -> Actor:
    """A member who is at home here."""
    person = make_person(name, level=level)
    if space:
        give(person, "space.member", space)
    return actor_of(person)


def test_members_at_home_here_make_a_few_short_links() -> None:
    made = invite_as_member(None, by=known())
    assert (made.uses, made.role, made.space, made.email, made.made_as) == (3, None, None, "", "member")
    assert made.ends_at - made.made_at == timedelta(days=7)
    with pytest.raises(NotAllowed):
        invite_as_member(None, by=known("New", level=1))
    assert Invitation.objects.count() == 1


def test_the_desk_says_from_which_level_on_members_invite() -> None:
    ada, owner = known(), make_staff("owner")
    made = invite_as_member(None, by=ada)
    set_option("spaces.members_invite_from_level", 3, by=owner)
    assert not stands(made)
    with pytest.raises(NotAllowed):
        invite_as_member(None, by=ada)
    assert invite_as_member(None, by=known("Bo", level=3)).uses == 3


def test_a_week_has_room_for_three_whether_or_not_one_was_taken_back() -> None:
    ada = known()
    first = invite_as_member(None, by=ada)
    revoke_invitation(first, by=ada)
    for _number in range(2):
        invite_as_member(None, by=ada)
    assert left_this_week(ada) == 0
    with pytest.raises(NotPossible, match="You can make 3 invitations in a week"):
        invite_as_member(None, by=ada)
    assert Invitation.objects.count() == 3
    with clock.moved(by=timedelta(days=7, minutes=1)):
        assert left_this_week(ada) == 3


@pytest.mark.parametrize(
    "fields", [{"visibility": "private"}, {"visibility": "secret"}, {"joining": "apply"}, {"joining": "invite"},
               {"state": "archived"}, {"state": "readonly"}],
)  # fmt: skip
def test_a_link_leads_only_to_where_everybody_may_come_in_by_themselves(fields: dict[str, str]) -> None:
    space = make_space("Den", **fields)
    with pytest.raises(NotAllowed):
        invite_as_member(space, by=known(space=space))
    assert not Invitation.objects.exists()


def test_a_link_leads_only_to_where_its_maker_is() -> None:
    space = make_space()
    with pytest.raises(NotAllowed):
        invite_as_member(space, by=known())
    made = invite_as_member(space, by=known("Bo", space=space))
    cem = make_person("Cem")
    use_invitation(made, cem, by=actor_of(cem))
    assert Grant.objects.get(person=cem).role.key == "space.member"


def test_a_link_gives_no_more_than_its_maker_holds() -> None:
    space = make_space()
    made = invite_as_member(space, by=known(space=space))
    kept = Role.objects.get(key="space.member")
    assert stands(made)
    Grant.objects.filter(person_id=made.by_id).update(role=Role.objects.get(key="space.guest"))
    Role.objects.filter(id=kept.id).update(rights=[*kept.rights, "spaces.manage"])
    assert not stands(Invitation.objects.get(id=made.id))


def test_a_link_lets_nobody_in_once_its_maker_has_lost_the_level_or_was_suspended() -> None:
    ada, bo = known(), make_person("Bo")
    made, also = invite_as_member(None, by=ada), invite_as_member(None, by=known("Cem"))
    Person.objects.filter(id=ada.own_id).update(level=1)
    suspend_person(Person.objects.get(id=also.by_id), None, by=make_staff("owner"))
    for each in (made, also):
        assert not vouches_for(each.code, "n@example.org")
        newcomer = sign_up(Account.objects.create(email=f"n{each.id}@example.org"), name="Noor", invitation=each.code)
        Person.objects.filter(id=newcomer.id).update(standing="member")
        newcomer.refresh_from_db()
        with pytest.raises(NotPossible):
            use_invitation(each, newcomer, by=actor_of(newcomer))
        assert signed_in(bo).get(f"/invitations/{each.code}/").status_code == 404
    assert not Invitation.objects.exclude(used=0).exists()


def test_what_was_made_by_the_teams_right_does_not_live_on_by_a_members() -> None:
    space = make_space()
    moderator = make_insider(space, "space.moderator")
    made = invite(space, by=moderator, uses=500)
    person = Person.objects.get(id=moderator.own_id)
    Person.objects.filter(id=person.id).update(level=2)
    grant_role(person, role("space.member"), space, by=make_insider(space, "space.steward"))
    assert not stands(made)
    assert stands(invite_as_member(space, by=actor_of(person)))


def test_a_members_link_never_names_an_address() -> None:
    made = invite_as_member(None, by=known())
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(id=made.id).update(email="bo@example.org")


def test_ones_page_shows_ones_links_who_came_and_takes_them_back() -> None:
    space = make_space("Open bench")
    ada = known(space=space)
    client = signed_in(Person.objects.get(id=ada.own_id))
    page = client.get("/invitations/").content.decode()
    assert "You can make 3 more this week." in page
    assert client.post("/invitations/", {"place": space.shown_id}).status_code == 303
    made = Invitation.objects.get()
    cem = make_person("Cem")
    use_invitation(made, cem, by=actor_of(cem))
    page = client.get("/invitations/").content.decode()
    assert f"/invitations/{made.code}/" in page
    assert "Open bench" in page
    assert "Cem" in page
    other = signed_in(make_person("Other", level=2))
    assert other.post(f"/invitations/{made.shown_id}/revocation/").status_code == 404
    assert client.post(f"/invitations/{made.shown_id}/revocation/").status_code == 303
    made.refresh_from_db()
    assert made.revoked_at is not None


def test_ones_page_names_no_space_that_one_does_not_see_any_more() -> None:
    space = make_space("Hidden bench")
    ada = known(space=space)
    invite_as_member(space, by=ada)
    Grant.objects.filter(person_id=ada.own_id).delete()
    Space.objects.filter(id=space.id).update(visibility="secret", joining="invite")
    page = signed_in(Person.objects.get(id=ada.own_id)).get("/invitations/").content.decode()
    assert "Hidden bench" not in page
    assert "a space that you do not see any more" in page


def test_who_may_not_invite_is_told_so_and_a_place_that_is_not_theirs_is_refused() -> None:
    new, space = make_person("New"), make_space()
    client = signed_in(new)
    page = client.get("/invitations/").content.decode()
    assert "You cannot invite people yet, or not any more." in page
    assert client.post("/invitations/", {"place": "community"}).status_code == 403
    assert signed_in(make_person("Ada", level=2)).post("/invitations/", {"place": space.shown_id}).status_code == 422
    assert not Invitation.objects.exists()


def test_those_who_look_after_a_place_see_who_came_through_whom() -> None:
    space = make_space("Open bench")
    steward, manager = make_insider(space, "space.steward"), make_staff("community_manager")
    ada, cem = known("Ada Alba", space=space), make_person("Cem Can")
    use_invitation(invite_as_member(space, by=ada), cem, by=actor_of(cem))
    invite_as_member(None, by=ada)
    of_space = signed_in(Person.objects.get(id=steward.own_id)).get(f"/spaces/{space.shown_id}/invitations/")
    assert "Ada Alba" in of_space.content.decode()
    assert "Cem Can" in of_space.content.decode()
    client = signed_in(Person.objects.get(id=manager.own_id))
    assert "Ada Alba" in client.get("/desk/invitations/").content.decode()
    assert "Came by an invitation of" in client.get(cem.address).content.decode()
    assert "Came by an invitation of" not in signed_in(make_person("Bo")).get(cem.address).content.decode()
