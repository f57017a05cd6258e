"""Standing writes: the SQL of an insert or an update that happens with every act is written once per shape, beside `standing_queries`.

    insert(FactRow(...))                                     as `bulk_create`, without its questions
    update(Delivery, {"id": 1, "fence": 3}, state="sent")    as `filter(...).update(...)`, how many rows were changed

For rows of which nobody hears when they are saved: a model with listeners, or a value that the database is to compute, is refused. A
value goes through its field as Django's own writing sends it.
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
    _written(_insert(type(rows[0]), len(rows), connection.vendor), values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update(model: type[Model], where: Mapping[str, Any], **changes: Any) -> int:
    """Writes these values where the columns of `where` are as it says (never NULL); gives how many rows were changed."""
    found = {**changes, **{f"={name}": value for name, value in where.items()}}
    values = [_sent(_field(model, name.removeprefix("=")), value) for name, value in found.items()]
    return _written(_update(model, tuple(changes), tuple(where), connection.vendor), values)


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
def _insert(model: type[Model], count: int, vendor: str) -> str:
    name, fields = connection.ops.quote_name, _fields(model)
    row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(name(field.column) for field in fields)
    return f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES {', '.join([row] * count)}"  # noqa: S608


@cache
def _update(model: type[Model], changed: tuple[str, ...], where: tuple[str, ...], vendor: str) -> str:
    def each(names: tuple[str, ...], between: str) -> str:
        return between.join(f"{connection.ops.quote_name(str(_field(model, name).column))} = %s" for name in names)

    table = connection.ops.quote_name(model._meta.db_table)
    return f"UPDATE {table} SET {each(changed, ', ')} WHERE {each(where, ' AND ')}"  # noqa: S608
