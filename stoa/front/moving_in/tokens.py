"""What a text that moves in names: a person, an old address, a picture. Their ids here are not known while the archive is read, so each
stands in the text as a token, between two signs that no text of anybody's holds."""

import re
from collections.abc import Callable

OPEN, BETWEEN, CLOSE = "\uf8f0", "\uf8f1", "\uf8f2"
_signs = re.compile(f"[{OPEN}{BETWEEN}{CLOSE}]")
_token = re.compile(f"{OPEN}([a-z]+){BETWEEN}([^{OPEN}{BETWEEN}{CLOSE}]*){BETWEEN}([^{OPEN}{BETWEEN}{CLOSE}]*){CLOSE}")

PERSON, LINK, PICTURE = "person", "link", "picture"


def cleaned(text: str) -> str:
    """A text without our signs, so that nobody's words can pass for a token."""
    return _signs.sub("", text)


def token(kind: str, key: str, words: str = "") -> str:
    """`kind` is one of those above; `words` are shown when nothing is found under the key."""
    return f"{OPEN}{kind}{BETWEEN}{cleaned(key)}{BETWEEN}{cleaned(words)}{CLOSE}"


def person(key: str, name: str) -> str:
    return token(PERSON, key, name)


def link(kind: str, old: str) -> str:
    """Where an old thing stands now: the target of a link. `kind` and `old` are those of the van."""
    return token(LINK, f"{kind}/{old}")


def picture(upload: str, words: str) -> str:
    return token(PICTURE, upload, " ".join(words.split())[:300])


def named(text: str, kind: str) -> list[str]:
    """The keys of one kind that stand in a text."""
    return [match[2] for match in _token.finditer(text) if match[1] == kind]


def resolved(text: str, resolve: Callable[[str, str, str], str]) -> str:
    """The text with each token replaced by what `resolve(kind, key, words)` gives."""
    return _token.sub(lambda match: resolve(match[1], match[2], match[3]), text)
