"""Taking over a person who was known elsewhere, and saying that one is somebody else. No two accounts are ever merged: who is taken over
has none, and who takes over has done nothing here yet."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.people.claims import EMAIL, as_declined, awaited
from stoa.people.facts import ClaimDeclined, PersonClaimed
from stoa.people.models import DoorPass, Identity, IdentityEvent, Person, SignUp

STEP = "claim"


def take_over(person: Person, *, by: Actor) -> Person:
    """The account of somebody at the door becomes that of the person who waits for them; gives that person. The row that signing up had
    made stays empty."""
    with transaction.atomic():
        old = _waiting(person, by)
        account, sign_up_language = person.account, person.language
        Person.objects.filter(id=person.id).update(account=None)
        if not Person.objects.filter(id=old.id, account=None, standing="pending").update(
            account=account, language=sign_up_language
        ):
            raise NotPossible(_("This person was taken over already."))
        SignUp.objects.filter(person=person).update(person=old)
        person.door_passes.all().delete()
        DoorPass.objects.get_or_create(person=old, step=STEP)
        Person(id=person.id, standing="erased", joined_at=clock.now(), account=None).save(force_update=True)
        for identity in _identities(old):
            IdentityEvent.objects.create(identity=identity, person=old, kind="linked", proof="confirmed", by_id=old.id)
        announce(PersonClaimed(old.id, person.id), by=Actor(person_id=old.id))
    person.refresh_from_db()
    old.refresh_from_db()
    return old


def decline_claim(person: Person, *, by: Actor) -> None:
    """They are somebody else: nobody is asked about that person by this address again. The address itself is not kept."""
    with transaction.atomic():
        old = _waiting(person, by)
        for identity in _identities(old):
            IdentityEvent.objects.create(
                identity=identity, person=old, kind="unlinked", proof="declined", by_id=person.id
            )
            Identity.objects.filter(id=identity.id).update(
                person=None, remote_id=as_declined(identity.remote_id), handle="", name=""
            )
        announce(ClaimDeclined(old.id), by=by)


def _waiting(person: Person, by: Actor) -> Person:
    """Who waits for them, as the rows stand now."""
    if by.person_id != person.id:
        raise NotAllowed(_("Only you can say who you are."))
    person.refresh_from_db()
    old = awaited(person)
    if old is None:
        raise NotAllowed(_("Nobody is known here by your address."), _("Go on as somebody new."))
    return old


def _identities(old: Person) -> list[Identity]:
    return list(Identity.objects.filter(person=old, network=EMAIL))
