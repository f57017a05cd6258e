"""Exchanges with the real local server, kept so that the quick tests meet its true answers.

`python -m stoa.social.networks.matrix.tests.recording` plays the scenes anew and writes `recorded.json`.
"""

from __future__ import annotations

import json as jsons
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stoa.social.networks.matrix.connector import CONNECTOR
from stoa.social.networks.matrix.tests.realnet import LocalAccount, LocalMatrix, local_matrix
from stoa.social.networks.protocol import Line, Outgoing, Picture, Trouble
from stoa.social.networks.tests.plain_http import PlainHttp
from stoa.social.networks.tests.recording import Recorder, Replay

SERVER = "https://matrix.test"
FILE = Path(__file__).parent / "recorded.json"
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
BENCH = Picture(b"\x89PNG\r\n\x1a\n recorded", "image/png", "Eine grüne Bank – 灯", 64, 48)


def scene(text: str, key: str, **more: Any) -> Outgoing:
    return Outgoing(text=text, key=key, made_at=NOON, at=NOON, **more)


PLAIN = scene("Hello from the porch", "plain")
SHOWN = scene("A bench", "picture", pictures=(BENCH,))


@dataclass
class Stage:
    """Where scenes are played: the server, our credentials, and what was written down so far."""

    net: LocalMatrix
    credentials: Mapping[str, str] = field(default_factory=dict)
    scenes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def play(self, name: str, act: Callable[[Line], Any]) -> Any:
        recorder = Recorder(PlainHttp())
        try:
            return act(Line(recorder, self.credentials))
        except Trouble:
            return None
        finally:
            self.scenes[name] = recorder.exchanges


def recorded(name: str, **credentials: str) -> tuple[Replay, Line]:
    """The exchanges of one scene, and a line that speaks to them."""
    kept = jsons.loads(FILE.read_text())
    replay = Replay(kept["scenes"][name])
    return replay, Line(replay, {"server": SERVER, "token": "t", **kept["credentials"], **credentials})


def play(net: LocalMatrix) -> dict[str, Any]:
    """Every scene once, against a running server."""
    owner, bot, rosa = net.register("owner"), net.register("porch"), net.register("rosa")
    room = net.room(owner, "announcements", bot, rosa)
    net.in_room("POST", room, "join", {}, as_=rosa)
    answers = {"server": net.url, "account": bot.user, "secret": bot.password, "room": "#announcements:localhost"}
    stage = Stage(net)
    _, granted = stage.play("connect", lambda line: CONNECTOR.connect(answers, http=line.http))
    stage.play("wrong secret", lambda line: CONNECTOR.connect({**answers, "secret": "no"}, http=line.http))
    stage.credentials = granted.credentials
    play_writing(stage, room, rosa)
    play_trouble(stage, room, owner)
    kept = {name: granted.credentials[name] for name in ("room", "user")}
    return {"credentials": kept, "scenes": stage.scenes}


def play_writing(stage: Stage, room: str, rosa: LocalAccount) -> None:
    made = stage.play("plain", lambda line: CONNECTOR.publish(PLAIN, over=line))
    stage.play("again", lambda line: CONNECTOR.publish(PLAIN, over=line))
    stage.play("picture", lambda line: CONNECTOR.publish(SHOWN, over=line))
    stage.play("settled", lambda line: CONNECTOR.settle(PLAIN, over=line))
    stage.play("absent", lambda line: CONNECTOR.settle(scene("Never", "never"), over=line))
    stage.play("tell", lambda line: CONNECTOR.tell(over=line))
    said = {"msgtype": "m.text", "body": "How?", "m.relates_to": {"m.in_reply_to": {"event_id": made.id}}}
    stage.net.in_room("PUT", room, "send/m.room.message/1", said, as_=rosa)
    liked = {"m.relates_to": {"rel_type": "m.annotation", "event_id": made.id, "key": "👍"}}
    stage.net.in_room("PUT", room, "send/m.reaction/2", liked, as_=rosa)
    stage.play("listen", lambda line: CONNECTOR.listen("", over=line))
    stage.play("measure", lambda line: CONNECTOR.measure([made.id], over=line))
    stage.play("edit", lambda line: CONNECTOR.edit(made.id, scene("Hello again", "edit"), over=line))
    stage.play("delete", lambda line: CONNECTOR.delete(made.id, over=line))
    stage.play("deleted again", lambda line: CONNECTOR.delete(made.id, over=line))
    stage.play("answer to gone", lambda line: CONNECTOR.reply(scene("Late", "late", answers=made.id), over=line))


def play_trouble(stage: Stage, room: str, owner: LocalAccount) -> None:
    """The room refuses, in each way that it can."""
    act = stage.net.in_room
    levels = act("GET", room, "state/m.room.power_levels", None, as_=owner)
    act("PUT", room, "state/m.room.power_levels", {**levels, "events_default": 50}, as_=owner)
    stage.play("no right", lambda line: CONNECTOR.publish(scene("No right", "no right"), over=line))
    bot = {"user_id": stage.credentials["user"]}
    act("POST", room, "kick", {**bot, "reason": "Spring cleaning"}, as_=owner)
    stage.play("kicked", lambda line: CONNECTOR.publish(scene("Kicked", "kicked"), over=line))
    act("POST", room, "ban", bot, as_=owner)
    stage.play("banned", lambda line: CONNECTOR.publish(scene("Banned", "banned"), over=line))
    stage.play("wrong token", lambda line: publish_with(line, token="no"))
    stage.play("refresh", lambda line: CONNECTOR.refresh(over=line))
    stage.play(
        "refreshed twice", lambda line: CONNECTOR.refresh(over=Line(line.http, {**line.credentials, "refresh": "no"}))
    )


def publish_with(line: Line, **other: str) -> Any:
    return CONNECTOR.publish(PLAIN, over=Line(line.http, {**line.credentials, **other}))


def without_secrets(text: str) -> str:
    """Tokens become words; where the server stood says nothing."""
    text = re.sub(r"sy([tr])_\w+", r"sy\1_a_token_here", text)
    return re.sub(r"http://127\.0\.0\.1:\d+", SERVER, re.sub(r"(?:/[\w.-]+)+/stoa-matrix-\w+", "a folder", text))


def main() -> None:
    with local_matrix() as net:
        played = play(net)
    FILE.write_text(without_secrets(jsons.dumps(played, ensure_ascii=True, indent=1)) + "\n")


if __name__ == "__main__":
    main()
