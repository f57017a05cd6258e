"""What may open one channel only: a bot whose talk is told once cannot serve two."""

import pytest

from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.social.networks import lines
from stoa.social.networks.actions import connect_channel, disconnect_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.telegram.tests.rehearsal import CHANNEL, TOKEN, SmallServer
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> SmallServer:
    server = SmallServer()
    monkeypatch.setattr(lines, "client", lambda: server)
    return server


def test_a_second_channel_is_not_opened_with_the_same_bot(
    staff: Actor, server: SmallServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"token": TOKEN, "channel": "@theguild"}
    first = connect_channel("telegram", answers, by=staff)
    again = connect_channel("telegram", {**answers, "token": f" {TOKEN} "}, by=staff)
    assert (again.id, Channel.objects.count()) == (first.id, 1)
    monkeypatch.setitem(CHANNEL, "id", -1003000)
    with pytest.raises(Invalid) as refused:
        connect_channel("telegram", answers, by=staff)
    assert (refused.value.field, Channel.objects.count()) == ("token", 1)
    disconnect_channel(first, by=staff)
    assert connect_channel("telegram", answers, by=staff).remote_id == "-1003000"
