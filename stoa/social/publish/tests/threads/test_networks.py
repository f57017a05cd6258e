"""A thread of three through the engine, on the small networks that connectors are rehearsed with: it stands there as a thread."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stoa.base import clock
from stoa.base.actors import Actor, system
from stoa.social.networks import lines, registry
from stoa.social.networks.actions.channels import keep_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.rehearsing import rehearsal_of
from stoa.social.publish.actions import withdraw_delivery
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.makers import START, fresh, make_thread, run
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Actor:
    return make_staff("social_media_manager", "operator")


@pytest.fixture
def there(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> Iterator[tuple[Channel, Any]]:
    settings.STOA_DATA = tmp_path
    connector = registry.get(request.param)
    with clock.pinned(START), rehearsal_of(connector) as rehearsal:
        monkeypatch.setattr(lines, "client", lambda: rehearsal.http)
        account, granted = connector.connect(rehearsal.answers, http=rehearsal.http)
        yield keep_channel(request.param, account, granted, by=system("networks")), rehearsal.http


def thread_on(channel: Channel, staff: Actor) -> list[Delivery]:
    rows = make_thread(channel, comment="More below.", by=staff)
    run()
    found = [fresh(row) for row in rows]
    assert [row.state for row in found] == ["published"] * 4
    return found


@pytest.mark.parametrize("there", ["bluesky"], indirect=True)
def test_root_and_parent_are_right_where_both_are_named(there: tuple[Channel, Any], staff: Actor) -> None:
    channel, server = there
    rows = thread_on(channel, staff)
    first, second, third, comment = (row.remote_id for row in rows)
    replies = {uri: record["value"].get("reply") for uri, record in server.records.items()}
    versions = {uri: record["cid"] for uri, record in server.records.items()}

    def below(root: str, parent: str) -> dict[str, dict[str, str]]:
        return {"root": {"uri": root, "cid": versions[root]}, "parent": {"uri": parent, "cid": versions[parent]}}

    assert replies == {
        first: None, second: below(first, first), third: below(first, second), comment: below(first, first),
    }  # fmt: skip
    withdraw_delivery(rows[0], "Taken back.", by=system("bridge"))
    run()
    assert server.records == {}


@pytest.mark.parametrize("there", ["mastodon"], indirect=True)
def test_each_answers_the_one_before_and_names_nobody(there: tuple[Channel, Any], staff: Actor) -> None:
    channel, server = there
    first, second, third, comment = (row.remote_id for row in thread_on(channel, staff))
    answered = {id: status["in_reply_to_id"] for id, status in server.statuses.items()}
    assert answered == {first: None, second: first, third: second, comment: first}
    assert [server.statuses[id]["content"] for id in (second, third)] == ["<p>Two.</p>", "<p>Three.</p>"]
