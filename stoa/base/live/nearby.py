"""Who is writing somewhere, and who was there lately: said in passing, kept in memory for minutes, and in no row and no fact.

    nearby.say("writing", ("talk.topic", topic.id), actor.own_id)      in the view that a page's behaviour calls
    nearby.who("writing", ("talk.topic", topic.id))                    the ids of those who said so, the latest first

Open pages of that thing are told to look (an event `nearby` of the stream: key and id, no cursor, so that it is never caught up with).
Whom a reader may see is asked where the page is drawn, as ever. On PostgreSQL what is said reaches the other processes by NOTIFY; on
SQLite one process serves all pages. What is lost is said again in seconds, or is over.
"""

import json
import threading
import time
import uuid
from collections.abc import Callable

from django.db import connection

from stoa.base.things import Reference

CHANNEL = "stoa_nearby"
LASTS = {"writing": 15.0, "here": 600.0}  # seconds; a page says it again before
MOST_OF_A_THING = 50
MOST_THINGS = 5000
OWN = uuid.uuid4().hex  # this process
Place = tuple[str, Reference]

_said: dict[Place, dict[int, float]] = {}
_lock = threading.Lock()
_listeners: set[Callable[[Reference], None]] = set()


def say(what: str, about: Reference, person_id: int) -> None:
    """Somebody is writing there, or is there."""
    _take(what, about, person_id, LASTS[what])
    _pass_on(what, about, person_id, LASTS[what])


def stop(what: str, about: Reference, person_id: int) -> None:
    """They are not any more: the reply is sent, or they said that they do not want to be seen."""
    if person_id in who(what, about):
        _take(what, about, person_id, 0)
        _pass_on(what, about, person_id, 0)


def who(what: str, about: Reference) -> list[int]:
    """Who said so and has not ceased to, the latest first."""
    now = time.monotonic()
    with _lock:
        kept = dict(_said.get((what, about), {}))
    return [person for person, until in sorted(kept.items(), key=lambda each: -each[1]) if until > now]


def listen(listener: Callable[[Reference], None]) -> Callable[[], None]:
    """Calls `listener`, on any thread, when it changes who is writing somewhere. Gives what ends that."""
    _listeners.add(listener)
    return lambda: _listeners.discard(listener)


def hear(payload: str) -> None:
    """What another process passed on; nonsense is nothing."""
    try:
        told = json.loads(payload)
        if told["from"] != OWN:
            _take(
                told["what"],
                (told["key"], int(told["id"])),
                int(told["person"]),
                min(float(told["lasts"]), LASTS[told["what"]]),
            )
    except (ValueError, KeyError, TypeError):
        return


def forget_all() -> None:
    """As after a start: for tests."""
    with _lock:
        _said.clear()


def _take(what: str, about: Reference, person_id: int, lasts: float) -> None:
    """Keeps it, within bounds, and tells those who listen when somebody began or ceased to write."""
    now = time.monotonic()
    with _lock:
        if len(_said) >= MOST_THINGS and (what, about) not in _said:
            _prune(now)
        people = _said.setdefault((what, about), {})
        began = people.get(person_id, 0) <= now
        people.pop(person_id, None)
        if lasts and len(_said) <= MOST_THINGS:
            people[person_id] = now + lasts
        while len(people) > MOST_OF_A_THING:
            people.pop(min(people, key=people.__getitem__))
        if not people:
            del _said[what, about]
    if what == "writing" and (began or not lasts):
        for listener in list(_listeners):
            listener(about)


def _prune(now: float) -> None:
    for place, people in list(_said.items()):
        if max(people.values(), default=0) <= now:
            del _said[place]


def _pass_on(what: str, about: Reference, person_id: int, lasts: float) -> None:
    if connection.vendor == "postgresql":
        told = {"from": OWN, "what": what, "key": about[0], "id": about[1], "person": person_id, "lasts": lasts}
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(told)])
