"""Where one browser takes messages, as it told us: an address of its push service and the two keys that seal for it alone."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.translation import gettext as _

from stoa.base.errors import Invalid
from stoa.base.push.base64url import decoded

LONGEST = 1000
POINT, AUTH = 65, 16  # bytes: an uncompressed point of P-256, and the secret


@dataclass(frozen=True)
class Endpoint:
    address: str
    p256dh: str
    auth: str


def checked(address: str, p256dh: str, auth: str) -> Endpoint:
    """What came from a browser, if it can be one. Whether the address is of the public internet is asked whenever it is connected to."""
    wrong = Invalid(_("Your browser did not say where it takes notices."), _("Press the button again."))
    try:
        url, point, secret = urlsplit(address), decoded(p256dh), decoded(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        port = url.port
    except ValueError:
        raise wrong from None
    plain = len(address) <= LONGEST and address.isascii() and address.isprintable() and " " not in address
    if url.scheme != "https" or not url.hostname or url.username or port not in (None, 443) or not plain:
        raise wrong
    if len(point) != POINT or len(secret) != AUTH:
        raise wrong
    return Endpoint(address, p256dh, auth)
