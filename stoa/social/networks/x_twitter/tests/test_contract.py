"""What the connector sends and what the small network answers, judged by X's own Python package, which is made of X's OpenAPI document."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from stoa.social.networks.protocol import Line, Published
from stoa.social.networks.tests.running import ROOT, built, run
from stoa.social.networks.x_twitter.connector import CONNECTOR
from stoa.social.networks.x_twitter.tests.rehearsal import OWN, REFRESH, SmallX
from stoa.social.networks.x_twitter.tests.test_connector import LAMP, POST

pytestmark = pytest.mark.realnet
REQUIREMENTS = ROOT / "requirements" / "realservers-x_twitter.txt"
JUDGE = ROOT / "deploy" / "realservers" / "x_twitter" / "judge.py"
POSTS, MENTIONS, SOME = f"/users/{OWN}/tweets", f"/users/{OWN}/mentions", "/tweets"
ANSWERS = {
    ("GET", "/users/me"): "GetUsersMeResponse", ("GET", POSTS): "GetUsersPostsResponse", ("GET", MENTIONS): "GetUsersMentionsResponse",
    ("GET", SOME): "GetPostsByIdsResponse", ("POST", SOME): "CreatePostsResponse", ("POST", "/media/upload"): "MediaUploadResponse",
    ("POST", "/media/metadata"): "CreateMediaMetadataResponse",
}  # fmt: skip
BODIES = {SOME: "CreatePostsRequest", "/media/metadata": "CreateMediaMetadataRequest"}
CALLS = {
    "/users/me": "users.get_me",
    POSTS: "users.get_posts",
    MENTIONS: "users.get_mentions",
    SOME: "posts.get_by_ids",
}


class Kept(SmallX):
    """Each call with what it was answered."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.kept: list[tuple[str, str, Any, Any]] = []

    def request(self, method: str, url: str, **more: Any) -> Any:
        answer = super().request(method, url, **more)
        self.kept.append((method, url.removeprefix("https://api.x.com/2"), more.get("json"), answer))
        return answer


class Judge:
    def __init__(self, python: Path) -> None:
        self.process = subprocess.Popen(
            [str(python), str(JUDGE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, do: str, **what: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": do, **what}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()


def install(folder: Path) -> None:
    run([sys.executable, "-m", "venv", str(folder / "venv")])
    pip = [str(folder / "venv" / "bin" / "python"), "-m", "pip", "install", "-q", "--require-hashes"]
    run([*pip, "-r", str(REQUIREMENTS)])


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    made = Judge(built("x_twitter", [REQUIREMENTS], install) / "venv" / "bin" / "python")
    yield made
    made.close()


@pytest.fixture(scope="module")
def calls() -> list[tuple[str, str, Any, Any]]:
    """All that the connector does."""
    server = Kept()
    answers = {"client": server.desk.client, "secret": server.desk.secret, "refresh": REFRESH}
    over = Line(server, CONNECTOR.connect(answers, http=server)[1].credentials)
    first = CONNECTOR.publish(replace(POST, text="See https://stoa.example/l/abc & more", pictures=(LAMP,)), over=over)
    CONNECTOR.reply(replace(POST, text="Part two", answers=first.id), over=over)
    server.overhear(first.id, "How?")
    assert isinstance(CONNECTOR.settle(replace(POST, text="Part two", answers=first.id), over=over), Published)
    heard = CONNECTOR.listen("", over=over)
    CONNECTOR.listen(heard.cursor, over=over)
    CONNECTOR.measure([first.id, "77"], over=over)
    CONNECTOR.delete(first.id, over=over)
    return [each for each in server.kept if not each[1].startswith("/oauth2/")]


def test_each_body_is_one_that_xs_models_know(judge: Judge, calls: list[tuple[str, str, Any, Any]]) -> None:
    sent = [(BODIES[path], body) for method, path, body, _ in calls if method == "POST" and path in BODIES]
    assert {model for model, _ in sent} == set(BODIES.values())
    assert [(body, wrong) for model, body in sent if (wrong := judge.ask("model", name=model, value=body))] == []


def test_each_answer_of_the_small_network_is_one_of_xs_models(
    judge: Judge, calls: list[tuple[str, str, Any, Any]]
) -> None:
    told = [
        (ANSWERS[method, path.partition("?")[0]], answer.json())
        for method, path, _, answer in calls
        if method != "DELETE"
    ]
    assert {model for model, _ in told} == set(ANSWERS.values())
    assert [(model, wrong) for model, body in told if (wrong := judge.ask("model", name=model, value=body))] == []


def test_each_reading_is_the_request_that_xs_own_client_makes(
    judge: Judge, calls: list[tuple[str, str, Any, Any]]
) -> None:
    asked = [path for method, path, _, _ in calls if method == "GET"]
    assert {path.partition("?")[0] for path in asked} == set(CALLS)
    for path in asked:
        plain, _, query = path.partition("?")
        method, address = judge.ask("call", at=CALLS[plain], args=arguments(plain, dict(parse_qsl(query))))
        parts = urlsplit(address)
        assert (method, parts.path) == ("GET", f"/2{plain}")
        assert sorted(parse_qsl(parts.query)) == sorted(parse_qsl(query))


def arguments(path: str, query: dict[str, str]) -> dict[str, Any]:
    """Our query as the arguments of X's client."""
    made: dict[str, Any] = {"id": OWN} if OWN in path else {}
    for name, value in query.items():
        several = name.endswith("fields") or name in ("expansions", "exclude", "ids")
        made[name.replace(".", "_")] = value.split(",") if several else int(value) if name == "max_results" else value
    return made


def test_the_judge_finds_what_is_wrong(judge: Judge) -> None:
    assert judge.ask("model", name="CreatePostsRequest", value={"text": "a", "txt": "b"}) == [".txt"]
    assert judge.ask("model", name="CreatePostsRequest", value={"media": {"media_ids": [1]}}) != []
