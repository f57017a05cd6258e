"""Who knows of a space, and who reads it: every standing against every visibility."""

import pytest

from stoa.base import clock
from stoa.base.actors import VISITOR, Actor
from stoa.base.live import who_may_hear
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.models import Grant, Role, Space
from stoa.spaces.policy import may_take_part
from stoa.spaces.tests.makers import give, make_insider, make_invitation, make_space, make_staff
from stoa.spaces.visibility import may_read

pytestmark = pytest.mark.django_db

ALL = ("public", "members", "private", "secret")
KNOWN = {
    "visitor": "public",
    "pending": "public",
    "member": "public members private",
    "suspended": "public members private",
    "ex-member": "public members private",
    "invited": "public members private secret",
    "space member": "public members private secret",
    "suspended space member": "public members private secret",
    "steward": "public members private secret",
    "site owner": "public members private",
    "site moderator": "public members private",
}
READ = {
    "visitor": "public",
    "pending": "public",
    "member": "public members",
    "suspended": "public members",
    "ex-member": "public members",
    "invited": "public members",
    "space member": "public members private secret",
    "suspended space member": "public members private secret",
    "steward": "public members private secret",
    "site owner": "public members",
    "site moderator": "public members",
}
WRITE = {
    "visitor": "",
    "pending": "",
    "member": "public members",
    "suspended": "",
    "ex-member": "public members",
    "invited": "public members",
    "space member": "public members private secret",
    "suspended space member": "",
    "steward": "public members private secret",
    "site owner": "public members",
    "site moderator": "public members",
}


@pytest.fixture
def spaces() -> list[Space]:
    return [make_space(visibility.title(), visibility) for visibility in ALL]


def somebody(who: str, spaces: list[Space]) -> Actor:
    if who == "visitor":
        return VISITOR
    if who.startswith("site "):
        return make_staff(who.removeprefix("site "))
    person = make_person(who, "pending" if who == "pending" else "member")
    if who in ("space member", "suspended space member", "steward", "ex-member", "pending"):
        for space in spaces:
            give(person, "space.steward" if who == "steward" else "space.member", space)
    if who == "ex-member":
        Grant.objects.filter(person=person).delete()
    if who == "invited":
        for space in spaces:
            host = make_insider(space, "space.steward", "Host")
            make_invitation(space.name, host.own_id, space=space, person=person)
    if who.startswith("suspended"):
        Person.objects.filter(id=person.id).update(standing="suspended")
    return actor_of(person)


@pytest.mark.parametrize("who", sorted(KNOWN))
def test_each_knows_reads_and_writes_exactly_their_spaces(who: str, spaces: list[Space]) -> None:
    actor = somebody(who, spaces)
    known = set(Space.objects.visible_to(actor).values_list("visibility", flat=True))
    read = set(Space.objects.readable_by(actor).values_list("visibility", flat=True))
    assert known == set(KNOWN[who].split())
    assert read == set(READ[who].split())
    assert {space.visibility for space in spaces if may_read(actor, space)} == read
    assert {space.visibility for space in spaces if may_take_part(actor, space)} == set(WRITE[who].split())


def test_a_guest_reads_and_does_not_write() -> None:
    space = make_space("Den", "private")
    guest = make_insider(space, "space.guest")
    assert may_read(guest, space)
    assert not may_take_part(guest, space)


def test_an_invitation_that_is_over_shows_the_secret_space_no_more() -> None:
    space = make_space("Cellar", "secret")
    person = make_person("Ivo")
    host = make_insider(space, "space.steward")
    invitation = make_invitation("c", host.own_id, space=space, person=person)
    assert Space.objects.visible_to(actor_of(person)).count() == 1
    invitation.revoked_at = clock.now()
    invitation.save()
    assert Space.objects.visible_to(actor_of(person)).count() == 0


@pytest.mark.parametrize("how", ["suspended", "left", "made a guest"])
def test_an_invitation_of_somebody_who_may_not_invite_any_more_shows_the_secret_space_no_more(how: str) -> None:
    space, person = make_space("Cellar", "secret"), make_person("Ivo")
    host = make_insider(space, "space.moderator")
    make_invitation("c", host.own_id, space=space, email=person.account.email)
    assert Space.objects.visible_to(actor_of(person)).count() == 1
    if how == "suspended":
        Person.objects.filter(id=host.own_id).update(standing="suspended")
    elif how == "left":
        Grant.objects.filter(person_id=host.own_id).delete()
    else:
        Grant.objects.filter(person_id=host.own_id).update(role=Role.objects.get(key="space.guest"))
    assert Space.objects.visible_to(actor_of(person)).count() == 0


def test_nobody_writes_in_a_space_that_is_read_only() -> None:
    space = make_space("Old", "public", state="readonly")
    assert may_read(make_actor(), space)
    assert not may_take_part(make_insider(space, "space.steward"), space)


def test_what_happens_in_a_space_is_heard_by_those_who_read_it_and_not_by_who_sees_its_card() -> None:
    space, member = make_space("Sewing", "private"), make_actor("Ada")
    insider = make_insider(space)
    assert Space.objects.visible_to(member).filter(id=space.id).exists()
    assert not who_may_hear(member, "spaces.space", space.id)
    assert who_may_hear(insider, "spaces.space", space.id)
    assert who_may_hear(VISITOR, "spaces.space", make_space("Shop", "public").id)


def test_that_somebody_was_given_a_role_is_theirs_alone_to_hear() -> None:
    member, other = make_actor("Ada"), make_actor("Ben")
    assert who_may_hear(member, "people.person", member.own_id)
    assert not who_may_hear(other, "people.person", member.own_id)
    assert not who_may_hear(make_staff("owner"), "people.person", member.own_id)
    assert not who_may_hear(VISITOR, "people.person", member.own_id)
