"""Invitations: for whom they are good, for how many, for how long, and who knows their codes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.work.drain import drain
from stoa.people.actions.joining import pass_step, sign_up
from stoa.people.actions.leaving import erase_person
from stoa.people.actions.standing import suspend_person
from stoa.people.door import next_step
from stoa.people.models import Account, Person, SignUp
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.tests.test_pages import signed_in
from stoa.spaces.actions.entry import leave_space
from stoa.spaces.actions.invitation import invite, revoke_invitation, use_invitation, vouches_for
from stoa.spaces.actions.roles import grant_role, role, take_role
from stoa.spaces.check import check
from stoa.spaces.models import Grant, Invitation, InvitationUse, Role, Space
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def person_of(actor: Actor) -> Person:
    return Person.objects.get(id=actor.person_id)


def is_refused(invitation: Invitation, person: Person) -> bool:
    """Whether it lets this person in nowhere and counts nothing."""
    before = (Invitation.objects.get(id=invitation.id).used, Grant.objects.count())
    with pytest.raises(NotPossible) as told:
        use_invitation(invitation, person, by=actor_of(person))
    assert told.value.reason == "This invitation does not open anything for you any more."
    assert before == (Invitation.objects.get(id=invitation.id).used, Grant.objects.count())
    return True


def test_a_link_for_one_address_lets_in_whoever_has_it_and_nobody_else() -> None:
    space = make_space("Den", "private")
    ada, bo = make_person("Ada"), make_person("Bo")
    invitation = invite(space, by=make_insider(space, "space.steward"), email=bo.account.email.upper())
    assert is_refused(invitation, ada)
    use_invitation(invitation, bo, by=actor_of(bo))
    assert Grant.objects.get(person=bo).role.key == "space.member"


def suspend(moderator: Actor, space: Space) -> None:
    suspend_person(person_of(moderator), None, by=make_staff("owner"))


def demote(moderator: Actor, space: Space) -> None:
    grant_role(person_of(moderator), role("space.member"), space, by=make_insider(space, "space.steward"))


def narrow(moderator: Actor, space: Space) -> None:
    kept = role("space.moderator")
    Role.objects.filter(id=kept.id).update(rights=[each for each in kept.rights if each != "spaces.invite"])


def leave_all(moderator: Actor, space: Space) -> None:
    erase_person(person_of(moderator), by=moderator)


@pytest.mark.parametrize(
    "how", [suspend, demote, narrow, leave_all, lambda moderator, space: leave_space(space, by=moderator)]
)
def test_a_link_does_not_outlive_its_makers_right_to_invite(how: Callable[[Actor, Space], None]) -> None:
    space = make_space("Den", "private")
    moderator, ada = make_insider(space, "space.moderator"), make_person("Ada")
    invitation = invite(space, by=moderator, uses=5)
    how(moderator, space)
    assert is_refused(invitation, ada)
    assert signed_in(ada).get(f"/invitations/{invitation.code}/").status_code == 404


def test_a_link_gives_no_more_than_its_maker_holds_when_it_is_used() -> None:
    space = make_space("Den", "private")
    steward, ada = make_insider(space, "space.steward"), make_person("Ada")
    other = make_insider(space, "space.steward", "Other")
    invitation = invite(space, by=steward, role=role("space.moderator"))
    grant_role(person_of(steward), role("space.moderator"), space, by=other)
    use_invitation(invitation, ada, by=actor_of(ada))
    assert Grant.objects.get(person=ada).role.key == "space.moderator"
    above = invite(space, by=other, role=role("space.steward"))
    grant_role(person_of(steward), role("space.steward"), space, by=other)
    grant_role(person_of(other), role("space.moderator"), space, by=actor_of(person_of(steward)))
    assert is_refused(above, make_person("Bo"))


def test_somebody_who_is_in_already_takes_nobodys_place() -> None:
    space = make_space("Den", "private")
    invitation = invite(space, by=make_insider(space, "space.steward"), uses=1)
    ada = make_insider(space, "space.guest", "Ada")
    use_invitation(invitation, person_of(ada), by=ada)
    invitation.refresh_from_db()
    assert (invitation.used, Grant.objects.get(person_id=ada.person_id).role.key) == (0, "space.guest")


def test_a_link_into_the_community_counts_those_who_signed_up_with_it() -> None:
    invitation = invite(None, by=make_staff("community_manager"), uses=2)
    member = make_person("Member")
    use_invitation(invitation, member, by=actor_of(member))
    newcomer = sign_up(Account.objects.create(email="n@example.org"), name="Noor", invitation=invitation.code)
    while step := next_step(newcomer, actor_of(newcomer)):
        pass_step(newcomer, step.key, by=actor_of(newcomer))
    drain()
    invitation.refresh_from_db()
    assert (invitation.used, InvitationUse.objects.get().person) == (1, newcomer)


def test_an_invitation_into_one_space_opens_no_other() -> None:
    den, cellar = make_space("Den", "private"), make_space("Cellar", "secret")
    both = make_person("Both")
    for space in (den, cellar):
        give(both, "space.steward", space)
    ada = make_person("Ada")
    invite(den, by=actor_of(both), person=ada)
    assert signed_in(ada).post(f"/spaces/{cellar.shown_id}/acceptance/").status_code == 404
    assert signed_in(ada).post(f"/spaces/{den.shown_id}/acceptance/").headers["Location"] == den.address
    made = invite(den, by=actor_of(both))
    other = f"/spaces/{cellar.shown_id}/invitations/{made.shown_id}/revocation/"
    assert signed_in(both).post(other).status_code == 404
    assert Invitation.objects.filter(revoked_at=None).count() == 2
    assert set(Grant.objects.filter(person=ada).values_list("scope_id", flat=True)) == {den.id}


def test_whatever_is_wrong_with_a_link_the_answer_is_the_same() -> None:
    space = make_space("Den", "private")
    steward, ada = make_insider(space, "space.steward"), make_person("Ada")
    revoked, over, for_another = (invite(space, by=steward) for _ in range(3))
    revoke_invitation(revoked, by=steward)
    Invitation.objects.filter(id=over.id).update(ends_at=clock.now())
    Invitation.objects.filter(id=for_another.id).update(email="another@example.org")
    used = invite(space, by=steward)
    Invitation.objects.filter(id=used.id).update(used=1)
    client = signed_in(ada)
    codes = [each.code for each in (revoked, over, for_another, used)]
    told = {told_by(client, f"/invitations/{code}/") for code in [*codes, "no-such-code"]}
    assert len(told) == 1
    assert all(is_refused(each, ada) for each in (revoked, over, for_another, used))


def told_by(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 404
    return LexborHTMLParser(answer.content).css_first("main").text()


def test_an_archived_space_is_opened_by_no_link() -> None:
    space = make_space("Den", "private")
    invitation = invite(space, by=make_insider(space, "space.steward"))
    Space.objects.update(state="archived")
    assert is_refused(Invitation.objects.get(id=invitation.id), make_person("Ada"))


def test_codes_are_kept_readable_nowhere() -> None:
    invitation = invite(make_space("Den"), by=make_staff("owner"))
    code = invitation.code
    newcomer = sign_up(Account.objects.create(email="n@example.org"), name="Noor", invitation=code)
    assert len(code) == 24
    with connection.cursor() as cursor:
        for table in (Invitation._meta.db_table, SignUp._meta.db_table):
            cursor.execute(f"SELECT * FROM {table}")
            assert code not in str(cursor.fetchall())
    assert SignUp.objects.get(person=newcomer).invitation == invitation.fingerprint


def test_whoever_may_invite_sees_their_own_links_alone_and_takes_back_all() -> None:
    space = make_space("Den", "private")
    steward, moderator = make_insider(space, "space.steward"), make_insider(space, "space.moderator")
    own, others = invite(space, by=steward), invite(space, by=moderator)
    client, address = signed_in(person_of(steward)), f"/spaces/{space.shown_id}/invitations/"
    page = client.get(address).content.decode()
    assert (own.code in page, others.code in page) == (True, False)
    assert "Only whoever made it sees the link." in page
    assert client.post(f"{address}{others.shown_id}/revocation/").status_code == 303
    assert list(Invitation.objects.open()) == [own]


def test_the_list_says_who_came_what_is_left_and_what_rests() -> None:
    space = make_space("Den", "private")
    steward, moderator = make_insider(space, "space.steward"), make_insider(space, "space.moderator")
    invitation, resting = invite(space, by=steward, uses=3), invite(space, by=moderator)
    ada, bo = make_person("Ada"), make_person("Bo")
    for person in (ada, bo):
        use_invitation(invitation, person, by=actor_of(person))
    erase_person(bo, by=actor_of(bo))
    take_role(Grant.objects.get(person_id=moderator.person_id), by=steward)
    page = LexborHTMLParser(signed_in(person_of(steward)).get(f"/spaces/{space.shown_id}/invitations/").content)
    said = page.css_first(f"#invitation-{invitation.shown_id}").text()
    assert " ".join(said.split("Came by it:")[1].split()[:5]) == "Ada, somebody who left Copy"
    assert "2 of 3 used" in said
    assert "lets nobody in" in page.css_first(f"#invitation-{resting.shown_id}").text()
    assert list(check()) == []


def test_a_role_above_ones_own_is_not_offered_and_not_taken() -> None:
    space = make_space("Den", "private")
    moderator = make_insider(space, "space.moderator")
    client, address = signed_in(person_of(moderator)), f"/spaces/{space.shown_id}/invitations/"
    offered = LexborHTMLParser(client.get(address).content).css("select[name=role] option")
    assert [each.attributes["value"] for each in offered] == ["space.guest", "space.member", "space.moderator"]
    form = {"uses": "1", "days": "7", "email": "", "role": "space.steward"}
    assert client.post(address, form).status_code == 422
    with pytest.raises(NotAllowed):
        invite(space, by=moderator, role=role("space.steward"))
    assert not Invitation.objects.exists()


def test_an_address_is_vouched_for_no_longer_than_the_inviter_may_invite() -> None:
    manager = make_staff("community_manager")
    link = invite(None, by=manager, lasts=timedelta(days=3))
    assert vouches_for(link.code, "eve@example.org")
    take_role(Grant.objects.get(person_id=manager.person_id), by=make_staff("owner"))
    assert not vouches_for(link.code, "eve@example.org")


def test_an_address_that_nobody_proved_opens_nothing_that_is_made_out_to_it(settings: Any) -> None:
    """Without a mail server, whoever holds a link for everybody may join with any address."""
    settings.STOA_MAIL_URL = ""
    space = make_space("Den", "secret")
    steward = make_insider(space, "space.steward")
    named = invite(space, by=steward, email="bo@example.org")
    link = invite(None, by=make_staff("community_manager"), uses=2)
    form = {"name": "Eve", "email": "bo@example.org", "password1": "correct horse battery"}
    client = Client()
    client.post("/join/", form | {"invitation": link.code})
    eve = Person.objects.get(name="Eve")
    Person.objects.filter(id=eve.id).update(standing="member")
    assert SignUp.objects.get().proof == "held"
    assert is_refused(named, eve)
    assert not Space.objects.visible_to(actor_of(eve)).filter(id=space.id).exists()
    assert client.get(f"/invitations/{named.code}/").status_code == 404
    assert client.post(f"/spaces/{space.shown_id}/acceptance/").status_code == 404


def test_an_address_is_proven_by_no_invitation_whose_maker_holds_its_code_but_that_one_lets_in(settings: Any) -> None:
    """Whoever looks after one space could else join as anybody, and take over whom that address was known as."""
    settings.STOA_MAIL_URL = ""
    space = make_space("Den", "private")
    named = invite(space, by=make_insider(space, "space.steward"), email="bo@example.org")
    form = {"name": "Bo", "email": "bo@example.org", "password1": "correct horse battery", "invitation": named.code}
    Client().post("/join/", form)
    bo = Person.objects.get(name="Bo")
    Person.objects.filter(id=bo.id).update(standing="member")
    assert (SignUp.objects.get().proof, actor_of(bo).proven) == ("held", "")
    use_invitation(named, bo, by=actor_of(bo))
    assert Grant.objects.get(person=bo).role.key == "space.member"
