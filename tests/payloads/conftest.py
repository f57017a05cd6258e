"""The world of the access tests, made anew for each test: the browser's loop must run before the database is asked."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.access import world as worlds
from tests.access.world import World


@pytest.fixture
def world(db: Any) -> Iterator[World]:
    with worlds.aside():
        yield worlds.build()
