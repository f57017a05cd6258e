"""Proving that an address is one's own: by the link in a letter to it, opened where one is signed in with what one chose at joining."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import limits
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.mail import compose, write_letter
from stoa.base.shell import kept_site
from stoa.people.claims import claim_link, may_be_known, waiting_by
from stoa.people.facts import AddressProven
from stoa.people.models import Account, Device, Identity, Person, SignUp
from stoa.people.sessions import end_sessions

LETTERS, PER = 3, timedelta(days=1)


@dataclass(frozen=True)
class Entered:
    """How somebody is signed in right now: by this session, with these keys of theirs."""

    session: str
    keys: Collection[int]


def prove_address(identity: Identity, person: Person, entered: Entered, *, by: Actor) -> None:
    """Who reads the mail of this address is who is signed in with the account that joined with it. From now on the account is theirs alone:
    whatever else opened it, which somebody else may have made who joined with a foreign address, opens it no more."""
    if by.person_id != person.id:
        raise NotAllowed(_("Only you can say who you are."))
    with transaction.atomic():
        person.refresh_from_db(from_queryset=Person.objects.select_for_update(of=("self",)))
        account = person.account
        if account is None or person.standing != "pending" or account.email.casefold() != identity.remote_id:
            raise NotPossible(_("This link is not for the account that you are signed in with."))
        SignUp.objects.filter(person=person).update(address=account.email, proof=SignUp.Proof.OWN)
        _leave_nobody_else_in(account, person, entered)
        announce(AddressProven(person.id), by=by)


def _leave_nobody_else_in(account: Account, person: Person, entered: Entered) -> None:
    Authenticator.objects.filter(user=account).exclude(id__in=entered.keys).delete()
    EmailAddress.objects.filter(user=account).exclude(email__iexact=account.email).delete()
    Device.objects.filter(person=person).delete()
    end_sessions(account.id, but=entered.session)


def write_claim_letter(person: Person, *, by: Actor) -> None:
    """For somebody at the door whose letter was opened elsewhere: the link again, if somebody waits by their address. Whether a letter was
    written is not said."""
    if by.person_id != person.id:
        raise NotAllowed(_("Only you can say who you are."))
    if not may_be_known(person) or person.account is None:
        raise NotPossible(_("There is nothing to prove here."))
    limits.take(f"claim-letter {person.id}", per=PER, allowed=LETTERS)
    identity = waiting_by(person.account.email)
    if identity is None:
        return
    told = {"place": kept_site().name, "address": claim_link(identity)}
    said = compose("people/mail/claim.txt", told, language=person.language)
    write_letter("account", address=person.account.email, subject=said["subject"], text=said["text"])
