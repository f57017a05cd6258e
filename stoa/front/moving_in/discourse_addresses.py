"""How Discourse names things in addresses: topics and posts by number, files by their digest, which it shortens in texts."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_post = re.compile(r"^t/(?:[^/]+/)?(\d+)(?:/(\d+))?/?$")
_category = re.compile(r"^c/(?:[^/]+/)*?(\d+)(?:/.*)?$")


def addresses(path: str) -> Iterator[tuple[str, str]]:
    """What an address of the old community may have meant, as kinds and old keys."""
    if found := _post.match(path):
        if found[2] and found[2] != "1":
            yield "message", f"{found[1]}/{found[2]}"
        yield "topic", found[1]
    elif found := re.match(r"^p/(\d+)", path):
        yield "message", f"p{found[1]}"
    elif found := _category.match(path):
        yield "place", found[1]
    elif found := re.match(r"^u/([^/]+)", path):
        yield "person", f"@{found[1].casefold()}"
    elif path.startswith("uploads/"):
        yield "upload", upload_key(path)


def upload_key(url: str) -> str:
    """The digest by which Discourse names a file, from any of its addresses."""
    name = PurePosixPath(url.split("?")[0]).name.split(".")[0]
    digest = name.split("_")[0]
    if re.fullmatch(r"[0-9a-f]{40}", digest):
        return digest
    return short_key(digest)


def short_key(short: str) -> str:
    """The digest behind `upload://…`, which is written in base 62."""
    number = 0
    for character in short:
        if character not in DIGITS:
            return ""
        number = number * 62 + DIGITS.index(character)
    return f"{number:040x}" if number < 1 << 160 else ""
