"""Whom somebody may take over: a person who was known elsewhere by the very address that they have proven to be theirs."""

import hashlib
import hmac

from allauth.account.models import EmailAddress
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from stoa.base import crypto
from stoa.people import vouching
from stoa.people.models import Account, Identity, Person, SignUp

EMAIL = "email"  # the network of identities that are addresses
SALT, LASTS = "people.claim", 365 * 24 * 3600
PROVEN = (SignUp.Proof.NAMED, SignUp.Proof.OWN)


def proof_by(code: str, address: str) -> SignUp.Proof:
    """What the invitation that somebody joins with says about their address: nothing, so that a letter asks; that it need not be asked for
    now; or that it is theirs."""
    if not vouching.vouches_for(code, address):
        return SignUp.Proof.LETTER
    is_named = vouching.names(vouching.fingerprint(code), address)
    return SignUp.Proof.NAMED if is_named else SignUp.Proof.HELD


def proven_address(person: Person) -> str:
    """Their address, folded, once who reads its mail is known to be who joined; else empty. An invitation that anybody may hold opens the
    door, and proves nothing about an address; nor does a letter that was opened elsewhere: somebody else may have joined with this
    address, and its owner only pressed what came."""
    account = person.account
    if account is None or not _is_verified(account):
        return ""
    sign_up = SignUp.objects.filter(person=person).first()
    is_proven = sign_up is None or (sign_up.proof in PROVEN and sign_up.is_about(account.email))
    return account.email.casefold() if is_proven else ""


def _is_verified(account: Account) -> bool:
    found: bool = EmailAddress.objects.filter(user=account, email__iexact=account.email, verified=True).exists()
    return found


def awaited(person: Person) -> Person | None:
    """Who waits to be taken over by this one, who stands at the door: without an account, known by their proven address."""
    address = proven_address(person) if person.standing == "pending" else ""
    identity = waiting_by(address) if address else None
    return identity.person if identity else None


def waiting_by(address: str) -> Identity | None:
    """The address, as an identity with its person, by which somebody is known who has not come yet."""
    return _waiting().filter(remote_id=address.casefold()).first()


def may_be_known(person: Person) -> bool:
    """Whether somebody at the door may yet prove to be known: the same for everybody whose mail was read elsewhere, so that nobody who only
    claims an address learns whether it is known."""
    account = person.account
    if account is None or person.standing != "pending" or not _is_verified(account) or proven_address(person):
        return False
    return _waiting().exists()


def _waiting() -> "QuerySet[Identity]":
    found = Identity.objects.filter(network=EMAIL, person__account=None, person__standing="pending")
    return found.select_related("person")


def claim_link(identity: Identity) -> str:
    """The path of the page that a letter to this address leads to. Whoever has it reads that mail."""
    return reverse("people:claim", kwargs={"token": signing.dumps(identity.id, salt=SALT)})


def behind(token: str) -> Identity | None:
    """The address whose letter held this link, while somebody waits by it; None for what we did not sign, or a year ago."""
    try:
        number = int(signing.loads(token, salt=SALT, max_age=LASTS))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return _waiting().filter(id=number).first()


def as_declined(address: str) -> str:
    """By what an address is known again whose holder said that they are somebody else: made with a key that is neither in the database nor
    in its backup, it tells nobody what the address was."""
    key = crypto.derived("people.declined").encode()
    return "declined " + hmac.new(key, address.casefold().encode(), hashlib.sha256).hexdigest()[:40]


def known_by(address: str) -> Person | None:
    """The person who has an account and has proven that this address is theirs."""
    account_ids = EmailAddress.objects.filter(email__iexact=address, verified=True).values("user_id")
    for person in Person.objects.filter(account__in=account_ids).exclude(standing="erased").select_related("account"):
        if proven_address(person) == address.casefold():
            return person
    return None
