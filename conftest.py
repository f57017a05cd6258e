"""What all tests share: a still clock when they ask for it, no threads, no sleeping, no network."""

import pytest
from django.conf import settings

from stoa.settings import ROOT

(ROOT / "build").mkdir(exist_ok=True)


@pytest.fixture(autouse=True)
def _quiet_work() -> None:
    settings.STOA_WORK_THREADS = 0
    settings.STOA_WAKE = False
