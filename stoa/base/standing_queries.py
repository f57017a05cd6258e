"""Standing queries: the SQL of a query that hot pages ask is written once per shape, and filled with each request's values.

    def seen_topic(actor, topic_id): return Topic.objects.visible_to(actor).filter(id=topic_id)
    rows = standing(seen_topic, actor, topic_id=topic_id)

Writing the SQL of a query with sight in it costs Django ten times what SQLite needs to answer it. The first call of a shape builds the
query with a stand-in for the actor and for every value, and beside it the real one: only when both are the same SQL, and the same
parameters once the stand-ins are replaced, is the text kept. Whatever computes with a value (an address made of an id, a date from
an id) fails that test and is built anew each time, as without this module. How its rows become instances is kept too (`standing_rows`).

A builder is a function of its module, asks no clock, and decides by nothing but what it is given: values fill places, `shape` decides.
"""

import copy
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeGuard, TypeVar

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection, connections
from django.db.models import Model, QuerySet

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.base.standing_rows import Plan, Planned, plan_of

M = TypeVar("M", bound=Model)
Value = int | str | datetime | Sequence[int]
Builder = Callable[..., "QuerySet[M, Any]"]

STAND_IN = "\ue000Stands for a %text_ with \\ 'all' that \"databases\" escape \ue000"
SHAPES = 2000  # kept in a process; then all are forgotten and written anew
FIRST_NUMBER, STEP = 0x7B5A_0000, 1 << 10  # no ids; any integer column can hold 76,000 of them, small ones apart
FIRST_MOMENT = datetime(2089, 3, 7, 5, 43, 21, 987654, tzinfo=UTC)


@dataclass(frozen=True)
class Text:
    """The written query: its SQL, its parameters with the place among the values that fills each (None: it stays), its compiler, and
    how its rows are made (None: as Django makes them)."""

    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int | None, ...]
    rows: "QuerySet[Any, Any]"
    compiler: Any
    plan: Plan | None

    def filled(self, values: Sequence[Any]) -> tuple[Any, ...]:
        pairs = zip(self.parameters, self.places, strict=True)
        return tuple(kept if place is None else _like(kept, values[place]) for kept, place in pairs)


class Texts(dict[Hashable, Text | None]):
    """What is written already, by shape; None for what cannot stand."""


_texts = Texts()


def standing(
    build: "Builder[M]", actor: Actor | None = None, shape: tuple[Hashable, ...] = (), **values: Value
) -> "QuerySet[M, Any]":
    """What `build([actor,] *shape, **values)` finds. The rows may be iterated, listed and sliced by hand; to filter on, build anew."""
    key = (build, connection.vendor, shape, actor and _shape_of(actor), tuple(map(_kind_of, values.values())))
    found = _texts.get(key, ...)
    if found is ...:
        found = _written(build, actor, shape, values)
        if len(_texts) >= SHAPES:
            _texts.clear()
        _texts[key] = found
    if found is None:
        return build(*([actor] if actor else []), *shape, **values)
    return _rows_of(found, found.filled(_flat(actor, values)))


def padded(numbers: Sequence[int]) -> list[int]:
    """These ids, lengthened to the next power of two by numbers that are no ids, so that lists of all lengths have few shapes."""
    missing = (1 << max(len(numbers) - 1, 0).bit_length()) - len(numbers) if numbers else 0
    return [*numbers, *range(-1, -missing - 1, -1)]


def first(rows: "QuerySet[M, Any]") -> M | None:
    """The first of rows that were built with their order and limit."""
    return next(iter(rows), None)


def forget() -> None:
    """For tests."""
    _texts.clear()


def _shape_of(actor: Actor) -> Hashable:
    """All of an actor but which ids: those are filled in. Nothing of an Actor changes, so that it is told once."""
    known = vars(actor)
    if "standing_shape" not in known:
        rights = tuple((name, number == 0, held) for (name, number), held in _in_order(actor.rights))
        facts = (
            actor.person_id is None,
            actor.standing,
            actor.level,
            actor.language,
            actor.zone,
            actor.joined_at is None,
        )
        known["standing_shape"] = (*facts, len(actor.blocked), rights)
    return known["standing_shape"]  # type: ignore[no-any-return]


