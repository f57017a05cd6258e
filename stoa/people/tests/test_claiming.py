"""Taking over a person who was known elsewhere: by whoever has proven the address, and by nobody else."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.http import QueryDict
from django.test import Client

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.models import FactRow
from stoa.people import claiming
from stoa.people.actions.bringing import Brought, bring_people
from stoa.people.actions.claiming import decline_claim, take_over
from stoa.people.actions.joining import note_opened_here, sign_up
from stoa.people.check import check
from stoa.people.claims import awaited, known_by
from stoa.people.models import Account, Identity, IdentityEvent, Person, SignUp
from stoa.people.tests.makers import actor_of, make_person

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2015, 5, 1, tzinfo=UTC)


def known(email: str = "ada@example.org", name: str = "Ada of the forum") -> Person:
    """Somebody who was known elsewhere."""
    person = Person.objects.create(name=name, joined_at=LONG_AGO)
    identity = Identity.objects.create(network="email", remote_id=email.casefold(), handle=email, person=person)
    IdentityEvent.objects.create(identity=identity, person=person, kind="linked", proof="brought")
    return person


def newcomer(email: str = "Ada@Example.org", verified: bool = True, elsewhere: bool = False, **how: object) -> Person:
    account = Account.objects.create(email=email)
    EmailAddress.objects.create(user=account, email=email, verified=verified, primary=True)
    person = sign_up(account, name="Ada", **how)  # type: ignore[arg-type]
    if verified and not how.get("proof") and not elsewhere:
        note_opened_here(account)
    return person


def at_the_door(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=person.account_id or 0))
    return client


def test_the_holder_of_the_address_becomes_the_person_who_was_known_by_it() -> None:
    old, new = known(), newcomer(via="k7m2")
    assert awaited(new) == old
    account = new.account
    taken = take_over(new, by=actor_of(new))
    assert (taken.id, taken.account, taken.name, taken.standing) == (old.id, account, "Ada of the forum", "pending")
    assert (new.standing, new.account_id, new.name) == ("erased", None, "")
    assert SignUp.objects.get().person_id == old.id
    assert [event.proof for event in IdentityEvent.objects.order_by("id")] == ["brought", "confirmed"]
    assert FactRow.objects.get(name="people.person_claimed").content == {"person": old.id, "was": new.id}
    assert list(check()) == []


def test_an_address_that_was_not_confirmed_claims_nobody() -> None:
    known()
    new = newcomer(verified=False)
    assert awaited(new) is None
    with pytest.raises(NotAllowed):
        take_over(new, by=actor_of(new))
    assert Person.objects.filter(account=None, standing="pending").count() == 1


def test_a_letter_that_was_opened_elsewhere_claims_nobody() -> None:
    known()
    new = newcomer(elsewhere=True)
    assert awaited(new) is None
    with pytest.raises(NotAllowed):
        take_over(new, by=actor_of(new))
    assert Person.objects.filter(account=None, standing="pending").count() == 1


def test_an_invitation_that_anybody_may_hold_proves_no_address() -> None:
    known()
    new = newcomer(invitation="for-all", proof=SignUp.Proof.HELD)
    assert awaited(new) is None
    with pytest.raises(NotAllowed):
        take_over(new, by=actor_of(new))


def test_nobody_takes_over_for_somebody_else() -> None:
    old, new = known(), newcomer()
    with pytest.raises(NotAllowed):
        take_over(new, by=actor_of(make_person("Eve")))
    old.refresh_from_db()
    assert old.account_id is None


def test_who_is_a_member_takes_over_nobody() -> None:
    old, new = known(), newcomer()
    Person.objects.filter(id=new.id).update(standing="member")
    with pytest.raises(NotAllowed):
        take_over(new, by=actor_of(new))
    old.refresh_from_db()
    assert old.account_id is None


def test_a_person_is_taken_over_once() -> None:
    known()
    first = newcomer()
    take_over(first, by=actor_of(first))
    EmailAddress.objects.all().delete()
    account = Account.objects.create(email="second@example.org")
    EmailAddress.objects.create(user=account, email="second@example.org", verified=True, primary=True)
    second = sign_up(account, name="Eve")
    Account.objects.filter(id=account.id).update(email="ada@example.net")
    assert awaited(second) is None


def test_who_says_no_is_not_asked_again() -> None:
    old, new = known(), newcomer()
    decline_claim(new, by=actor_of(new))
    assert awaited(new) is None
    old.refresh_from_db()
    assert (old.account_id, old.standing, old.identities.count()) == (None, "pending", 0)
    assert not Identity.objects.filter(remote_id__contains="example").exists()
    assert not Identity.objects.exclude(handle="").exists()
    brought = Brought("Ada of the forum", LONG_AGO, "ada@example.org")
    assert bring_people([brought])[0].identities.count() == 0
    assert awaited(new) is None
    assert list(check()) == []


def test_the_door_asks_first_whether_it_is_them_and_goes_on_as_them() -> None:
    old, new = known(), newcomer()
    client = at_the_door(new)
    page = client.get("/join/door/").content.decode()
    assert "Ada of the forum" in page
    assert "Is this you?" in page
    refused = client.post("/join/door/claim/", {})
    assert (refused.status_code, "Say whether this is you." in refused.content.decode()) == (422, True)
    client.post("/join/door/claim/", {"is_me": "yes"})
    assert "Welcome, Ada of the forum" in client.get("/join/door/").content.decode()
    old.refresh_from_db()
    assert old.account is not None
    assert not claiming.is_needed(old, actor_of(old))


def test_who_waits_is_no_member_and_has_no_page() -> None:
    old = known()
    reader = actor_of(make_person("Bo"))
    assert not Person.objects.visible_to(reader).filter(id=old.id).exists()
    assert not Person.objects.visible_to(Actor()).filter(id=old.id).exists()


def test_the_member_of_a_proven_address_is_found_by_it() -> None:
    member = newcomer("bo@example.org")
    vouched = newcomer("cem@example.org", invitation="for-all", proof=SignUp.Proof.HELD)
    assert known_by("BO@example.org") == member
    assert known_by("cem@example.org") is None
    assert vouched.account is not None


def test_the_step_takes_an_answer() -> None:
    known()
    new = newcomer()
    claiming.take(new, QueryDict("is_me=no"), by=actor_of(new))
    assert awaited(new) is None
