"""Turns: who comes first writes first. SQLite itself lets waiting writers look again after growing pauses, and whoever looks at the
right moment wins: under load some wait for seconds while others write twice."""

import threading
from collections import deque


class Turns:
    """A lock that is handed on in the order of asking. Owners are compared by identity; one that has the turn already keeps it."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._owner: object | None = None
        self._waiting: deque[tuple[object, threading.Event]] = deque()

    def take(self, owner: object, seconds: float) -> bool:
        """Waits for the turn, at most this long; whether it came."""
        with self._gate:
            if self._owner is owner or self._owner is None:
                self._owner = owner
                return True
            place = (owner, threading.Event())
            self._waiting.append(place)
        if place[1].wait(seconds):
            return True
        with self._gate:
            if self._owner is owner:
                return True
            self._waiting.remove(place)
            return False

    def give(self, owner: object) -> None:
        """Hands the turn to whoever has waited longest. Nothing when it is not this owner's."""
        with self._gate:
            if self._owner is not owner:
                return
            self._owner = None
            if self._waiting:
                self._owner, called = self._waiting.popleft()
                called.set()

    def waiting(self) -> int:
        """How many wait."""
        with self._gate:
            return len(self._waiting)
