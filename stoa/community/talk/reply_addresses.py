"""Addresses by which one person answers one topic by mail: `reply+TOKEN@domain`.

The token holds the key's name, the person, the topic, the day on which it ends, and the first 80 bits of an HMAC over them: 46 characters
of the ids' own alphabet, which mail servers may write in either case. Nobody can make one for somebody else, and one that is passed on
is of no use: the letter must come from the address of the person whom it names.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.encoding import force_bytes

from stoa.base import clock, ids
from stoa.community.talk.options import REPLY_DOMAIN

BEFORE = "reply+"
LASTS = timedelta(days=90)
DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.)*[a-z0-9-]{1,63}")
KEY, ID, DAY, PROOF = 1, ids.LENGTH, 3, 16


@dataclass(frozen=True)
class Answering:
    """Who answers what."""

    person_id: int
    topic_id: int


def reply_address(person_id: int, topic_id: int) -> str:
    """Where this person answers this topic by mail; empty where no domain is set."""
    domain = REPLY_DOMAIN.get().strip().lower()
    if not DOMAIN.fullmatch(domain):
        return ""
    name, key = next(_keys())
    last = (clock.now() + LASTS - ids.EPOCH).days
    said = f"{name}{ids.shown(person_id)}{ids.shown(topic_id)}{_shown(last, DAY)}"
    return f"{BEFORE}{said}{_proof(said, key)}@{domain}"


def is_ours(address: str) -> bool:
    """Whether the address is one at which answers are taken, whatever its token is worth."""
    local, _at, domain = address.strip().lower().rpartition("@")
    own = REPLY_DOMAIN.get().strip().lower()
    return bool(own) and domain == own and local.startswith(BEFORE)


def read_address(address: str) -> Answering | None:
    """Whom and what it names; None for what we did not sign and for what has ended."""
    token = address.strip().lower().rpartition("@")[0].removeprefix(BEFORE)
    if not is_ours(address) or len(token) != KEY + ID + ID + DAY + PROOF or set(token) - set(ids.ALPHABET):
        return None
    said, proof = token[:-PROOF], token[-PROOF:]
    keys = [key for name, key in _keys() if name == token[:KEY] and hmac.compare_digest(_proof(said, key), proof)]
    person, topic = ids.read(said[KEY : KEY + ID]), ids.read(said[KEY + ID : KEY + ID + ID])
    if not keys or person is None or topic is None or _number(said[-DAY:]) < (clock.now() - ids.EPOCH).days:
        return None
    return Answering(person, topic)


def _keys() -> Iterator[tuple[str, bytes]]:
    """The key that signs now, then those of former secrets: each with its name."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = hmac.new(force_bytes(secret), b"talk.reply_address", hashlib.sha256).digest()
        yield ids.ALPHABET[hashlib.sha256(key).digest()[0] & 31], key


def _proof(said: str, key: bytes) -> str:
    number = int.from_bytes(hmac.new(key, said.encode(), hashlib.sha256).digest()[:10], "big")
    return _shown(number, PROOF)


def _shown(number: int, length: int) -> str:
    return "".join(ids.ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _number(text: str) -> int:
    number = 0
    for character in text:
        number = number << 5 | ids.ALPHABET.index(character)
    return number