def _in_order(rights: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    return sorted(rights.items(), key=_scope)


def _scope(item: tuple[Any, Any]) -> Any:
    return item[0]


def _kind_of(value: Value) -> Hashable:
    return ("many", len(value)) if _is_many(value) else type(value).__name__


def _is_many(value: Value) -> TypeGuard[Sequence[int]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _flat(actor: Actor | None, values: Mapping[str, Value]) -> list[Any]:
    """Every value that may fill a place, in one order; moments as the database keeps them."""
    flat = [] if actor is None else list(_of_actor(actor))
    for value in values.values():
        if isinstance(value, datetime):
            flat.append(_kept(value))
        elif _is_many(value):
            flat += value
        else:
            flat.append(value)
    return flat


def _of_actor(actor: Actor) -> tuple[Any, ...]:
    """Which ids and moments an actor brings; told once, as their shape is."""
    known = vars(actor)
    if "standing_values" not in known:
        flat: list[Any] = [] if actor.person_id is None else [actor.person_id]
        flat += [scope[1] for scope, _held in _in_order(actor.rights) if scope[1]]
        flat += sorted(actor.blocked)
        if actor.joined_at is not None:
            flat += [ids.at(actor.joined_at), _kept(actor.joined_at)]
        known["standing_values"] = tuple(flat)
    return known["standing_values"]  # type: ignore[no-any-return]


def _kept(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _written(build: Any, actor: Actor | None, shape: tuple[Hashable, ...], values: Mapping[str, Value]) -> Text | None:
    """The query's text with stand-ins, proven against the real one; None where they differ or where nothing can be found."""
    numbers = count(FIRST_NUMBER, STEP)
    moments = (FIRST_MOMENT + timedelta(days=each, milliseconds=17 * each) for each in count())
    double = actor and _double(actor, numbers, moments)
    doubles: dict[str, Value] = {}
    for name, value in values.items():
        if isinstance(value, datetime):
            doubles[name] = next(moments)
        elif isinstance(value, str):
            doubles[name] = f"{STAND_IN}{next(numbers)}"
        elif isinstance(value, Sequence):
            doubles[name] = [next(numbers) for _each in value]
        else:
            doubles[name] = next(numbers)
    try:
        rows = build(*([double] if double else []), *shape, **doubles)
        compiler = rows.query.get_compiler(rows.db)
        sql, parameters = compiler.as_sql()
        real = build(*([actor] if actor else []), *shape, **values)
        real_sql, real_parameters = real.query.get_compiler(real.db).as_sql()
        at = {value: place for place, value in enumerate(_flat(double, doubles))}
        places = tuple(at.get(each) for each in parameters)
    except (EmptyResultSet, FullResultSet, TypeError):  # the last: a parameter that is a list
        return None
    text = Text(sql, tuple(parameters), places, rows, compiler, plan_of(compiler, rows._iterable_class))
    filled = text.filled(_flat(actor, values))
    return text if sql == real_sql and sorted(map(repr, filled)) == sorted(map(repr, real_parameters)) else None


def _like(kept: Any, value: Any) -> Any:
    """The value as its column wants it: for PostgreSQL an integer says how wide it is."""
    return type(kept)(value) if isinstance(kept, int) and type(kept) is not int else value


def _double(actor: Actor, numbers: Any, moments: Any) -> Actor:
    return replace(
        actor,
        person_id=None if actor.person_id is None else next(numbers),
        rights={(scope[0], scope[1] and next(numbers)): held for scope, held in _in_order(actor.rights)},
        blocked=frozenset(next(numbers) for _each in actor.blocked),
        joined_at=None if actor.joined_at is None else next(moments),
        name="", address="",
    )  # fmt: skip


class _Query:
    """Stands where a QuerySet keeps its query: what is written already, and a compiler that has it where Django makes the rows."""

    def __init__(self, text: Text, parameters: tuple[Any, ...]) -> None:
        self._text, self.plan = text, text.plan
        self.written = text.sql, parameters

    def get_compiler(self, using: str, **_options: Any) -> Any:
        compiler, written = copy.copy(self._text.compiler), self.written
        compiler.connection = connections[using]
        compiler.as_sql = lambda *_given, **_named: written
        return compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._text.rows.query, name)


def _rows_of(text: Text, parameters: tuple[Any, ...]) -> "QuerySet[Any, Any]":
    like: Any = text.rows
    rows: Any = type(like)(like.model, _Query(text, parameters), like._db)
    rows._iterable_class, rows._fields = Planned if text.plan else like._iterable_class, like._fields
    rows._known_related_objects = {}
    return rows  # type: ignore[no-any-return]
