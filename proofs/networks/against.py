"""What a test held a connector against, the strongest first."""

from pathlib import Path
from typing import Any

import pytest

REAL, CONTRACT, RECORDED, HOME, MEMORY, PERSON = "real", "contract", "recorded", "home", "memory", "person"
WORDS = {
    REAL: "a real server, started for the tests",
    CONTRACT: "a contract that the network publishes for machines",
    RECORDED: "answers recorded from a real server",
    HOME: "the network itself, which lives in this house",
    MEMORY: "a small network in memory, written after the documents or after a real server's answers",
    PERSON: "nobody is spoken to: what a person is told, and the addresses they paste",
}
STRONGEST = tuple(WORDS)
CONTRACTS = ("openapi_core", "googleapiclient")


def against(item: pytest.Item, does: Any, named: dict[str, Any]) -> str:
    wire = innermost(named)
    if wire is None:
        return PERSON
    if item.get_closest_marker("realnet"):
        return REAL
    if type(wire).__name__ == "Replay":
        return RECORDED
    if any(each in Path(item.path).read_text() for each in CONTRACTS):
        return CONTRACT
    return HOME if (does.folder / "home").is_dir() else MEMORY


def innermost(named: dict[str, Any]) -> Any:
    """What stands at the end of the line; None where there is none."""
    wire = getattr(named.get("over"), "http", None) or named.get("http")
    while hasattr(wire, "inner"):
        wire = wire.inner
    return wire
