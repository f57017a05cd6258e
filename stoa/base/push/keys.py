"""The key by which push services know us (VAPID, RFC 8292): one for the installation, in the data folder's keys/, made when first asked.
Browsers bind their subscriptions to it: with another key everybody presses the button again."""

import json
import os
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from stoa.base import clock
from stoa.base.push.base64url import encoded

LASTS = timedelta(hours=12)  # RFC 8292, 2: at most 24


def public_key() -> str:
    """What a page gives to the browser as `applicationServerKey`."""
    return encoded(point_of(_own()))


def authorization(address: str) -> str:
    """The header that says to this push service who we are, for some hours."""
    url = urlsplit(address)
    claims = {
        "aud": f"{url.scheme}://{url.netloc}",
        "exp": int((clock.now() + LASTS).timestamp()),
        "sub": settings.STOA_URL if settings.STOA_URL.startswith("https://") else "mailto:stoa@localhost.invalid",
    }
    said = ".".join(
        encoded(json.dumps(part, separators=(",", ":")).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims)
    )
    one, two = decode_dss_signature(_own().sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    signature = encoded(one.to_bytes(32, "big") + two.to_bytes(32, "big"))
    return f"vapid t={said}.{signature}, k={public_key()}"


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half as 65 bytes."""
    form = serialization.PublicFormat.UncompressedPoint
    return key.public_key().public_bytes(serialization.Encoding.X962, form)


def _own() -> ec.EllipticCurvePrivateKey:
    path = Path(settings.STOA_DATA) / "keys" / "push.pem"
    if not path.exists():
        _make(path)
    return _read(path, path.stat().st_mtime_ns)


def _make(path: Path) -> None:
    """Whoever is first makes it; whoever comes at the same moment takes what is there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    half = path.with_name(f".push-{os.getpid()}-{os.urandom(4).hex()}")
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("keys/push.pem holds another kind of key")
    return key
