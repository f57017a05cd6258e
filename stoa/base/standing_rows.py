"""Rows of a standing query as instances of their models: by a plan that is made once per text, where Django finds out anew for each row.

A page of a list makes a hundred instances; Django's way to make one costs as much as SQLite needs to find ten. The plan
knows which columns belong to which model and what turns a column into its value; an instance is its class and its dictionary. Whoever
does more when an instance is made (their own `__init__` or `from_db`, a signal, a field that sets its value in its own way) is no matter
for a plan: then Django makes the rows, as without this module.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connections
from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import BaseIterable, FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

PLAIN = (DeferredAttribute, ForeignKeyDeferredAttribute)
Converter = tuple[int, Callable[..., Any], Any, bool]


@dataclass(frozen=True)
class Part:
    """One model's columns of a row, and under which names it and the instance that it hangs at know each other."""

    model: type[Model]
    names: tuple[str, ...]
    columns: slice
    key: int
    here: str
    there: str
    parts: tuple["Part", ...]

    def made(self, row: list[Any], database: str) -> Model:
        instance = object.__new__(self.model)
        near: dict[str, Any] = {}
        state = object.__new__(ModelState)
        state.__dict__ = {"db": database, "adding": False, "fields_cache": near}
        instance.__dict__ = dict(zip(self.names, row[self.columns], strict=True))
        instance.__dict__["_state"] = state
        for part in self.parts:
            near[part.here] = other = None if row[part.key] is None else part.made(row, database)
            if other is not None and part.there:
                other._state.fields_cache[part.there] = instance
        return instance


class Plan:
    """How the rows of one text become instances, or plain rows (`part` None), or single values (`flat`)."""

    def __init__(
        self, compiler: Any, part: Part | None = None, noted: tuple[tuple[str, int], ...] = (), *, flat: bool = False
    ) -> None:
        self._compiler, self._part, self._noted, self._flat = compiler, part, noted, flat
        self._columns = compiler.col_count if compiler.has_extra_select else 0  # what only orders is no part of a row
        self._converters: WeakKeyDictionary[Any, list[Converter]] = WeakKeyDictionary()

    def rows(self, sql: str, parameters: Sequence[Any], database: str) -> Iterator[Any]:
        """What the text finds with these parameters."""
        connection, part, noted = connections[database], self._part, self._noted
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found = cursor.fetchall()
        converters = self._of(connection)
        for row in map(list, found):
            if self._columns:
                del row[self._columns :]
            for place, convert, column, reads_null in converters:
                if reads_null or row[place] is not None:
                    row[place] = convert(row[place], column, connection)
            if part is None:
                yield row[0] if self._flat else tuple(row)
                continue
            made = part.made(row, database)
            for name, place in noted:
                made.__dict__[name] = row[place]
            yield made

    def _of(self, connection: Any) -> list[Converter]:
        """What turns columns into values, asked once per connection."""
        found = self._converters.get(connection)
        if found is None:
            columns = [each[0] for each in self._compiler.select[: self._compiler.col_count]]
            all_of_them = self._compiler.get_converters(columns).items()
            own = connection.ops  # a database's own converters leave NULL as it is, a field's may not
            found = [
                (place, convert, column, getattr(convert, "__self__", None) is not own)
                for place, (converts, column) in all_of_them
                for convert in converts
            ]
            self._converters[connection] = found
        return found


class Planned(BaseIterable):  # type: ignore[type-arg]
    """What a QuerySet iterates by, where there is a plan."""

    def __iter__(self) -> Iterator[Any]:
        query: Any = self.queryset.query
        yield from query.plan.rows(*query.written, self.queryset.db)


def plan_of(compiler: Any, iterable: type) -> Plan | None:
    """The plan of a compiler that has written its text; None where Django is to make the rows."""
    columns = [each[0] for each in compiler.select[: compiler.col_count]]
    if compiler.has_composite_fields(columns):
        return None
    if iterable in (ValuesListIterable, FlatValuesListIterable):
        return Plan(compiler, flat=iterable is FlatValuesListIterable)
    if iterable is not ModelIterable:
        return None
    part = _part_of(compiler.klass_info, compiler.select)
    noted = tuple((compiler.annotation_col_map or {}).items())
    if part is None or any(hasattr(part.model, name) for name, _place in noted):
        return None
    return Plan(compiler, part, noted)


def _part_of(told: Any, select: Any, here: str = "", there: str = "") -> Part | None:
    model, numbers = told["model"], told["select_fields"]
    names = tuple(select[number][0].target.attname for number in numbers)
    near = [_related(each, select) for each in told.get("related_klass_infos", [])]
    in_a_row = list(numbers) == list(range(numbers[0], numbers[-1] + 1))
    if told.get("from_parent") or not in_a_row or not _is_plain(model, names) or None in near:
        return None
    key = numbers[0] + names.index(model._meta.pk.attname)
    parts = tuple(each for each in near if each)
    return Part(model, names, slice(numbers[0], numbers[-1] + 1), key, here, there, parts)


def _related(told: Any, select: Any) -> Part | None:
    """A model that is read along by a foreign key, or by the other end of a one-to-one."""
    field = told["field"]
    if isinstance(told["local_setter"], partial):  # a filtered relation's
        return None
    if told["reverse"]:
        return _part_of(told, select, field.remote_field.cache_name, field.cache_name)
    return _part_of(told, select, field.cache_name, field.remote_field.cache_name if field.unique else "")


def _is_plain(model: type[Model], names: tuple[str, ...]) -> bool:
    """Whether an instance is no more than its values."""
    heard = any(signal.has_listeners(model) for signal in (pre_init, post_init))
    made_alike = model.__init__ is Model.__init__ and model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
    return not heard and made_alike and all(_is_kept_as_it_comes(type(getattr(model, name))) for name in names)


def _is_kept_as_it_comes(attribute: type) -> bool:
    """Whether a value from the database stands in the dictionary once it is set, and nothing else happens."""
    return attribute in PLAIN or getattr(attribute, "keeps_what_is_stored", False)
