"""The van: everything that moves in, in one neutral shape, in a SQLite file beside its pictures. A reader fills it as it reads, row by
row; afterwards it is put into order once, and given out piece by piece from any place on, so that a move that was interrupted goes on."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

OLDEST = datetime(1990, 1, 1, tzinfo=UTC).timestamp()
AT_ONCE = 2000
LONGEST_KEY = 200
TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE people (n INTEGER PRIMARY KEY, key TEXT UNIQUE, name TEXT, email TEXT, at REAL, state TEXT, bio TEXT, zone TEXT,
  language TEXT, level INTEGER, interests TEXT, portrait TEXT, called TEXT);
CREATE TABLE places (n INTEGER PRIMARY KEY, key TEXT UNIQUE, name TEXT, about TEXT, most_open TEXT, state TEXT);
CREATE TABLE belongings (n INTEGER PRIMARY KEY, place TEXT, person TEXT, is_steward INTEGER, UNIQUE (place, person));
CREATE TABLE topics (n INTEGER PRIMARY KEY, key TEXT UNIQUE, place TEXT, title TEXT, kind TEXT, closed REAL, pinned REAL, tags TEXT,
  accepted TEXT);
CREATE TABLE messages (n INTEGER PRIMARY KEY, key TEXT UNIQUE, topic TEXT, person TEXT, at REAL, edited REAL, place_in REAL, text TEXT,
  also TEXT);
CREATE TABLE line (n INTEGER PRIMARY KEY, message INTEGER);
CREATE TABLE signs (n INTEGER PRIMARY KEY, message TEXT, person TEXT, sign TEXT, at REAL);
CREATE TABLE uploads (n INTEGER PRIMARY KEY, key TEXT UNIQUE, file TEXT, name TEXT, size INTEGER);
CREATE TABLE noted (what TEXT, is_left INTEGER, count INTEGER, example TEXT, PRIMARY KEY (what));
"""
ORDER = """
INSERT INTO line (message) SELECT messages.n FROM messages JOIN topics ON topics.key = messages.topic
  JOIN places ON places.key = topics.place ORDER BY topics.n, messages.place_in, messages.at, messages.n
"""
# Signs may name a message by its other key.
SIGNED = """
UPDATE signs SET message = (SELECT key FROM messages WHERE messages.also = signs.message)
  WHERE message IN (SELECT also FROM messages WHERE also != '')
"""


@dataclass(frozen=True)
class VanPerson:
    """Somebody as they were known there. `state`: "here", "away" (suspended or switched off: nobody may take them over), "program" or
    "gone". `called`: the name by which texts call them."""

    key: str
    name: str
    email: str = ""
    at: float = 0.0
    state: str = "here"
    bio: str = ""
    zone: str = ""
    language: str = ""
    level: int = 0
    interests: Sequence[str] = ()
    portrait: str = ""
    called: str = ""


@dataclass(frozen=True)
class VanPlace:
    """A channel or a category. `most_open`: the visibility that it had; it becomes no more open. `state` is a space's."""

    key: str
    name: str
    about: str = ""
    most_open: str = "private"
    state: str = "active"


@dataclass(frozen=True)
class VanTopic:
    """`closed` and `pinned` (until) are instants or 0; `accepted` the key of the message that answered it."""

    key: str
    place: str
    title: str
    kind: str = "discussion"
    closed: float = 0.0
    pinned: float = 0.0
    tags: Sequence[str] = ()
    accepted: str = ""


@dataclass(frozen=True)
class VanMessage:
    """The first of a topic is the topic's own text. `place_in`: what orders it within the topic. `also`: another old key of it."""

    key: str
    topic: str
    person: str
    at: float
    text: str
    edited: float = 0.0
    place_in: float = 0.0
    also: str = ""
    n: int = 0


@dataclass(frozen=True)
class VanSign:
    message: str
    person: str
    sign: str
    at: float
    n: int = 0


@dataclass(frozen=True)
class Noted:
    """Something that was left out, or kept in another form: how often, and the first one."""

    what: str
    is_left: bool
    count: int
    example: str


