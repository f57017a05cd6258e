"""Listening on a network that repeats itself, loses its place and breaks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stoa.base.models import FactRow
from stoa.people.models import Identity
from stoa.social.listen.actions.fetching import start_listening
from stoa.social.listen.models import Conversation, Fetch, Mention, Message
from stoa.social.listen.tests.fake import KETTLE, START, HardOfHearing, heard
from stoa.social.listen.tests.makers import work_on
from stoa.social.networks import lines
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Expired, Hearing, Reconnect, TryLater, Unknown

LATER = START + timedelta(minutes=1)


def told(name: str) -> int:
    return FactRow.objects.filter(name=name).count()


def test_what_is_heard_becomes_a_conversation(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Hearing((heard("a"),), "1")]
    work_on(LATER)
    conversation = Conversation.objects.get()
    assert (conversation.state, conversation.waiting_since, conversation.opened_at) == ("waiting", START, START)
    message = Message.objects.get()
    assert (message.words, message.at, message.permalink) == ("Is it open on Sunday?", START, "https://hard.example/a")
    assert Identity.objects.get().handle == "kettlefan"
    assert Mention.objects.get().kind == "mention"
    assert (told("listen.conversation_opened"), told("listen.message_heard"), told("listen.channel_heard")) == (1, 1, 1)


def test_the_same_page_twice_changes_nothing(network: HardOfHearing, channel: Channel) -> None:
    page = Hearing((heard("a"), heard("b", minutes=-1)), "1")
    network.pages = [page, page, page]
    work_on(LATER, minutes=6)
    assert Message.objects.count() == 2
    assert told("listen.message_heard") == 2


def test_the_same_message_twice_in_one_page_is_one(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Hearing((heard("a"), heard("a")), "1")]
    work_on(LATER)
    assert Message.objects.count() == 1


def test_a_cursor_that_goes_back_is_followed_and_nothing_doubles(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Hearing((heard("a"),), "9"), Hearing((heard("a"),), "3"), Hearing((heard("b"),), "10")]
    work_on(LATER, minutes=6)
    assert network.cursors[:4] == ["", "9", "3", "10"]
    assert Message.objects.count() == 2


def test_a_page_that_says_more_and_leads_nowhere_is_not_followed_at_once(
    network: HardOfHearing, channel: Channel
) -> None:
    network.pages = [Hearing((), "", more=True)] * 50
    work_on(LATER, minutes=5, every=5)
    assert len(network.cursors) == 6


def test_more_is_fetched_at_once(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Hearing((heard(str(number)),), str(number), more=True) for number in range(5)]
    work_on(LATER, minutes=0.5, every=2)
    assert Message.objects.count() == 5


def test_what_comes_late_stands_in_its_place(network: HardOfHearing, channel: Channel) -> None:
    third = heard("c", "And on Monday?", minutes=4, kind="reply", in_reply_to="a", root="a")
    network.pages = [Hearing((third,), "1"), Hearing((heard("a", minutes=1),), "2")]
    work_on(LATER + timedelta(minutes=5))
    conversation = Conversation.objects.get()
    assert [each.remote_id for each in conversation.messages.told()] == ["a", "c"]
    assert conversation.waiting_since == conversation.opened_at == START + timedelta(minutes=1)


def test_two_people_below_one_post_are_two_conversations(network: HardOfHearing, channel: Channel) -> None:
    other = Account("id-other", "other", "Other")
    page = [heard("a", kind="reply", root="p"), heard("b", kind="reply", root="p", by=other)]
    network.pages = [Hearing(tuple(page), "1")]
    work_on(LATER)
    assert Conversation.objects.count() == 2
    assert Mention.objects.count() == 0


def test_words_that_are_no_text_are_made_text(network: HardOfHearing, channel: Channel) -> None:
    nasty = "<script>alert(1)</script>\x00\x1b[31m\ud800 end\nnext"
    page = [heard("a", nasty, address="javascript:alert(1)"), heard("b" * 400), heard("", "no id")]
    network.pages = [Hearing(tuple(page), "1")]
    work_on(LATER)
    message = Message.objects.get()
    assert message.words == "<script>alert(1)</script>[31m end\nnext"
    assert message.permalink == ""


def test_a_message_from_the_future_does_not_wait_before_now(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Hearing((heard("a", minutes=60 * 24 * 400),), "1")]
    work_on(LATER)
    assert Message.objects.get().at == LATER


def test_a_name_follows_the_newest_word(network: HardOfHearing, channel: Channel) -> None:
    renamed = Account(KETTLE.id, "kettles", "Kettles")
    network.pages = [Hearing((heard("b", by=renamed),), "1"), Hearing((heard("a", minutes=-9),), "2")]
    work_on(LATER)
    assert Identity.objects.get().handle == "kettles"


def test_an_edit_replaces_the_words(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Hearing((heard("a"),), "1"), Hearing((heard("a", "Never mind", version="2"),), "2")]
    work_on(LATER)
    assert Message.objects.get().words == "Never mind"


def test_what_we_said_ourselves_is_not_heard(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Hearing((heard("a", by=Account(channel.remote_id, channel.handle)),), "1")]
    work_on(LATER)
    assert not Message.objects.exists()


def test_patience_is_kept_for_the_whole_channel(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [TryLater("Slowly.", after=150), Hearing((heard("a"),), "1")]
    work_on(LATER, minutes=2)
    assert len(network.cursors) == 1
    channel.refresh_from_db()
    assert channel.quiet_until == LATER + timedelta(seconds=150)
    work_on(LATER + timedelta(minutes=2), minutes=1)
    assert Message.objects.count() == 1
    assert Fetch.objects.get().trouble == ""


def test_a_channel_that_must_be_connected_again_waits_for_a_person(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Reconnect("The password was changed."), Hearing((heard("a"),), "1")]
    work_on(LATER, minutes=10)
    channel.refresh_from_db()
    assert (channel.state, len(network.cursors)) == ("reconnect", 1)
    assert (Fetch.objects.get().due_at, Fetch.objects.get().trouble) == (None, "The password was changed.")
    Channel.objects.update(state="connected")
    start_listening(channel.id)
    work_on(LATER + timedelta(minutes=10), minutes=1)
    assert Message.objects.count() == 1


def test_a_token_that_ended_is_renewed_once(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Expired("The token ended."), Hearing((heard("a"),), "1")]
    work_on(LATER, minutes=1, every=2)
    assert (network.refreshed, Message.objects.count()) == (1, 1)
    network.pages = [Expired("The token ended."), Expired("The token ended.")]
    work_on(LATER + timedelta(minutes=5), minutes=5)
    channel.refresh_from_db()
    assert (network.refreshed, channel.state) == (2, "reconnect")


@pytest.mark.parametrize("trouble", [Unknown("No answer."), ValueError("not JSON"), KeyError("notices")])
def test_trouble_is_tried_again_ever_more_slowly_and_loses_nothing(
    trouble: Exception, network: HardOfHearing, channel: Channel
) -> None:
    network.pages = [trouble, trouble, trouble, Hearing((heard("a"),), "1")]
    work_on(LATER, minutes=30)
    assert network.cursors[:4] == ["", "", "", ""]
    assert Message.objects.count() == 1
    assert Fetch.objects.get().trouble == ""


def test_a_message_that_its_author_took_down_waits_no_more(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Hearing((heard("a"), heard("b", by=Account("id-o", "o"))), "1")]
    work_on(LATER)
    network.fallen = {"a"}
    work_on(LATER + timedelta(minutes=40))
    gone = Message.objects.get(remote_id="a")
    assert (gone.presence, gone.text, gone.conversation.state) == ("gone", "", "closed")
    assert Message.objects.get(remote_id="b").conversation.state == "waiting"


@pytest.mark.parametrize("after", [float("inf"), float("nan"), 1e300, -5.0])
def test_a_wait_without_end_is_an_hour_at_most(network: HardOfHearing, channel: Channel, after: float) -> None:
    network.pages = [TryLater("Slow down.", after=after), Hearing((heard("a"),), "1")]
    work_on(LATER)
    due = Fetch.objects.get().due_at
    assert due is not None
    assert due <= LATER + timedelta(hours=2)


def test_ids_that_no_database_keeps_are_left_out(network: HardOfHearing, channel: Channel) -> None:
    bad = (heard("a\x00b"), heard("c\ud800"), heard("d", in_reply_to="e\x00"), heard("f", by=Account("g\n", "g")))
    network.pages = [Hearing((*bad, heard("h")), "1")]
    work_on(LATER)
    assert list(Message.objects.values_list("remote_id", flat=True)) == ["h"]


def test_an_instant_that_cannot_be_is_now_or_ten_years_ago(network: HardOfHearing, channel: Channel) -> None:
    first = datetime(1, 1, 1, tzinfo=UTC)
    never, once = replace(heard("a"), at=first), replace(heard("b"), at=datetime(2004, 5, 1, tzinfo=UTC))
    network.pages = [Hearing((never, once), "1")]
    work_on(LATER, minutes=0)
    at = dict(Message.objects.values_list("remote_id", "at"))
    assert at == {"a": LATER, "b": LATER - timedelta(days=3650)}


def test_listening_ends_before_its_lease_does(
    network: HardOfHearing, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "ASKING", -1.0)
    monkeypatch.setattr(
        HardOfHearing, "listen", lambda _self, cursor, over: over.http.request("GET", "https://a.example")
    )
    work_on(LATER, minutes=0)
    assert Fetch.objects.get().trouble == "The time for this was over before the request left."
