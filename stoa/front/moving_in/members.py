"""Reads a list of members: a CSV file with a line of headers. People know what their columns are called; which of ours each is, is
guessed from its header and can be said."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from stoa.front.moving_in.archive import Refused
from stoa.front.moving_in.van import Van, VanPerson, VanPlace

LARGEST = 50_000_000  # bytes
LONGEST_FIELD = 100_000  # characters
MOST_ROWS = 500_000
FIELDS = {
    "name": "name full_name fullname display_name member member_name",
    "first_name": "first_name firstname given_name forename",
    "last_name": "last_name lastname surname family_name",
    "email": "email e_mail mail email_address e_mail_address address",
    "interests": "interests interest topics tags skills",
    "spaces": "spaces space groups group channels channel rooms",
    "bio": "bio about description headline introduction",
    "zone": "zone timezone time_zone",
    "language": "language locale",
    "joined": "joined joined_at created_at member_since join_date joined_date",
}
BY_HEADER = {header: field for field, headers in FIELDS.items() for header in headers.split()}
_email = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


def columns_of(headers: list[str], said: Mapping[str, str]) -> dict[str, str]:
    """Field by header: as it was said, else as the header is called. Raises `Refused`."""
    unknown = set(said.values()) - set(FIELDS)
    if unknown:
        raise Refused(f"There is no field {sorted(unknown)[0]}; the fields are {', '.join(FIELDS)}.")
    missing = set(said) - set(headers)
    if missing:
        raise Refused(f"There is no column {sorted(missing)[0]}; the columns are {', '.join(headers)}.")
    found = {header: said.get(header) or BY_HEADER.get(_plain(header), "") for header in headers}
    if "email" not in found.values():
        raise Refused(
            f"No column is an e-mail address: by it people claim their account. The columns are {', '.join(headers)}."
        )
    return {header: field for header, field in found.items() if field}


def load(brought: Path, van: Van, said: Mapping[str, str] | None = None) -> None:
    """Fills the van. Raises `Refused` for what is no table of members."""
    rows = _rows(brought)
    headers = next(rows, [])
    columns = columns_of(headers, said or {})
    for header in headers:
        if header not in columns and header.strip():
            van.leave("columns", header)
    van.say("system", "members")
    van.say("name", brought.stem)
    van.say("key", "members")
    van.say("columns", columns)
    seen: set[str] = set()
    for number, row in enumerate(rows, 2):
        fields = dict(zip(headers, row, strict=False))
        _member({field: fields.get(header, "").strip() for header, field in columns.items()}, number, seen, van)
    van.put_in_order()


def addresses(path: str) -> Iterator[tuple[str, str]]:
    """A list of members has no addresses."""
    yield from ()


def _rows(brought: Path) -> Iterator[list[str]]:
    if not brought.is_file():
        raise Refused(f"There is no file {brought}.")
    if brought.stat().st_size > LARGEST:
        raise Refused("This file is larger than a list of members can be.")
    try:
        text = brought.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = brought.read_bytes()[: trouble.start].count(b"\n") + 1
        raise Refused(f"Line {line} is not UTF-8. Save the file once more as CSV in UTF-8.") from trouble
    csv.field_size_limit(LONGEST_FIELD)
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)):
            if number > MOST_ROWS:
                raise Refused("This list has more lines than we take at once. Bring it in parts.")
            if any(field.strip() for field in row):
                yield row
    except csv.Error as trouble:
        raise Refused(f"This is not a CSV file that we can read: {trouble}.") from trouble


def _member(said: dict[str, str], number: int, seen: set[str], van: Van) -> None:
    email = said.get("email", "")
    if not _email.fullmatch(email) or len(email) > 254:
        van.leave("no_email", f"line {number}: {email or said.get('name', '')}")
        return
    if email.casefold() in seen:
        van.leave("twice", f"line {number}: {email}")
        return
    seen.add(email.casefold())
    both = f"{said.get('first_name', '')} {said.get('last_name', '')}".strip()
    name = said.get("name") or both or email.split("@")[0]
    van.add_person(
        VanPerson(
            email.casefold(), name, email, _moment(said.get("joined", "")), "here", said.get("bio", ""), said.get("zone", ""),
            said.get("language", ""), interests=_words(said.get("interests", "")),
        )
    )  # fmt: skip
    for space in _words(said.get("spaces", "")):
        van.add_place(VanPlace(space.casefold(), space, most_open="public"))
        van.add_belonging(space.casefold(), email.casefold())


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word.strip()[:80] for word in re.split(r"[,;|\n]", text) if word.strip()))[:20]


def _moment(text: str) -> float:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return 0.0
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def _plain(header: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", header.strip().casefold()).strip("_")
