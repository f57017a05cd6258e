"""One account that a person posts for, and its network's public page."""

from collections.abc import Callable, Iterator

import pytest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.social.networks import lines
from stoa.social.networks.actions import connect_by_hand
from stoa.social.networks.models import Channel
from stoa.social.publish.tests.by_hand.handing import Page
from stoa.social.publish.tests.makers import START
from stoa.spaces.tests.makers import make_staff


@pytest.fixture
def staff() -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def channel(staff: Actor) -> Iterator[Channel]:
    with clock.pinned(START):
        yield connect_by_hand("bluesky", "@porch.example", "Porch", "https://bsky.app/profile/porch.example", by=staff)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], Page]:
    def shown(says: str | None) -> Page:
        made = Page(says)
        monkeypatch.setattr(lines, "stranger", lambda: made)
        return made

    return shown
