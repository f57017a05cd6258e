"""What goes to Facebook and Instagram, held against the parameters and fields of Meta's own SDK (`graph_contract.json`: their names alone).

Threads is not in it.
"""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stoa.social.networks.conforming import PICTURE, Tried
from stoa.social.networks.messages import Heard
from stoa.social.networks.registry import connectors
from stoa.social.networks.rehearsing import rehearsal_of
from stoa.social.networks.tests.small_graph import Call

CONTRACT: dict[str, Any] = json.loads((Path(__file__).parent / "graph_contract.json").read_text())
EVERYWHERE = {"access_token", "fields", "limit", "after", "since"}  # of every call, or of every list
ALIASES = {"POST media_publish": "POST mediapublish"}
EDGES = ("comments", "reactions", "replies")


def nodes(key: str, call: Call, edge: str) -> tuple[str, ...]:
    if key == "facebook_page":
        return ("Page", "PagePost", "Comment", "Photo") if not edge else ("Page", "PagePost", "Comment")
    return ("IGUserForIGOnlyAPI", "IGMediaForIGOnlyAPI", "IGComment")


def allowed(key: str, call: Call) -> set[str] | None:
    """The parameters of this call by the contract; None where the contract names no such call."""
    _version, _node, *more = call.path.split("/")
    named = f"{call.method} {more[0]}" if more else call.method
    named = ALIASES.get(named, named) if key == "instagram" else named
    found = [set(CONTRACT[node][named]) for node in nodes(key, call, "".join(more)) if named in CONTRACT[node]]
    return set().union(*found) if found else None


def fields_of(asked: str) -> set[str]:
    """The plain names of a list of fields, whatever is asked below them."""
    flat = asked
    while flat != (shorter := re.sub(r"\{[^{}]*\}|\.\w+\([^()]*\)", "", flat)):
        flat = shorter
    return set(flat.split(",")) - set(EDGES)


def everything(tried: Tried) -> None:
    """All that goes out to the network in a channel's life."""
    does, line = tried.does, tried.line
    made = tried.publish(replace(tried.post("Look"), pictures=(PICTURE, PICTURE)))
    theirs = tried.rehearsal.overhear(made.id, "How?")
    ours = does.reply(replace(tried.post("So", key="b"), answers=theirs, pictures=()), over=line)
    assert all(isinstance(each, Heard) for each in does.listen("", over=line).items)
    does.settle(tried.post("Look"), over=line)
    does.settle(replace(tried.post("So"), answers=theirs, pictures=()), over=line)
    does.measure([made.id], over=line)
    does.present(over=line)
    does.identify(over=line)
    does.hide(theirs, over=line)
    if hasattr(does, "edit"):
        does.edit(made.id, tried.post("Look again"), over=line)
        does.delete(ours.id, over=line)
    if hasattr(does, "tell"):
        does.tell(over=line)


@pytest.mark.parametrize("key", ["facebook_page", "instagram"])
def test_nothing_is_sent_that_metas_own_sdk_does_not_know(key: str) -> None:
    with rehearsal_of(connectors()[key]) as rehearsal:
        tried = Tried(connectors()[key], rehearsal)
        everything(tried)
        calls: list[Call] = [call for call in rehearsal.http.calls if "multipart" not in call.path]  # type: ignore[attr-defined]
    wrong, seen = [], set()
    for call in calls:
        known, given = allowed(key, call), {re.sub(r"\[\d+\]", "", name) for name in call.given}
        seen.add((call.method, call.path.split("/")[2:][:1] != []))
        if known is not None and (extra := given - known - EVERYWHERE):
            wrong.append(f"{call.method} {call.path}: {sorted(extra)}")
        if call.method == "POST" and known is None:
            wrong.append(f"{call.method} {call.path} is not in the contract")
    assert not wrong, "\n".join(wrong)
    assert {("POST", True), ("GET", True), ("POST", False)} <= seen


@pytest.mark.parametrize("key", ["facebook_page", "instagram"])
def test_no_field_is_asked_for_that_metas_own_sdk_does_not_know(key: str) -> None:
    with rehearsal_of(connectors()[key]) as rehearsal:
        everything(Tried(connectors()[key], rehearsal))
        calls: list[Call] = list(rehearsal.http.calls)  # type: ignore[attr-defined]
    whole = {name for node in nodes(key, calls[0], "") for name in CONTRACT[node]["fields"]} | {
        "quota_usage",
        "config",
        "status_code",
        "status",
    }
    asked = {name for call in calls if "fields" in call.given for name in fields_of(call.given["fields"])}
    assert len(asked) > 10
    assert asked <= whole, sorted(asked - whole)
