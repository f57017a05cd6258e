"""A GET never writes: a guard that refuses every change but those of a session."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
ALLOWED = ("django_session",)


class Wrote(Exception):
    """A change was tried where nothing may change."""


def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.lstrip().upper().startswith(CHANGES) and not any(f'"{table}"' in sql for table in ALLOWED):
        raise Wrote(sql[:120])
    return execute(sql, params, many, context)


@contextmanager
def nothing_written() -> Iterator[None]:
    """Within the block every change of a row raises `Wrote`."""
    with connection.execute_wrapper(refuse):
        yield
