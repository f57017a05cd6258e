"""A channel on a hostile network, listened to from the start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stoa.base import clock
from stoa.base.work.drain import drain
from stoa.social.listen.tests.fake import START, HardOfHearing, plugged
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[HardOfHearing]:
    with plugged(monkeypatch) as fake:
        yield fake


@pytest.fixture
def channel(network: HardOfHearing, db: None, settings: object, tmp_path: Path) -> Iterator[Channel]:
    settings.STOA_DATA = tmp_path  # type: ignore[attr-defined]
    with clock.pinned(START):
        made = make_channel(network.key)
        drain()
        network.cursors.clear()
        yield made
