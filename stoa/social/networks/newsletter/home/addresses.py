"""E-mail addresses of strangers: what is one, and how one is known again after it was forgotten."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac

PURPOSE = "newsletter addresses"
LONGEST, TYPED = 254, 320  # what is longer is not looked at: writing a domain as mail servers do takes long
ANY = re.compile(r"""[^\s<>()\[\]:;,"']+@[^\s<>()\[\]:;,"']+""")


def normal(typed: str) -> str:
    """The address as it is kept: small letters, the domain as mail servers write it. Empty when no mail could reach it."""
    if len(typed) > TYPED:
        return ""
    name, at, domain = typed.strip().rpartition("@")
    try:
        address = f"{name}{at}{domain.encode('idna').decode('ascii')}".lower()
        validate_email(address)
    except (ValidationError, UnicodeError):
        return ""
    return address if len(address) <= LONGEST and address.isascii() else ""


def digest_of(address: str) -> str:
    """What is kept of an address that is forgotten: enough to know it again here, and to tell it to nobody."""
    return _digest(address, settings.SECRET_KEY)


def digests_of(address: str) -> list[str]:
    """The same by every secret that this installation still accepts."""
    return [_digest(address, str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def veiled(address: str) -> str:
    """As it stands on a page that whoever holds a letter can open: "a…@example.org"."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}" if domain else ""


def without_addresses(said: str, address: str) -> str:
    """What a mail server said, without the address of which it speaks, or any other."""
    return ANY.sub("…", re.sub(re.escape(address), "…", said, flags=re.IGNORECASE) if address else said)


def _digest(address: str, secret: str) -> str:
    return salted_hmac(PURPOSE, address, secret=secret, algorithm="sha256").hexdigest()
