"""Of which addresses a card may be made. Asking for a page can use up what its address is good for (a link to reset a password) and
tells its server that somebody here has the address: whatever looks like a secret is left alone. A link too many stays plain; that is all.
"""

import re
from ipaddress import ip_address
from itertools import pairwise
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings

from stoa.base.http import web_address
from stoa.base.models.page_elsewhere import LONGEST_ADDRESS

PORTS = {None, 80, 443}
SECRET_NAMES = re.compile(
    r"(?:^|[^a-z])(?:key|auth|code|hash|hmac|jwt|nonce|otp|pass|passwd|password|pin|pwd|secret|session|sessionid|sid|sig|ticket|token)"
    r"(?:$|[^a-z])|token|secret|signature|apikey|credential|password|session|oauth|invit|ticket"
)
ACTING = re.compile(
    r"(?:^|/)(?:[a-z]+[-_])?(?:activate|activation|confirm|confirmation|invite|invitation|join|login|logout|magic|oauth|optout|password|"
    r"recover|reset|signin|signup|unsubscribe|verify|verification)(?:[-_][a-z]+)?(?:$|[/.])"
)
UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
LONG_HEX = re.compile(r"[0-9a-f]{24,}", re.IGNORECASE)
LONG = 16  # characters of a word from which on it may be drawn by lot
WILD = 4  # one change of small, large and digit in so many characters: nobody writes so


def may_be_asked(address: str) -> bool:
    """Whether the worker may ask for this page, as far as its address tells."""
    if not web_address(address, LONGEST_ADDRESS) or not address.isascii():
        return False
    try:
        parts = urlsplit(address)
        host, port = host_of(address), parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None or port not in PORTS or not _is_of_the_web(host):
        return False
    words = [unquote(each) for each in parts.path.split("/")]
    return not (
        ACTING.search(unquote(parts.path).lower())
        or any(SECRET_NAMES.search(name.lower()) for name, _value in parse_qsl(parts.query, keep_blank_values=True))
        or any(looks_drawn(each) for each in words + [value for _name, value in parse_qsl(parts.query)])
    )


def host_of(address: str) -> str:
    """Its host, in small letters, as it is kept and barred."""
    return (urlsplit(address).hostname or "").rstrip(".").lower()


def without_fragment(address: str) -> str:
    return address.partition("#")[0]


def domains_of(host: str) -> list[str]:
    """The host and all above it: "a.b.example" is below "b.example"."""
    parts = host.split(".")
    return [".".join(parts[number:]) for number in range(len(parts))]


def looks_drawn(word: str) -> bool:
    """Whether a part of an address looks drawn by lot, as those are that let in whoever has them."""
    if len(word) < LONG:
        return False
    if UUID.search(word) or LONG_HEX.search(word):
        return True
    kinds = ["d" if each.isdigit() else "u" if each.isupper() else "l" for each in word if each.isalnum()]
    changes = sum(one != other for one, other in pairwise(kinds))
    return "d" in kinds and {"u", "l"} <= {*kinds} and changes * WILD >= len(kinds)


def _is_of_the_web(host: str) -> bool:
    """A name with a dot, of nobody here, and no number."""
    if "." not in host or host == host_of(settings.STOA_URL) or host.endswith((".local", ".internal", ".localhost")):
        return False
    try:
        ip_address(host)
    except ValueError:
        return not host.replace(".", "").isdigit()
    return False