@dataclass
class Van:
    """One van. Every reading method may be asked from several processes; filling is for one."""

    folder: Path
    _rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    _noted: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "van.sqlite3"
        is_new = not path.exists()
        self.base = sqlite3.connect(path, check_same_thread=False)
        self.base.row_factory = sqlite3.Row
        if is_new:
            self.base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + TABLES)

    def close(self) -> None:
        self.base.close()

    # Filling

    def say(self, name: str, value: object) -> None:
        """Something about the whole: what the old community is called, where it stood, until when this goes."""
        self._put("about", (name, json.dumps(value)), "REPLACE")

    def add_person(self, person: VanPerson) -> None:
        self._put("people", (
            None, person.key, person.name, person.email.strip(), instant(person.at), person.state, person.bio, person.zone,
            person.language, person.level, json.dumps(list(person.interests)), person.portrait, person.called or person.name,
        ))  # fmt: skip

    def add_place(self, place: VanPlace) -> None:
        self._put("places", (None, place.key, place.name, place.about, place.most_open, place.state))

    def add_belonging(self, place: str, person: str, is_steward: bool = False) -> None:
        self._put("belongings", (None, place, person, int(is_steward)))

    def add_topic(self, topic: VanTopic) -> None:
        self._put("topics", (
            None, topic.key[:LONGEST_KEY], topic.place, topic.title, topic.kind, topic.closed, topic.pinned,
            json.dumps(list(topic.tags)), topic.accepted,
        ))  # fmt: skip

    def add_message(self, message: VanMessage) -> None:
        self._put("messages", (
            None, message.key, message.topic[:LONGEST_KEY], message.person, instant(message.at),
            instant(message.edited) if message.edited else 0.0, message.place_in, message.text, message.also,
        ))  # fmt: skip

    def add_sign(self, sign: VanSign) -> None:
        self._put("signs", (None, sign.message, sign.person, sign.sign, instant(sign.at)))

    def add_upload(self, key: str, file: str, name: str, size: int) -> None:
        self._put("uploads", (None, key, file, name, size))

    def leave(self, what: str, example: str = "", count: int = 1) -> None:
        """Notes that something does not come along."""
        self._note(what, True, example, count)

    def note(self, what: str, example: str = "", count: int = 1) -> None:
        """Notes that something comes along in another form."""
        self._note(what, False, example, count)

    def flush(self) -> None:
        """Writes what was added so far."""
        for table, rows in self._rows.items():
            how, _, name = table.partition(" ")
            self.base.executemany(f"INSERT OR {how} INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608
        self.base.executemany(
            "INSERT INTO noted VALUES (?, ?, ?, ?) ON CONFLICT (what) DO UPDATE SET count = count + excluded.count",
            [tuple(row) for row in self._noted.values()],
        )
        self.base.commit()
        self._rows.clear()
        self._noted.clear()

    def rewrite(self, write: Any) -> None:
        """Replaces each message's text by what `write(text, key)` makes of it: once everything that texts can name is known."""
        self.flush()
        last = 0
        while found := self.base.execute(
            "SELECT n, key, text FROM messages WHERE n > ? ORDER BY n LIMIT ?", (last, AT_ONCE)
        ).fetchall():
            rows = [(write(row["text"], row["key"]), row["n"]) for row in found]
            self.base.executemany("UPDATE messages SET text = ? WHERE n = ?", rows)
            last = found[-1]["n"]
        self.flush()

    def put_in_order(self) -> None:
        """Lays all messages in one line: topic after topic, each in its own order."""
        self.flush()
        self.base.execute(
            "DELETE FROM messages WHERE topic NOT IN (SELECT key FROM topics)"
        )  # direct messages, and what was deleted
        self.base.execute("DELETE FROM line")
        self.base.execute(ORDER)
        self.base.execute("CREATE INDEX IF NOT EXISTS messages_also ON messages (also)")
        self.base.execute(SIGNED)
        self.say("is_ready", True)
        self.flush()

    # Giving out

    def told(self, name: str, default: Any = "") -> Any:
        row = self.base.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return json.loads(row["value"]) if row else default

    @property
    def is_ready(self) -> bool:
        return bool(self.told("is_ready", False))

    def count(self, table: str) -> int:
        """Rows of one of the tables above; "line" are the messages that can move in."""
        return int(self.base.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608

    def people(self, beyond: int = 0, size: int = AT_ONCE) -> list[tuple[int, VanPerson]]:
        rows = self._after("people", beyond, size)
        return [(row["n"], _person(row)) for row in rows]

    def person_keys(self) -> dict[str, tuple[str, str]]:
        """How texts call people, folded, with their key and name."""
        rows = self.base.execute("SELECT called, key, name FROM people ORDER BY n DESC")
        return {row["called"].casefold(): (row["key"], row["name"]) for row in rows}

    def emails(self) -> Iterator[str]:
        yield from (
            row[0] for row in self.base.execute("SELECT email FROM people WHERE email != '' AND state = 'here'")
        )

    def places(self) -> list[VanPlace]:
        rows = self.base.execute("SELECT key, name, about, most_open, state FROM places ORDER BY n")
        return [VanPlace(*row) for row in rows]

    def sizes(self) -> dict[str, tuple[int, int]]:
        """Topics and messages of each place."""
        rows = self.base.execute(
            "SELECT topics.place, COUNT(DISTINCT topics.n), COUNT(*) FROM messages JOIN topics ON topics.key = messages.topic"
            " GROUP BY topics.place"
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    def belongings(self, beyond: int = 0, size: int = AT_ONCE) -> list[tuple[int, str, str, bool]]:
        return [
            (row["n"], row["place"], row["person"], bool(row["is_steward"]))
            for row in self._after("belongings", beyond, size)
        ]

    def topics(self, keys: Iterable[str]) -> dict[str, VanTopic]:
        wanted = sorted(set(keys))
        marks = ", ".join("?" * len(wanted))
        rows = self.base.execute(f"SELECT * FROM topics WHERE key IN ({marks})", wanted)  # noqa: S608
        return {row["key"]: _topic(row) for row in rows}

    def messages(self, beyond: int = 0, size: int = 200) -> list[VanMessage]:
        """The next ones of the line; `n` is their place in it."""
        rows = self.base.execute(
            "SELECT line.n AS at_n, messages.* FROM line JOIN messages ON messages.n = line.message WHERE line.n > ?"
            " ORDER BY line.n LIMIT ?",
            (beyond, size),
        )
        return [
            VanMessage(
                row["key"], row["topic"], row["person"], row["at"], row["text"], row["edited"], row["place_in"], row["also"],
                row["at_n"],
            )
            for row in rows
        ]  # fmt: skip

    def signs(self, beyond: int = 0, size: int = AT_ONCE) -> list[VanSign]:
        rows = self._after("signs", beyond, size)
        return [VanSign(row["message"], row["person"], row["sign"], row["at"], row["n"]) for row in rows]

    def upload(self, key: str) -> tuple[Path, str] | None:
        """The bytes and the name of something that was uploaded."""
        row = self.base.execute("SELECT file, name FROM uploads WHERE key = ?", (key,)).fetchone()
        return (self.folder / row["file"], row["name"]) if row else None

    def noted(self) -> list[Noted]:
        rows = self.base.execute("SELECT * FROM noted ORDER BY is_left DESC, count DESC, what")
        return [Noted(row["what"], bool(row["is_left"]), row["count"], row["example"]) for row in rows]

    def _after(self, table: str, beyond: int, size: int) -> list[sqlite3.Row]:
        question = f"SELECT * FROM {table} WHERE n > ? ORDER BY n LIMIT ?"  # noqa: S608
        return self.base.execute(question, (beyond, size)).fetchall()

    def _put(self, table: str, row: tuple[Any, ...], how: str = "IGNORE") -> None:
        waiting = self._rows.setdefault(f"{how} {table}", [])
        waiting.append(tuple(plain(value) for value in row))
        if len(waiting) >= AT_ONCE:
            self.flush()

    def _note(self, what: str, is_left: bool, example: str, count: int) -> None:
        row = self._noted.setdefault(what, [what, int(is_left), 0, " ".join(example.split())[:200]])
        row[2] += count


def instant(at: float) -> float:
    """Seconds since 1970, within what can be; what has no time is as old as can be."""
    return max(float(at or 0), OLDEST)


def plain(value: Any) -> Any:
    """A text without half characters and zero bytes."""
    return value.encode("utf-8", "replace").decode().replace("\0", "") if isinstance(value, str) else value


def _person(row: sqlite3.Row) -> VanPerson:
    return VanPerson(
        row["key"], row["name"], row["email"], row["at"], row["state"], row["bio"], row["zone"], row["language"], row["level"],
        json.loads(row["interests"]), row["portrait"], row["called"],
    )  # fmt: skip


def _topic(row: sqlite3.Row) -> VanTopic:
    return VanTopic(
        row["key"], row["place"], row["title"], row["kind"], row["closed"], row["pinned"], json.loads(row["tags"]),
        row["accepted"],
    )  # fmt: skip
