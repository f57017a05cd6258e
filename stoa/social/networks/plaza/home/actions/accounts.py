"""Opening an account, renewing its token, and letting a stranger in."""

from __future__ import annotations

import re
import secrets
import unicodedata

from django.db import transaction

from stoa.base import clock
from stoa.social.networks.plaza.home.errors import Problem, not_valid
from stoa.social.networks.plaza.home.models import Account
from stoa.social.networks.plaza.home.models.account import HANDLE, hash_of
from stoa.social.networks.plaza.home.policy import is_practice_key

PASSER_BY = "A passer-by"


def open_account(handle: str, name: str, *, key: str) -> tuple[Account, str]:
    """Makes or reopens an account; returns it with a fresh token, which is shown this once."""
    if not is_practice_key(key):
        raise Problem(403, "WrongKey", "This is not Plaza's practice key.", "Copy the key from the Plaza page.")
    handle = handle.strip().removeprefix("@").lower()
    if not HANDLE.fullmatch(handle):
        raise not_valid("This handle is not possible.", "Use small letters, digits, - and _ between them, at most 40.")
    kind = Account.Kind.QUIET if handle.endswith("-quiet") else Account.Kind.TOLD
    with transaction.atomic():
        account, _ = Account.objects.get_or_create(
            handle=handle, defaults={"name": name.strip()[:80] or handle, "kind": kind, "at": clock.now()}
        )
        if account.kind == Account.Kind.STRANGER:
            raise Problem(409, "Taken", "A stranger has this handle.", "Choose another handle.")
        return account, renew_token(account)


def say_of_itself(account: Account, bio: str, link: str) -> None:
    """What the account says of itself, and where it leads."""
    if link and not link.startswith(("https://", "http://")):
        raise not_valid("The link is not a web address.", "Begin it with https://.")
    if len(bio) > 300 or len(link) > 500:
        raise not_valid("That is too long.", "Use at most 300 characters, and 500 for the link.")
    account.bio, account.link = bio.strip(), link.strip()
    account.save(update_fields=["bio", "link"])


def renew_token(account: Account) -> str:
    """A new token; the old one is over."""
    token = secrets.token_urlsafe(32)
    account.token_hash = hash_of(token)
    account.save(update_fields=["token_hash"])
    return token


def let_in(name: str) -> Account:
    """The stranger of that name, who may have been here before."""
    name = " ".join(name.split())[:60] or PASSER_BY
    account, _ = Account.objects.get_or_create(
        handle=_handle_of(name), defaults={"name": name, "kind": Account.Kind.STRANGER, "at": clock.now()}
    )
    return account


def _handle_of(name: str) -> str:
    """Never a channel's handle: a stranger's begins with `x-`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:34].strip("-")
    return f"x-{words or secrets.token_hex(4)}"
