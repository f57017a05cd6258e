"""The hub: reads new facts from the log once for all streams, and tells each stream what it asked for."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, close_old_connections, connections
from django.http import HttpRequest

from stoa.base import actors, ids, sights
from stoa.base.live import nearby
from stoa.base.live.hearing_rights import who_may_hear
from stoa.base.live.watch import Watch
from stoa.base.things import Reference

log = structlog.get_logger()
OVERLAP = 10_000 << 22  # ids of ten seconds: facts are not committed in the order of their ids, so these are read again
AT_ONCE = 500
AGAIN = 1.0  # seconds before a database that was away is asked again
WAITING = 1000
GATHERED = 0.5  # seconds in which those who begin to write in one place are told of together


@dataclass(frozen=True)
class Event:
    """One fact as a stream tells it: ids and names only."""

    id: int
    fact: str
    about: Reference


@dataclass(frozen=True)
class Look:
    """Somebody began or ceased to write there: said in passing, and never caught up with."""

    about: Reference


@dataclass(eq=False)
class Ear:
    """One open stream: what it asked for, and what it has yet to be told."""

    on: set[Reference]
    queue: "asyncio.Queue[Event | Look]" = field(default_factory=lambda: asyncio.Queue(WAITING))


def facts_since(number: int, on: Iterable[Reference] | None = None) -> list[Event]:
    """The newest facts with a higher id (about one of `on`, when given), oldest first."""
    from stoa.base.models import FactRow

    rows = FactRow.objects.filter(id__gt=number)
    if on is not None:
        rows = rows.filter(about_id__in=[each for _key, each in on])
    found = rows.order_by("-id").values_list("id", "name", "about_key", "about_id")[:AT_ONCE]
    events = [Event(row, name, (key, about or 0)) for row, name, key, about in found]
    wanted = None if on is None else set(on)
    return [event for event in reversed(events) if wanted is None or event.about in wanted]


def audible(session_key: str, on: Iterable[Reference]) -> set[Reference]:
    """What of `on` whoever holds this session may hear now."""
    actor = actor_of(session_key)
    return {reference for reference in on if who_may_hear(actor, *reference)}


def actor_of(session_key: str) -> actors.Actor:
    """The Actor behind a session cookie, as whom it sees now; a visitor when it is none of ours any more."""
    if not session_key:
        return actors.VISITOR
    request = HttpRequest()
    request.session = SessionStore(session_key)
    account = get_user(request)
    if not account.is_authenticated:
        return actors.VISITOR
    return sights.actor_of(request.session, actors.of_account(account))[0]


class Hub:
    """Lives on the event loop; asks the database on one thread of its own."""

    def __init__(self, on_fact: Callable[[], None] = lambda: None) -> None:
        self.on_fact = on_fact
        self.stopping = asyncio.Event()
        self.ears: set[Ear] = set()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._changed = asyncio.Event()
        self._newest = 0
        self._seen: set[int] = set()
        self._looks: set[Reference] = set()

    async def ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        """Runs a question to the database on the hub's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, _fresh, question, *arguments)

    async def run(self) -> None:
        """Tells all streams of new facts until `stopping`."""
        loop = asyncio.get_running_loop()
        await self._look_or_wait(tell=False)
        watch = Watch(lambda: _ring(loop, self._changed))
        watch.start()
        cease = nearby.listen(lambda about: _call(loop, self._look_soon, about))
        stopped = asyncio.create_task(self.stopping.wait())
        try:
            while not self.stopping.is_set():
                changed = asyncio.create_task(self._changed.wait())
                await asyncio.wait({changed, stopped}, return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
                self._changed.clear()
                if not self.stopping.is_set():
                    await self._look_or_wait(tell=True)
        finally:
            stopped.cancel()
            cease()
            await asyncio.to_thread(watch.stop)

    async def close(self) -> None:
        self.stopping.set()
        await asyncio.get_running_loop().run_in_executor(self._pool, connections.close_all)
        self._pool.shutdown(wait=False)

    def _look_soon(self, about: Reference) -> None:
        """On the event loop: pages of that thing are told once, however many began to write in that moment."""
        if about not in self._looks:
            self._looks.add(about)
            asyncio.get_running_loop().call_later(GATHERED, self._tell_to_look, about)

    def _tell_to_look(self, about: Reference) -> None:
        self._looks.discard(about)
        for ear in self.ears:
            if about in ear.on and not ear.queue.full():
                ear.queue.put_nowait(Look(about))

    async def _look_or_wait(self, *, tell: bool) -> None:
        """Looks; when the database is away, looks again a second later. What could have changed meanwhile counts as changed."""
        try:
            await self._look(tell=tell)
        except DatabaseError as trouble:
            log.warning("live.look_failed", trouble=str(trouble))
            self.on_fact()
            self._changed.set()
            await asyncio.sleep(AGAIN)

    async def _look(self, *, tell: bool) -> None:
        since = self._newest - OVERLAP if self._newest else ids.new() - OVERLAP
        fresh = [event for event in await self.ask(facts_since, since) if event.id not in self._seen]
        if not fresh:
            return
        self._newest = max(self._newest, fresh[-1].id)
        self._seen = {each for each in self._seen if each > self._newest - OVERLAP} | {event.id for event in fresh}
        if tell:
            self.on_fact()
            for ear in self.ears:
                for event in fresh:
                    if event.about in ear.on and not ear.queue.full():
                        ear.queue.put_nowait(event)


def _ring(loop: asyncio.AbstractEventLoop, changed: asyncio.Event) -> None:
    _call(loop, changed.set)


def _call(loop: asyncio.AbstractEventLoop, what: Callable[..., Any], *arguments: Any) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(what, *arguments)


def _fresh(question: Callable[..., Any], *arguments: Any) -> Any:
    close_old_connections()
    return question(*arguments)
