"""Standing writes: the SQL of what every act writes is written once per shape, beside `standing_queries`.

    insert(FactRow(...))                                     as `bulk_create`, without its questions
    update(Delivery, {"id": 1, "fence": 3}, state="sent")    as `filter(...).update(...)`, how many rows were changed
    delete(Hearing, {"id": 1, "fence": 3})                   of rows at which nothing hangs, how many are gone

A value goes through its field as Django's own writing sends it; one that the database is to compute is refused, and so is the insert of
a row whose saving somebody hears of.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, Model
from django.db.models.signals import post_save, pre_save


def insert(*rows: Model) -> None:
    """Adds new rows, all of one model, in one statement; nothing for no row. Their ids were drawn when they were made."""
    if not rows:
        return
    fields = _fields(type(rows[0]))
    values = [_sent(field, field.pre_save(row, add=True)) for row in rows for field in fields]
    _written(_insert(type(rows[0]), len(rows)), values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update(model: type[Model], where: Mapping[str, Any], **changes: Any) -> int:
    """Writes these values where the columns of `where` are as it says (never NULL); gives how many rows were changed."""
    return _written(_update(model, tuple(changes), tuple(where)), _values(model, changes) + _values(model, where))


def delete(model: type[Model], where: Mapping[str, Any]) -> int:
    """Deletes the rows whose columns are as `where` says; gives how many. What hangs at them is not looked for, as Django would."""
    return _written(_delete(model, tuple(where)), _values(model, where))


def _values(model: type[Model], named: Mapping[str, Any]) -> list[Any]:
    return [_sent(_field(model, name), value) for name, value in named.items()]


def _written(sql: str, values: list[Any]) -> int:
    """How many rows. An error marks the transaction as one to be undone, as it does in Django."""
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def _sent(field: Any, value: Any) -> Any:
    sent = field.get_db_prep_save(value.pk if isinstance(value, Model) else value, connection)
    if hasattr(sent, "as_sql"):
        raise TypeError(f"{field} is computed by the database: no kept text has a place for it")
    return sent


@cache
def _fields(model: type[Model]) -> tuple[Any, ...]:
    if any(signal.has_listeners(model) for signal in (pre_save, post_save)):
        raise TypeError(f"somebody hears when a {model.__name__} is saved")
    return tuple(field for field in model._meta.local_concrete_fields if not field.generated)


@cache
def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    found = model._meta.get_field(name)
    if not isinstance(found, Field):
        raise TypeError(f"{name} is no column of {model.__name__}")
    return found


@cache
def _insert(model: type[Model], count: int) -> str:
    name, fields = connection.ops.quote_name, _fields(model)
    row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(name(field.column) for field in fields)
    return f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES {', '.join([row] * count)}"  # noqa: S608


@cache
def _update(model: type[Model], changed: tuple[str, ...], where: tuple[str, ...]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    return f"UPDATE {table} SET {_each(model, changed, ', ')} WHERE {_each(model, where, ' AND ')}"  # noqa: S608


@cache
def _delete(model: type[Model], where: tuple[str, ...]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    return f"DELETE FROM {table} WHERE {_each(model, where, ' AND ')}"  # noqa: S608


def _each(model: type[Model], names: tuple[str, ...], between: str) -> str:
    return between.join(f"{connection.ops.quote_name(str(_field(model, name).column))} = %s" for name in names)
