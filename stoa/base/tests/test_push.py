"""Web push: RFC 8291's own example, the key that names us, and endpoints that a browser cannot have given."""

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from stoa.base import clock
from stoa.base.errors import Invalid
from stoa.base.push import Endpoint, checked, public_key
from stoa.base.push.base64url import decoded, encoded
from stoa.base.push.keys import authorization, point_of
from stoa.base.push.sealing import LONGEST, RECORD, _derived, sealed

# RFC 8291, Appendix A
WORDS = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQ"
    "pu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def key_of(number: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(number), "big"), ec.SECP256R1())


@pytest.fixture(autouse=True)
def keys(settings: SimpleNamespace, tmp_path: Path) -> Path:
    settings.STOA_DATA = tmp_path
    return tmp_path / "keys" / "push.pem"


def test_the_example_of_the_standard_is_sealed_to_the_letter() -> None:
    to = Endpoint("https://push.example/1", BROWSER, AUTH)
    assert encoded(sealed(WORDS, to, salt=decoded(SALT), key=key_of(SENDER))) == BODY


def test_what_is_sealed_opens_with_the_browsers_key_and_each_time_with_another() -> None:
    own, auth = ec.generate_private_key(ec.SECP256R1()), b"0" * 16
    to = Endpoint("https://push.example/1", encoded(point_of(own)), encoded(auth))
    one, two = sealed(b"x" * LONGEST, to), sealed(b"x" * LONGEST, to)
    assert (len(one), one == two) == (RECORD, False)
    salt, theirs = one[:16], one[21:86]
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    start = _derived(auth, shared, b"WebPush: info\0" + point_of(own) + theirs, 32)
    secret = _derived(salt, start, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, start, b"Content-Encoding: nonce\0", 12)
    assert AESGCM(secret).decrypt(nonce, one[86:], None) == b"x" * LONGEST + b"\2"
    with pytest.raises(ValueError, match="too long"):
        sealed(b"x" * (LONGEST + 1), to)


def test_the_key_is_made_once_for_its_owner_alone_and_names_us_to_each_service(
    keys: Path, settings: SimpleNamespace
) -> None:
    settings.STOA_URL = "https://stoa.example"
    first = public_key()
    assert (public_key(), len(decoded(first)), keys.stat().st_mode & 0o777) == (first, 65, 0o600)
    assert [each.name for each in keys.parent.iterdir()] == ["push.pem"]
    with clock.pinned(datetime(2026, 3, 9, 8, tzinfo=UTC)):
        said = authorization("https://push.example/send/1?x=2")
    token, named = said.removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")
    assert named == first
    assert json.loads(decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(decoded(claims)) == {
        "aud": "https://push.example", "exp": int(datetime(2026, 3, 9, 20, tzinfo=UTC).timestamp()), "sub": "https://stoa.example",
    }  # fmt: skip
    raw = decoded(signature)
    both = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(first)).verify(
        both, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
    )
    assert isinstance(serialization.load_pem_private_key(keys.read_bytes(), None), ec.EllipticCurvePrivateKey)


@pytest.mark.parametrize(
    "address",
    [
        "", "http://push.example/1", "https://", "ftp://push.example/1", "https://user@push.example/1", "https://push.example:8443/1",
        "https://push.example/" + "x" * 1000, "https://push.example/a b", "https://push.example/\n", "//push.example/1", "https://[::1",
    ],
)  # fmt: skip
def test_an_address_that_no_browser_gives_is_refused(address: str) -> None:
    with pytest.raises(Invalid):
        checked(address, BROWSER, AUTH)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        (BROWSER[:-2], AUTH),
        ("A" * 87, AUTH),
        (BROWSER, ""),
        (BROWSER, AUTH + "AA"),
        ("%", AUTH),
        (BROWSER, "é"),
    ],
)
def test_keys_that_no_browser_gives_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(Invalid):
        checked("https://push.example/1", p256dh, auth)
    assert checked("https://push.example/1", BROWSER, AUTH).address == "https://push.example/1"
