"""The live stream: replayed without gap or double, ended by a revoked right, gone at once when the house closes."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, transaction

from stoa.base import clock, ids
from stoa.base.actors import VISITOR
from stoa.base.facts import Fact, announce, declare, fact
from stoa.base.live import hearing_rights, hub, may_hear
from stoa.base.tests.serving import Served, request, served

pytestmark = pytest.mark.django_db(transaction=True)
BELL, SILENT = 5 << 30, 6 << 30
ON = f"on=test.bell:{ids.shown(BELL)}"


def nothing(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("404 Not Found", [])
    return [b""]


@pytest.fixture
def rung() -> Iterator[type[Fact]]:
    @fact("test.bell_rung", about=("test.bell", "bell"))
    @dataclass(frozen=True)
    class BellRung(Fact):
        bell: int

    yield BellRung
    declare._facts.pop("test.bell_rung")


@pytest.fixture
def audible() -> Iterator[set[int]]:
    """The bells that anybody may hear now."""
    found = {BELL}
    may_hear("test.bell")(lambda actor, number: number in found)
    yield found
    hearing_rights._rules.pop("test.bell")


@pytest.fixture
def house(rung: type[Fact], audible: set[int]) -> Iterator[Served]:
    with served(nothing) as running:
        yield running


def ring(rung: type[Fact], bell: int = BELL) -> int:
    with transaction.atomic():
        return announce(rung(bell), by=VISITOR)  # type: ignore[call-arg]


def of_session(key: str) -> str:
    return f"\nCookie: {settings.SESSION_COOKIE_NAME}={key}" if key else ""


class Listener:
    """One open stream, read event by event."""

    def __init__(self, house: Served, query: str = ON, last: str = "", session: str = "") -> None:
        self.line: socket.socket = house.connect()
        self.line.sendall(
            request(f"GET /live?{query}" + (f"\nLast-Event-ID: {last}" if last else "") + of_session(session))
        )
        self.file = self.line.makefile("rb")
        self.status = int(self.file.readline().split()[1])
        while self.file.readline().strip():
            pass
        self.last = ""
        if self.status == 200:
            assert self.next() == {}

    def next(self) -> dict[str, Any] | None:
        """The next event's data; None when the stream has ended."""
        for raw in self.file:
            line = raw.decode().strip()
            if line.startswith("id: "):
                self.last = line[4:]
            if line.startswith("data: "):
                told: dict[str, Any] = json.loads(line[6:])
                return told
        return None

    def close(self) -> None:
        self.file.close()
        self.line.close()


def number_of(listener: Listener) -> int:
    return ids.parse(listener.last.split(".")[0])


def test_a_stream_tells_names_and_ids_of_what_was_asked_for_only(house: Served, rung: type[Fact]) -> None:
    listener = Listener(house)
    ring(rung, SILENT)
    number = ring(rung)
    assert listener.next() == {"fact": "test.bell_rung", "key": "test.bell", "id": ids.shown(BELL)}
    assert number_of(listener) == number
    listener.close()


def test_a_stream_that_opens_again_is_told_what_it_missed_once(house: Served, rung: type[Fact]) -> None:
    first = Listener(house)
    heard = ring(rung)
    first.next()
    first.close()
    with clock.moved(by=timedelta(seconds=-3)):
        late = ring(rung)  # committed later, with an earlier id
    missed = ring(rung)
    again = Listener(house, last=first.last)
    told = [again.next() and number_of(again), again.next() and number_of(again)]
    newest = ring(rung)
    again.next()
    assert told == [heard, missed]  # the late one is told first, while the newest id that was sent stays the cursor
    assert {ids.shown(late), ids.shown(missed)} <= set(again.last.split("."))
    assert number_of(again) == newest
    again.close()


def test_what_may_not_be_heard_answers_like_what_does_not_exist(house: Served) -> None:
    denied = Listener(house, f"on=test.bell:{ids.shown(SILENT)}")
    missing = Listener(house, f"on=test.nothing:{ids.shown(SILENT)}")
    assert (denied.status, missing.status) == (404, 404)
    assert denied.file.read() == missing.file.read()
    denied.close()
    missing.close()


def test_a_revoked_right_ends_the_events(house: Served, rung: type[Fact], audible: set[int]) -> None:
    listener = Listener(house)
    ring(rung)
    assert listener.next() is not None
    audible.clear()
    ring(rung)
    assert listener.next() is None
    listener.close()


def test_open_streams_let_the_house_close_at_once(rung: type[Fact], audible: set[int]) -> None:
    with served(nothing) as house:
        listeners = [Listener(house) for _ in range(20)]
        began = time.monotonic()
        house.stop()
        assert time.monotonic() - began < 5
        assert [listener.next() for listener in listeners] == [None] * 20
        for listener in listeners:
            listener.close()


def test_streams_go_on_after_the_database_was_away(
    house: Served, rung: type[Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener(house)
    troubles = [OperationalError("the database is away")]
    asked = hub.facts_since

    def away(*arguments: Any) -> Any:
        if troubles:
            raise troubles.pop()
        return asked(*arguments)

    monkeypatch.setattr(hub, "facts_since", away)
    monkeypatch.setattr(hub, "AGAIN", 0.01)
    ring(rung)
    assert listener.next() == {"fact": "test.bell_rung", "key": "test.bell", "id": ids.shown(BELL)}
    assert troubles == []
    listener.close()


@pytest.mark.parametrize("query", ["", "on=", "on=test.bell", "on=test.bell:12", "on=test.bell:" + "!" * 13])
def test_a_stream_needs_names_of_things(house: Served, query: str) -> None:
    listener = Listener(house, query)
    assert listener.status == 400
    listener.close()
