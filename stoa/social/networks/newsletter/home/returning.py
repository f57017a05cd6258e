"""Where mails that cannot be delivered come back: an address for each mail, signed, at the domain that the desk names."""

from __future__ import annotations

import re

from django.utils.crypto import constant_time_compare, salted_hmac

from stoa.base import ids

SALT = "newsletter bounces"
BEGINS, SIGNED = "bounce+", 16  # hexadecimal digits of the signature
LOCAL = re.compile(r"bounce\+([0-9a-z]{13})([0-9a-f]{16})", re.IGNORECASE)


def return_address(mail_id: int, domain: str) -> str:
    """Empty where no domain is named: then nothing comes back to us."""
    return f"{BEGINS}{ids.shown(mail_id)}{_signature(mail_id)}@{domain.strip().lower()}" if domain.strip() else ""


def read_return(address: str, domain: str) -> int | None:
    """Which mail came back; None for an address that we did not write."""
    local, _, at = address.strip().strip("<>").rpartition("@")
    found = LOCAL.fullmatch(local)
    if not domain.strip() or at.lower() != domain.strip().lower() or found is None:
        return None
    try:
        mail_id = ids.parse(found[1].lower())
    except ValueError:
        return None
    return mail_id if constant_time_compare(_signature(mail_id), found[2].lower()) else None


def _signature(mail_id: int) -> str:
    return salted_hmac(SALT, str(mail_id), algorithm="sha256").hexdigest()[:SIGNED]
