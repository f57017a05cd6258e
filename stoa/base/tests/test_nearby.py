"""What is said in passing: kept for a moment, within bounds, told to open pages at once and never caught up with."""

import json

import pytest

from stoa.base import ids
from stoa.base.live import nearby
from stoa.base.models import FactRow
from stoa.base.server.page_cache import PageCache
from stoa.base.tests.serving import Served, served
from stoa.base.tests.test_live import BELL, Listener, audible, house, ring, rung

__all__ = ["audible", "house", "rung"]
HERE = ("test.bell", BELL)


@pytest.fixture(autouse=True)
def quiet() -> None:
    nearby.forget_all()


class Time:
    """The seconds that have passed, as a test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(nearby.time, "monotonic", lambda: self.now)


@pytest.mark.django_db
def test_who_writes_is_known_for_fifteen_seconds_the_latest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time(monkeypatch)
    nearby.say("writing", HERE, 1)
    time.now += 10
    nearby.say("writing", HERE, 2)
    assert nearby.who("writing", HERE) == [2, 1]
    time.now += 6
    assert nearby.who("writing", HERE) == [2]
    nearby.stop("writing", HERE, 2)
    assert (nearby.who("writing", HERE), nearby.who("here", HERE)) == ([], [])
    assert FactRow.objects.count() == 0


@pytest.mark.django_db
def test_pages_are_told_when_somebody_begins_and_ceases_not_while_they_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    time, told = Time(monkeypatch), []
    cease = nearby.listen(told.append)
    nearby.say("writing", HERE, 1)
    for _number in range(5):
        time.now += 10
        nearby.say("writing", HERE, 1)
    assert told == [HERE]
    nearby.stop("writing", HERE, 1)
    nearby.stop("writing", HERE, 1)
    nearby.say("here", HERE, 1)
    assert told == [HERE, HERE]
    time.now += 1
    nearby.say("writing", HERE, 1)
    time.now += 100
    nearby.say("writing", HERE, 1)
    assert told == [HERE] * 4
    cease()
    nearby.stop("writing", HERE, 1)
    assert told == [HERE] * 4


@pytest.mark.django_db
def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time(monkeypatch)
    monkeypatch.setattr(nearby, "MOST_THINGS", 20)
    for person in range(80):
        time.now += 0.01
        nearby.say("here", HERE, person)
    assert nearby.who("here", HERE) == list(range(79, 29, -1))
    for number in range(50):
        nearby.say("here", ("test.bell", number), 1)
    assert len(nearby._said) <= 20
    time.now += 700
    nearby.say("here", ("test.bell", 60), 1)
    assert (len(nearby._said), nearby.who("here", ("test.bell", 60))) == (1, [1])


def test_what_another_process_says_counts_and_nonsense_does_not() -> None:
    told = {"from": "another", "what": "writing", "key": HERE[0], "id": HERE[1], "person": 7, "lasts": 15}
    nearby.hear(json.dumps(told))
    assert nearby.who("writing", HERE) == [7]
    for wrong in ("", "[]", "{}", json.dumps(told | {"person": "x"}), json.dumps(told | {"what": "else"}),
                  json.dumps(told | {"from": nearby.OWN, "person": 8})):  # fmt: skip
        nearby.hear(wrong)
    assert nearby.who("writing", HERE) == [7]
    nearby.hear(json.dumps(told | {"lasts": 0}))
    assert nearby.who("writing", HERE) == []


@pytest.mark.django_db(transaction=True)
def test_an_open_page_is_told_to_look_and_one_that_opens_again_is_not_told_once_more(house: Served, rung: type) -> None:
    visitor, listener = Listener(house), Listener(house, session="of-somebody")
    nearby.say("writing", HERE, 1)
    nearby.say("writing", HERE, 2)
    assert listener.next() == {"key": "test.bell", "id": ids.shown(BELL)}
    assert listener.last.split(".")[0] != ""
    ring(rung)
    heard = listener.next()
    assert heard is not None
    assert heard["fact"] == "test.bell_rung"
    assert visitor.next() == heard  # a visitor is told of the bell, and not that somebody writes
    visitor.close()
    again = Listener(house, last=listener.last)
    ring(rung)
    second = again.next()
    assert second is not None
    assert second["fact"] == "test.bell_rung"
    listener.close()
    again.close()


@pytest.mark.django_db(transaction=True)
def test_who_may_not_hear_any_more_is_not_told_that_somebody_writes(house: Served, audible: set[int]) -> None:
    listener = Listener(house)
    audible.clear()
    nearby.say("writing", HERE, 1)
    assert listener.next() is None
    listener.close()


@pytest.mark.django_db(transaction=True)
def test_saying_so_leaves_the_kept_pages_for_visitors() -> None:
    def application(environ: dict[str, object], start_response: object) -> list[bytes]:
        said = [("X-Stoa-Wrote-Nothing", "1")] if environ["PATH_INFO"] == "/passing" else []
        start_response("204 No Content", said)  # type: ignore[operator]
        return [b""]

    with served(application) as house:
        pages: PageCache = house.server.front.pages
        before = pages.writes
        _status, headers, _body = house.ask("POST /passing", b"x")
        assert (pages.writes, "x-stoa-wrote-nothing" in headers) == (before, False)
        house.ask("POST /other", b"x")
        assert pages.writes == before + 1
