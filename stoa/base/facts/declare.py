"""What a fact is: a frozen dataclass of ids, enums, numbers and instants, with a name that is never used again."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, ClassVar, TypeVar, get_type_hints


@dataclass(frozen=True)
class Fact:
    """The base of every fact. Fields: int, bool, float, datetime, date, an Enum, or a tuple of ints; optional ones with None."""

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1
    about: ClassVar[tuple[str, str] | None] = None

    def content(self) -> dict[str, Any]:
        """The frozen JSON."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    def about_thing(self) -> tuple[str, int | None]:
        """The thing whose page would want to know: (key, id), or ("", None)."""
        return (self.about[0], getattr(self, self.about[1])) if self.about else ("", None)


F = TypeVar("F", bound=Fact)
_facts: dict[str, type[Fact]] = {}


def fact(name: str, *, about: tuple[str, str] | None = None, version: int = 1) -> Callable[[type[F]], type[F]]:
    """Registers a fact under `name` ("room.past_tense"). `about` is (key of a thing, the field that holds its id)."""

    def register(kind: type[F]) -> type[F]:
        kind.name, kind.version, kind.about = name, version, about
        if name in _facts and _facts[name].__qualname__ != kind.__qualname__:
            raise ValueError(f"two facts are called {name}")
        _facts[name] = kind
        return kind

    return register


def all_facts() -> dict[str, type[Fact]]:
    return dict(_facts)


def load(name: str, content: dict[str, Any]) -> Fact:
    """The fact of a row. Fields that the row did not have yet take their defaults; KeyError for an unknown name."""
    kind: Any = _facts[name]
    hints = _hints(kind)
    found: Fact = kind(**{key: _typed(hints[key], value) for key, value in content.items() if key in hints})
    return found


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """Of what type each field of a fact is."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _typed(hint: Any, value: Any) -> Any:
    options = [option for option in getattr(hint, "__args__", ()) if option is not type(None)] or [hint]
    kind = hint if isinstance(hint, type) else options[0]
    if value is None or not isinstance(kind, type):
        return value
    if issubclass(kind, datetime | date):
        return kind.fromisoformat(value)
    if issubclass(kind, Enum):
        return kind(value)
    return tuple(value) if isinstance(value, list) else value
