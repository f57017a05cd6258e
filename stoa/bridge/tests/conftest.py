"""A network that the tests command, and one connected channel there."""

from collections.abc import Iterator

import pytest

from stoa.base import clock
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.tests.hostile import HostileNetwork, plugged
from stoa.social.publish.tests.makers import START


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[HostileNetwork]:
    with plugged(HostileNetwork(), monkeypatch) as hostile:
        yield hostile


@pytest.fixture
def channel(network: HostileNetwork, db: None, settings: object, tmp_path: object) -> Iterator[Channel]:
    settings.STOA_DATA = tmp_path  # type: ignore[attr-defined]
    with clock.pinned(START):
        yield make_channel("hostile")
