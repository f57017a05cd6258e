"""The token is a part of every address that is called, and shows itself nowhere: not in trouble, nor in what is logged or kept."""

import json
import logging
import socket
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest

from stoa.social.networks.protocol import Line, Outgoing, Picture, Trouble
from stoa.social.networks.rehearsing import Reply
from stoa.social.networks.telegram import wire
from stoa.social.networks.telegram.connector import CONNECTOR
from stoa.social.networks.telegram.tests.rehearsal import TOKEN, SmallServer
from stoa.social.networks.wire import Wire

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
POST = Outgoing("Zips can be saved.", "key-1", NOW, NOW)
CREDENTIALS = {
    "token": TOKEN,
    "bot": "1",
    "bot_name": "b",
    "chat": "-1001000",
    "name": "",
    "group": "",
    "group_name": "",
}
CALLS: list[Callable[[Line], object]] = [
    lambda line: CONNECTOR.publish(POST, over=line),
    lambda line: CONNECTOR.publish(
        Outgoing("", "k", NOW, NOW, pictures=(Picture(b"x", "image/png", "", 1, 1),)), over=line
    ),
    lambda line: CONNECTOR.edit("-1001000/5", POST, over=line),
    lambda line: CONNECTOR.delete("-1001000/5", over=line),
    lambda line: CONNECTOR.stands("-1001000/5", over=line),
    lambda line: CONNECTOR.listen("7", over=line),
    lambda line: CONNECTOR.refresh(over=line),
    lambda line: CONNECTOR.connect({"token": TOKEN, "channel": "@theguild"}, http=line.http),
]


@pytest.fixture
def hangs_up(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real server that takes every request in and says nothing."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                peer, _address = listening.accept()
            except OSError:
                return
            with peer:
                peer.recv(65536)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    port = listening.getsockname()[1]
    settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{port}"]
    monkeypatch.setattr(wire, "API", f"http://127.0.0.1:{port}")
    yield
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def shown_of(trouble: BaseException, caplog: pytest.LogCaptureFixture) -> str:
    told = "".join(traceback.format_exception(trouble))
    return told + repr(trouble) + caplog.text


@pytest.mark.parametrize("call", CALLS)
def test_on_a_real_line_that_breaks(
    call: Callable[[Line], object], hangs_up: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    line = Line(Wire(), CREDENTIALS)
    with pytest.raises(Trouble) as caught:
        call(line)
    shown = shown_of(caught.value, caplog) + repr(line)
    assert TOKEN not in shown
    assert TOKEN.partition(":")[2] not in shown


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("port_is_open", [False])
def test_where_nobody_is_there(
    call: Callable[[Line], object],
    port_is_open: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(wire, "API", "http://127.0.0.1:1")
    with pytest.raises(Trouble) as caught:
        call(Line(Wire(), CREDENTIALS))
    assert TOKEN.partition(":")[2] not in shown_of(caught.value, caplog)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 429, 500])
def test_where_the_answer_says_it_back(status: int, caplog: pytest.LogCaptureFixture) -> None:
    """A hostile or broken answer that names the address: what is said of it has the token cut out."""
    body = json.dumps({"ok": False, "description": f"Bad Request: /bot{TOKEN}/sendMessage"}).encode()
    server = SmallServer()
    server.on_sendMessage = lambda brought: Reply(status, body)  # type: ignore[method-assign]
    with pytest.raises(Trouble) as caught:
        CONNECTOR.publish(POST, over=Line(server, CREDENTIALS))
    assert TOKEN not in shown_of(caught.value, caplog)
