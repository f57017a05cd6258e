"""The rows of a Discourse backup: the COPY blocks of its dump, or a file of JSON lines (or one JSON list) for each table."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from stoa.front.moving_in.archive import PIECE, Refused

LONGEST_ROW = 20_000_000  # bytes
_copy = re.compile(rb'^COPY (?:"?\w+"?\.)?"?(\w+)"? \(([^)]*)\) FROM stdin;')
_escape = re.compile(r"\\(b|f|n|r|t|v|[0-7]{1,3}|x[0-9A-Fa-f]{1,2}|.)", re.DOTALL)
_plain = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
Row = Mapping[str, Any]


def of_dump(stream: IO[bytes], wanted: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Row]]:
    """(table, row) of the tables that are wanted, with the columns that are wanted, in the dump's order: what PostgreSQL's `COPY … TO`
    writes as text. A column that this dump does not have is absent."""
    lines = _lines(stream)
    for line in lines:
        if not line.startswith(b"COPY "):
            continue
        begun = _copy.match(line)
        if begun is None:
            raise Refused(f"A table of this dump begins in a way that we do not know: {line[:80]!r}.")
        table = begun[1].decode()
        columns = [name.strip().strip('"') for name in begun[2].decode("utf-8", "replace").split(",")]
        places = [(columns.index(name), name) for name in wanted.get(table, ()) if name in columns]
        for row in lines:
            if row == b"\\.":
                break
            if places:
                fields = row.split(b"\t")
                if len(fields) != len(columns):
                    raise Refused(f"A row of the table {table} has {len(fields)} fields in place of {len(columns)}.")
                yield table, {name: value_of(fields[place]) for place, name in places}
        else:
            raise Refused(f"This dump ends within the table {table}: the backup is not whole.")


def of_json(stream: IO[bytes], table: str, wanted: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Row]]:
    """The same of one table's file: one object a line, or one list of objects."""
    names = wanted.get(table, ())
    for line in _lines(stream):
        text = line.decode("utf-8", "replace").strip().rstrip(",")
        if text in ("", "[", "]"):
            continue
        try:
            told = json.loads(text)
        except (ValueError, RecursionError) as trouble:
            raise Refused(f"A line of {table} is no JSON: {text[:60]!r}.") from trouble
        for row in told if isinstance(told, list) else [told]:
            if isinstance(row, dict):
                yield table, {name: _as_text(row[name]) for name in names if name in row}


def value_of(field: bytes) -> str | None:
    r"""A field of COPY's text format: `\N` is nothing, a backslash escapes."""
    if field == b"\\N":
        return None
    text = field.decode("utf-8", "replace")
    return _escape.sub(_escaped, text) if "\\" in text else text


def _escaped(match: "re.Match[str]") -> str:
    said = match[1]
    if said in _plain:
        return _plain[said]
    if said[0] == "x":
        return chr(int(said[1:], 16))
    return chr(int(said, 8) & 255) if said[0] in "01234567" else said


def _as_text(value: Any) -> str | None:
    """JSON's values as COPY writes them."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "t" if value else "f"
    return json.dumps(value) if isinstance(value, dict | list) else str(value)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines without their ends. One that never ends is refused, before it fills the memory."""
    rest = b""
    while piece := stream.read(PIECE):
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
        if len(rest) > LONGEST_ROW:
            raise Refused("A row of this dump is longer than any that Discourse writes.")
    if rest:
        yield rest
