"""Words that are taken back, or whose author leaves, while somebody has them in hand."""

from collections.abc import Callable

import pytest

from stoa.base.actors import Actor, system
from stoa.base.errors import NotPossible
from stoa.base.work.drain import drain
from stoa.social.networks.actions import disconnect_channel
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import (
    confirm_down,
    confirm_published,
    erase_words,
    let_go,
    withdraw_delivery,
)
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.by_hand.handing import THERE, Page, at, handed
from stoa.social.publish.tests.makers import fresh

pytestmark = pytest.mark.django_db


def test_words_taken_back_while_in_hand_ask_whether_they_were_posted(
    channel: Channel, staff: Actor, page: Callable[[str | None], Page]
) -> None:
    """Somebody may have posted them a minute ago: only a person can say, and until then nothing is called gone."""
    page(None)
    delivery = handed(channel, staff)
    withdraw_delivery(delivery, "Their author took them back.", by=system("bridge"))
    row = fresh(delivery)
    assert (row.state, row.question, row.takedown) == ("asks", "ambiguous", "asked")
    confirm_published(row, THERE, by=staff)
    drain()
    row = fresh(delivery)
    assert (row.state, row.takedown) == ("published", "unclear")
    confirm_down(row, by=staff)
    row = fresh(delivery)
    assert (row.state, row.takedown, row.due_at) == ("withdrawn", "gone", None)
    with pytest.raises(NotPossible):
        confirm_down(row, by=staff)


def test_words_taken_back_after_nobody_spoke_of_them_ask_too(channel: Channel, staff: Actor) -> None:
    delivery = handed(channel, staff)
    with at(3):
        drain()
        withdraw_delivery(fresh(delivery), "Their author took them back.", by=system("bridge"))
        row = fresh(delivery)
        assert (row.state, row.question, row.takedown) == ("asks", "ambiguous", "asked")


def test_a_takedown_by_hand_is_asked_for_also_of_a_channel_that_was_let_go(
    channel: Channel, staff: Actor, page: Callable[[str | None], Page]
) -> None:
    page(None)
    delivery = handed(channel, staff)
    confirm_published(delivery, THERE, by=staff)
    drain()
    disconnect_channel(channel, by=staff)
    withdraw_delivery(fresh(delivery), "Their author took them back.", by=system("bridge"))
    drain()
    assert fresh(delivery).takedown == "unclear"
    assert confirm_down(fresh(delivery), by=staff).state == "withdrawn"


def test_words_taken_back_that_nobody_posted_are_let_go(channel: Channel, staff: Actor) -> None:
    delivery = handed(channel, staff)
    withdraw_delivery(delivery, "Their author took them back.", by=system("bridge"))
    let_go(fresh(delivery), "Nobody posted it.", by=staff)
    row = fresh(delivery)
    assert (row.state, row.takedown) == ("withdrawn", "")


def test_an_authors_leaving_empties_what_is_in_hand(channel: Channel, staff: Actor) -> None:
    delivery = handed(channel, staff)
    Delivery.objects.filter(id=delivery.id).update(about_key="talk.topic", about_id=7)
    assert erase_words(("talk.topic", 7), by=system("bridge")) == 0
    assert fresh(delivery).text == ""
