"""Serving: uvicorn, which lets open streams go at once when it is told to stop, with a worker beside it."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from stoa.base.server.beside import Beside

if TYPE_CHECKING:
    from stoa.base.server.front import Front

GRACE = 2  # seconds in which answers that are under way may end


class Server(uvicorn.Server):
    """Told to stop, it ends the live streams and the worker first: connections close only once their streams have."""

    def __init__(self, front: "Front", host: str, port: int, *, worker: Beside | None = None) -> None:
        config = uvicorn.Config(
            front,
            host=host,
            port=port,
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE,
            backlog=512,
        )
        super().__init__(config)
        self.front = front
        self.worker = worker
        self.when_ready: Callable[[], None] = lambda: None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            self.when_ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._captured_signals.clear()  # to stop when asked is no failure: the process ends with 0
        self.let_go()

    def let_go(self) -> None:
        """Ends the streams and tells the worker to end."""
        if self.worker:
            self.worker.tell_to_stop()
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.front.hub.stopping.set)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
