"""The world, built once for all these tests and rolled back afterwards; each test has its own savepoint in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access import sweep
from tests.access import world as worlds
from tests.access.sweep import Found, Swept
from tests.access.world import World


@pytest.fixture(scope="package")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), worlds.aside(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(made: World, db: Any) -> World:
    """The world; what a test changes in it is undone."""
    return made


@pytest.fixture(scope="package")
def swept(made: World, django_db_blocker: Any) -> Swept:
    """What the sweep of the whole world found."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = sweep.sweep(made)
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="package")
def apart(made: World, swept: Swept, django_db_blocker: Any) -> Found:
    """Where a world without the secret space answers otherwise."""
    with django_db_blocker.unblock(), worlds.without_secret(made), transaction.atomic():
        found = sweep.differences(swept, sweep.again(made, swept))
        transaction.set_rollback(True)
    return found
