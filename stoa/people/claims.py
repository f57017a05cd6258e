"""Whom somebody may take over: a person who was known elsewhere by the very address that they have proven to be theirs."""

from allauth.account.models import EmailAddress

from stoa.people import vouching
from stoa.people.models import Person, SignUp

EMAIL = "email"  # the network of identities that are addresses


def proven_address(person: Person) -> str:
    """Their address, folded, once a letter to it was opened in the browser that joined, or an invitation made out to it was used; else
    empty. An invitation that anybody may hold opens the door, and proves nothing about an address; nor does a letter that was opened
    elsewhere: somebody else may have joined with this address, and its owner only pressed what came."""
    account = person.account
    if account is None:
        return ""
    if not EmailAddress.objects.filter(user=account, email__iexact=account.email, verified=True).exists():
        return ""
    sign_up = SignUp.objects.filter(person=person).first()
    is_invited = bool(sign_up and sign_up.is_vouched and vouching.names(sign_up.invitation, account.email))
    return account.email.casefold() if sign_up is None or sign_up.was_opened_here or is_invited else ""


def awaited(person: Person) -> Person | None:
    """Who waits to be taken over by this one, who stands at the door: without an account, known by their proven address."""
    address = proven_address(person) if person.standing == "pending" else ""
    if not address:
        return None
    waiting = Person.objects.filter(account=None, standing="pending", identities__network=EMAIL)
    return waiting.filter(identities__remote_id=address).first()


def known_by(address: str) -> Person | None:
    """The person who has an account and has proven that this address is theirs."""
    account_ids = EmailAddress.objects.filter(email__iexact=address, verified=True).values("user_id")
    for person in Person.objects.filter(account__in=account_ids).exclude(standing="erased").select_related("account"):
        if proven_address(person) == address.casefold():
            return person
    return None
