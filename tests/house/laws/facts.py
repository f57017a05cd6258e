"""Facts hold no text, and whatever was once shipped still loads."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

from stoa.base.facts import Fact, all_facts
from stoa.rooms import ROOMS

GOLDEN = Path(__file__).resolve().parents[1] / "facts_golden"
PLAIN = (bool, int, float, datetime, date)


def shipped_facts() -> dict[str, type[Fact]]:
    """Every fact of every room, also where nothing has announced one yet."""
    for room in ROOMS:
        if find_spec(f"{room.app}.facts"):
            import_module(f"{room.app}.facts")
    return {name: kind for name, kind in all_facts().items() if "tests" not in kind.__module__}


def parts(hint: Any) -> list[Any]:
    """The types that a hint is made of, without None and `...`."""
    inner = get_args(hint)
    if not inner:
        return [hint]
    return [part for each in inner if each not in (NoneType, Ellipsis) for part in parts(each)]


def is_plain(hint: Any) -> bool:
    return all(isinstance(part, type) and (part in PLAIN or issubclass(part, Enum)) for part in parts(hint))


def holding_text(facts: Mapping[str, type[Fact]]) -> list[str]:
    """Facts with a field that could hold authored text, a name or an address."""
    return [
        f"{name}.{field.name}: {get_type_hints(kind)[field.name]}: a fact holds ids, enums, numbers and instants only"
        for name, kind in sorted(facts.items())
        for field in fields(kind)
        if not is_plain(get_type_hints(kind)[field.name])
    ]


def example(hint: Any) -> Any:
    """A value of the hint as JSON."""
    first = parts(hint)[0]
    if "tuple" in str(hint):
        return [1, 2]
    if issubclass(first, Enum):
        return next(iter(first)).value
    if first is datetime:
        return "2026-01-02T03:04:05+00:00"
    return {bool: True, int: 1, float: 0.5, date: "2026-01-02"}[first]


def shape(kind: type[Fact]) -> dict[str, Any]:
    """What the golden file keeps of one fact: its version and an example of its frozen JSON."""
    hints = get_type_hints(kind)
    return {"version": kind.version, "example": {field.name: example(hints[field.name]) for field in fields(kind)}}


def golden(folder: Path = GOLDEN) -> dict[str, dict[str, Any]]:
    """Every fact ever shipped, by name."""
    return {name: kept for path in sorted(folder.glob("*.json")) for name, kept in json.loads(path.read_text()).items()}


def lost(facts: Mapping[str, type[Fact]], kept: Mapping[str, dict[str, Any]]) -> list[str]:
    """Facts of the golden file that are gone, or whose old JSON no longer loads, or that have lost a field."""
    from stoa.base.facts import load

    found = []
    for name, old in sorted(kept.items()):
        if name not in facts:
            found.append(f"{name} was shipped once and is gone: facts are additive only")
            continue
        gone = set(old["example"]) - {field.name for field in fields(facts[name])}
        found += [f"{name}.{field} was shipped once and is gone" for field in sorted(gone)]
        try:
            if (
                not gone
                and load(name, old["example"]).content() | old["example"] != load(name, old["example"]).content()
            ):
                found.append(f"{name}: the old JSON loads as something else")
        except (TypeError, ValueError, KeyError) as trouble:
            found.append(f"{name}: the old JSON no longer loads: {trouble}")
    return found


def unkept(facts: Mapping[str, type[Fact]], kept: Mapping[str, dict[str, Any]]) -> list[str]:
    """Facts, or fields of facts, that the golden file does not have yet."""
    return [
        f"{name}: not in tests/house/facts_golden/: run python -m tests.house.write"
        for name, kind in sorted(facts.items())
        if name not in kept or set(shape(kind)["example"]) - set(kept[name]["example"])
    ]


def keep(facts: Mapping[str, type[Fact]], folder: Path = GOLDEN) -> None:
    """Adds what is new to the golden files, one per room; takes nothing away."""
    folder.mkdir(exist_ok=True)
    kept = golden(folder)
    for name, kind in facts.items():
        new = shape(kind)
        old = kept.get(name, {"version": kind.version, "example": {}})
        kept[name] = {"version": max(kind.version, old["version"]), "example": new["example"] | old["example"]}
    rooms: dict[str, dict[str, Any]] = {}
    for name, shaped in sorted(kept.items()):
        rooms.setdefault(name.split(".")[0], {})[name] = shaped
    for room, shapes in rooms.items():
        (folder / f"{room}.json").write_text(json.dumps(shapes, indent=2, sort_keys=True) + "\n")
