"""Exchanges with the real local server, kept so that the quick tests meet its true answers.

`python -m stoa.social.networks.bluesky.tests.recording` plays the scenes anew and writes `recorded.json`.
"""

from __future__ import annotations

import json as jsons
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from stoa.social.networks.bluesky.connector import CONNECTOR
from stoa.social.networks.bluesky.records import COLLECTION, record_key, split_id
from stoa.social.networks.bluesky.tests.realnet import LocalBluesky, local_bluesky
from stoa.social.networks.protocol import Card, Line, Outgoing, Picture, Trouble
from stoa.social.networks.tests.plain_http import PlainHttp
from stoa.social.networks.tests.recording import Recorder, Replay
from stoa.social.networks.tests.running import until

FILE = Path(__file__).parent / "recorded.json"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def scene(text: str, key: str, **more: Any) -> Outgoing:
    return Outgoing(text=text, key=key, made_at=NOON, at=NOON, **more)


SCENES: Mapping[str, Outgoing] = {
    "plain": scene("Hello from the porch", "plain"),
    "rich": scene("Grüße 👩🏿‍🚒 @stranger.test https://example.org/l/ABC #café", "rich", language="de"),
    "card": scene("Come!", "card", link="https://example.org/l/ABC", card=Card("Repair café", "Saturday at ten")),
    "too long": scene("x" * 301, "too long"),
    "picture": scene(
        "A bench", "picture", pictures=(Picture(b"\x89PNG\r\n\x1a\n recorded", "image/png", "A green bench", 64, 48),)
    ),
}


def recorded(name: str) -> tuple[Replay, Line]:
    """The exchanges of one scene, and a line that speaks to them."""
    kept = jsons.loads(FILE.read_text())
    replay = Replay(kept["scenes"][name])
    credentials = {
        "server": "https://pds.test",
        "did": kept["did"],
        "handle": "guild.test",
        "access": "a",
        "refresh": "r",
    }
    return replay, Line(replay, credentials)


@dataclass
class Stage:
    """Where scenes are played: the network, our account on it, and what was written down so far."""

    net: LocalBluesky
    credentials: Mapping[str, str]
    scenes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def play(self, name: str, act: Callable[[Line], Any]) -> Any:
        recorder = Recorder(PlainHttp())
        try:
            return act(Line(recorder, self.credentials))
        except Trouble:
            return None
        finally:
            self.scenes[name] = recorder.exchanges


def play(net: LocalBluesky) -> dict[str, Any]:
    """Every scene once, against a running network."""
    ours = net.create_account("guild.test", "a long password")
    answers = {"handle": "guild.test", "password": ours.app_password, "server": net.pds_url}
    stage = Stage(net, {})
    _, granted = stage.play("connect", lambda line: CONNECTOR.connect(answers, http=line.http))
    wrong = {**answers, "password": "wrong"}
    stage.play("wrong password", lambda line: CONNECTOR.connect(wrong, http=line.http))
    stage.credentials = granted.credentials
    play_writing(stage)
    play_reading(stage, f"at://{ours.did}/{COLLECTION}/{record_key(SCENES['plain'])}")
    stage.credentials = {**granted.credentials, "access": "x.y.z"}
    stage.play("closed session", lambda line: CONNECTOR.publish(SCENES["plain"], over=line))
    return {"did": ours.did, "scenes": stage.scenes}


def play_writing(stage: Stage) -> None:
    stage.net.create_account("stranger.test", "another password")
    for name, outgoing in SCENES.items():
        stage.play(name, partial(publish, outgoing))
    stage.play("again", partial(publish, SCENES["plain"]))
    stage.play("settled", lambda line: CONNECTOR.settle(SCENES["plain"], over=line))
    stage.play("absent", lambda line: CONNECTOR.settle(scene("Never", "never"), over=line))


def publish(outgoing: Outgoing, line: Line) -> Any:
    return CONNECTOR.publish(outgoing, over=line)


def play_reading(stage: Stage, plain: str) -> None:
    """A neighbour answers the plain post; then it is heard, measured and deleted."""
    net, line = stage.net, Line(PlainHttp(), stage.credentials)
    neighbour = net.create_account("neighbour.test", "a third password")
    repo, collection, key = split_id(plain)
    found = net.call_get("com.atproto.repo.getRecord", repo=repo, collection=collection, rkey=key)
    ref = {"uri": plain, "cid": found["cid"]}
    record = {"text": "How?", "createdAt": "2026-11-23T12:01:00Z", "reply": {"root": ref, "parent": ref}}
    body = {"repo": neighbour.did, "collection": COLLECTION, "record": record}
    net.call("com.atproto.repo.createRecord", body, access=neighbour.access)
    until(lambda: CONNECTOR.listen("", over=line).items, seconds=30, what="the answer")
    stage.play("listen", lambda line: CONNECTOR.listen("", over=line))
    stage.play("measure", lambda line: CONNECTOR.measure([plain], over=line))
    stage.play("deleted", lambda line: CONNECTOR.delete(plain, over=line))
    stage.play("gone", lambda line: CONNECTOR.stands(plain, over=line))


def without_secrets(text: str) -> str:
    """Tokens become words: their middle is kept apart by nothing that a test needs."""
    return re.sub(r"eyJ[\w-]+\.[\w-]+\.[\w-]+", "a.token.here", text)


def main() -> None:
    with local_bluesky() as net:
        played = play(net)
    FILE.write_text(without_secrets(jsons.dumps(played, ensure_ascii=True, indent=1)) + "\n")


if __name__ == "__main__":
    main()
