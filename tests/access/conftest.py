"""The world, built once for the tests of a file and rolled back afterwards; each test has its own savepoint in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access import world as worlds
from tests.access.world import World


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), worlds.aside(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(made: World, db: Any) -> World:
    """The world; what a test changes in it is undone."""
    return made
