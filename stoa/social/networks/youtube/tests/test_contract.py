"""What the connector sends and what the small network answers, held to the discovery document that Google ships with its own client."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stoa.social.networks.protocol import Line, Published
from stoa.social.networks.tests.running import ROOT, built, run
from stoa.social.networks.youtube.connector import CONNECTOR
from stoa.social.networks.youtube.signing import NAMES
from stoa.social.networks.youtube.tests.makers import POST, readied
from stoa.social.networks.youtube.tests.rehearsal import REFRESH, SmallTube

pytestmark = pytest.mark.realnet
REQUIREMENTS = ROOT / "requirements" / "realservers-youtube.txt"
UPLOAD = "/upload/youtube/v3/videos"
KINDS = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "number": (int, float)}


def install(folder: Path) -> None:
    run([sys.executable, "-m", "venv", str(folder / "venv")])
    pip = [str(folder / "venv" / "bin" / "python"), "-m", "pip", "install", "-q", "--no-deps", "--require-hashes"]
    run([*pip, "-r", str(REQUIREMENTS)])


@pytest.fixture(scope="module")
def document() -> Any:
    folder = built("youtube", [REQUIREMENTS], install)
    return json.loads(next(folder.rglob("discovery_cache/documents/youtube.v3.json")).read_text())


class Kept(SmallTube):
    """The methods that were asked, each with its answer."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.kept: list[tuple[str, str, dict[str, str], Any, Any]] = []

    def request(self, method: str, url: str, **more: Any) -> Any:
        before = len(self.calls)
        answer = super().request(method, url, **more)
        if len(self.calls) > before:
            self.kept.append((*self.calls[-1], answer))
        return answer


@pytest.fixture(scope="module")
def calls() -> list[tuple[str, str, dict[str, str], Any, Any]]:
    """All that the connector does."""
    server = Kept()
    answers = {"client": server.desk.client, "secret": server.desk.secret, "refresh": REFRESH, "privacy": "public"}
    over = Line(server, CONNECTOR.connect(answers, http=server)[1].credentials)
    made = CONNECTOR.publish(readied(over), over=over)
    assert isinstance(made, Published)
    theirs = server.overhear(made.id, "How?")
    answer = CONNECTOR.reply(replace(POST, text="So", answers=theirs), over=over)
    CONNECTOR.reply(replace(POST, text="First", answers=made.id), over=over)
    CONNECTOR.settle(POST, over=over)
    CONNECTOR.settle(replace(POST, text="So", answers=theirs), over=over)
    CONNECTOR.settle(replace(POST, text="First", answers=made.id), over=over)
    CONNECTOR.edit(made.id, replace(POST, text="Other\n\nwords"), over=over)
    CONNECTOR.edit(answer.id, replace(POST, text="So it is"), over=over)
    CONNECTOR.listen(CONNECTOR.listen("", over=over).cursor, over=over)
    CONNECTOR.measure([made.id], over=over)
    CONNECTOR.hide(theirs, over=over)
    for id in (answer.id, made.id):
        CONNECTOR.stands(id, over=over)
        CONNECTOR.delete(id, over=over)
    return server.kept


def methods(document: Any) -> dict[tuple[str, str], Any]:
    """By HTTP's method and path; of uploads by the path of their session."""
    found = {}
    for resource in document["resources"].values():
        for method in [
            *resource.get("methods", {}).values(),
            *(m for r in resource.get("resources", {}).values() for m in r.get("methods", {}).values()),
        ]:
            found[method["httpMethod"], f"/{method['path']}"] = method
    return found | {("POST", UPLOAD): found["POST", "/youtube/v3/videos"]}


def test_each_request_is_a_documented_one(
    document: Any, calls: list[tuple[str, str, dict[str, str], Any, Any]]
) -> None:
    known, seen = methods(document), set()
    for method, path, query, body, _ in calls:
        if method == "PUT" and path == UPLOAD:
            continue  # pieces: the protocol of uploads, not of this document
        found = known[method, path]
        seen.add(found["id"])
        parameters = {
            **document["parameters"],
            **found.get("parameters", {}),
            **({"uploadType": {}} if path == UPLOAD else {}),
        }
        assert set(query) <= set(parameters), (path, query)
        assert {name for name, each in parameters.items() if each.get("required")} <= set(query), path
        for name, value in query.items():
            assert value in parameters[name].get("enum", [value]), (name, value)
        assert set(NAMES) & set(found["scopes"]), path
        assert list(wrong(body, {"$ref": found["request"]["$ref"]} if "request" in found else None, document)) == []
    assert seen == {f"youtube.{each}" for each in (
        "channels.list", "videos.insert", "videos.list", "videos.update", "videos.delete", "playlistItems.list", "commentThreads.list",
        "commentThreads.insert", "comments.list", "comments.insert", "comments.update", "comments.delete", "comments.setModerationStatus",
    )}  # fmt: skip


def test_each_answer_of_the_small_network_is_a_documented_one(
    document: Any, calls: list[tuple[str, str, dict[str, str], Any, Any]]
) -> None:
    known = methods(document)
    for method, path, _, _, answer in calls:
        found = known["POST", path] if path == UPLOAD else known[method, path]
        if answer.body:
            assert list(wrong(answer.json(), {"$ref": found["response"]["$ref"]}, document)) == [], (method, path)


def wrong(value: Any, schema: Mapping[str, Any] | None, document: Any, where: str = "") -> Iterator[str]:
    """Names and kinds that the document does not know."""
    if schema is None:
        if value is not None:
            yield f"{where}: nothing is taken here"
        return
    schema = document["schemas"][schema["$ref"]] if "$ref" in schema else schema
    if not isinstance(value, KINDS[schema.get("type", "object")]):
        yield f"{where}: {value!r} is no {schema.get('type')}"
    elif isinstance(value, dict):
        for name, each in value.items():
            inner = schema.get("properties", {}).get(name)
            yield from wrong(each, inner, document, f"{where}.{name}") if inner else [f"{where}.{name}: not known"]
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from wrong(each, schema["items"], document, f"{where}[{number}]")
    elif schema.get("enum") and value not in schema["enum"]:
        yield f"{where}: {value!r}"


def test_what_youtube_may_say_of_a_video_it_does_not_keep_is_known(document: Any) -> None:
    from stoa.social.networks.youtube.videos import WHY

    status = document["schemas"]["VideoStatus"]["properties"]
    assert {"uploaded", "processed", "failed", "rejected", "deleted"} == set(status["uploadStatus"]["enum"])
    reasons = {*status["failureReason"]["enum"], *status["rejectionReason"]["enum"]}
    assert set(WHY) <= reasons
    assert re.fullmatch(r"\d+", document["revision"])
