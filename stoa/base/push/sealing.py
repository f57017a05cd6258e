"""Sealing a message for one browser: RFC 8291 over RFC 8188's `aes128gcm`, in one record."""

import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stoa.base.push.base64url import decoded
from stoa.base.push.endpoint import Endpoint
from stoa.base.push.keys import point_of

RECORD = 4096  # bytes: what every push service takes
LONGEST = RECORD - 103  # of the content: less head (86), tag (16) and the mark of the last record


def sealed(
    content: bytes, to: Endpoint, *, salt: bytes | None = None, key: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """The whole body. A key and a salt of its own for each message; both are given by tests alone."""
    if len(content) > LONGEST:
        raise ValueError("too long to be pushed")
    salt = salt or os.urandom(16)
    key = key or ec.generate_private_key(ec.SECP256R1())
    theirs, own = decoded(to.p256dh), point_of(key)
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    start = _derived(decoded(to.auth), shared, b"WebPush: info\0" + theirs + own, 32)
    secret = _derived(salt, start, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, start, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(own)]) + own
    return head + AESGCM(secret).encrypt(nonce, content + b"\2", None)


def _derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
