"""Plain text as HTML, for networks that take nothing else: everything is escaped, addresses become links, nothing else is markup."""

from __future__ import annotations

import html
import re

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\[\]{}|\\^]+", re.IGNORECASE)
_BETWEEN = re.compile(r"\n[^\S\n]*\n\s*")
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_AT_THE_END = ".,;:!?)…"


def paragraphs(text: str) -> tuple[str, ...]:
    """The inside of each paragraph. Blank lines part paragraphs, other line ends are breaks."""
    plain = _NO_CHARACTER.sub("", text.replace("\r\n", "\n")).strip()
    return tuple("<br>".join(linked(line) for line in part.split("\n")) for part in _BETWEEN.split(plain) if part)


def linked(line: str) -> str:
    """One line, escaped, with its addresses as links. What a sentence puts after an address stays outside of it."""
    done, found = 0, []
    for match in _ADDRESS.finditer(line):
        address = _without_the_end(match.group())
        found += [escaped(line[done : match.start()]), f'<a href="{escaped(address)}">{escaped(address)}</a>']
        done = match.start() + len(address)
    return "".join([*found, escaped(line[done:])])


def escaped(text: str) -> str:
    return html.escape(text, quote=True)


def _without_the_end(address: str) -> str:
    """A bracket that was opened inside belongs to the address."""
    while address[-1] in _AT_THE_END and not (address[-1] == ")" and address.count("(") >= address.count(")")):
        address = address[:-1]
    return address
