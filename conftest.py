"""What all tests share: a still clock when they ask for it, no threads, no sleeping, no network."""

import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings

from stoa.settings import ROOT

hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")  # a busy machine is no fault of the code
(ROOT / "build").mkdir(exist_ok=True)
if os.environ.get("STOA_TEST_DB") == "postgres" and not os.environ.get("STOA_DATABASE"):
    pytest.exit("Tests on PostgreSQL need its plugin: python -m pytest -p tests.pgrun …", returncode=4)


@pytest.fixture(scope="session", autouse=True)
def _quiet_work() -> None:
    """For the whole run, so that worlds that are built before a test are quiet too."""
    settings.STOA_WORK_THREADS = 0
    settings.STOA_WAKE = False
    settings.STOA_DATA = ROOT / "build" / "data"  # keys that tests make lie apart from an installation's


@pytest.fixture(autouse=True)
def _no_words_left(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """The tables of searched words are none of Django's: what a test with real transactions left in them goes with it."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        from django.db import connection

        from stoa.base.search.tables import TABLE

        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


@pytest.fixture(autouse=True)
def _no_site_kept() -> None:
    from stoa.base.shell import forget_site

    forget_site()
