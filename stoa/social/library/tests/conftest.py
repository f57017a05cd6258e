"""Files in a folder of the test's own."""

from pathlib import Path
from typing import Any

import pytest

from stoa.base.actors import Actor
from stoa.spaces.tests.makers import make_staff


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


@pytest.fixture
def staff(db: None) -> Actor:
    return make_staff("social_media_manager")
