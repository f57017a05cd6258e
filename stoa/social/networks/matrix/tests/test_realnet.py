"""The connector against a real Synapse, with the network's own Python SDK as the stranger who reads along."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stoa.social.networks.checking import objections
from stoa.social.networks.matrix.connector import BYTES, CHARACTERS, CONNECTOR
from stoa.social.networks.matrix.contents import MARK
from stoa.social.networks.matrix.tests.conftest import Guild
from stoa.social.networks.matrix.tests.makers import ALT, outgoing, picture
from stoa.social.networks.matrix.tests.realnet import Reader, local_matrix
from stoa.social.networks.protocol import (
    Absent,
    Account,
    Expired,
    Gone,
    Granted,
    Line,
    NotSent,
    Reconnect,
    Refused,
    TryLater,
)
from stoa.social.networks.tests.plain_http import PlainHttp
from stoa.social.networks.tests.running import until

pytestmark = pytest.mark.realnet


def test_connecting_enters_the_room_and_names_it(guild: Guild, opened: tuple[Account, Granted]) -> None:
    account, granted = opened
    assert (account.handle, account.name) == ("announcements:localhost", "Announcements")
    assert granted.credentials["user"] == guild.bot.user
    assert granted.credentials["server"] == guild.net.url  # by way of the server's own .well-known


def test_a_password_opens_a_session_that_ends_and_is_renewed(guild: Guild, room: str) -> None:
    answers = guild.answers(room, secret=guild.bot.password, account="porch")
    _, granted = CONNECTOR.connect(answers, http=PlainHttp())
    assert guild.bot.password not in granted.credentials.values()
    assert granted.fresh_until is not None
    over = Line(PlainHttp(), granted.credentials)

    def has_ended() -> bool:
        try:
            return not CONNECTOR.tell(over=over)
        except Expired:
            return True

    until(has_ended, seconds=20, what="the token to end")
    renewed = CONNECTOR.refresh(over=over)
    assert renewed.credentials["token"] != granted.credentials["token"]
    assert CONNECTOR.publish(outgoing("Still here", "renewed"), over=Line(PlainHttp(), renewed.credentials)).id
    with pytest.raises(Reconnect):
        CONNECTOR.refresh(over=Line(PlainHttp(), {**granted.credentials, "refresh": "syr_no_such_token"}))


@pytest.mark.parametrize(
    "wrong", [{"secret": "wrong"}, {"account": "@nobody:localhost"}, {"room": "#nowhere:localhost"}]
)
def test_what_is_wrong_does_not_connect(wrong: dict[str, str], guild: Guild, room: str) -> None:
    with pytest.raises(Refused) as caught:
        CONNECTOR.connect(guild.answers(room, **wrong), http=PlainHttp())
    assert caught.value.mend


def test_words_go_out_as_they_are_and_once(real: Line, room: str, rosa: Reader) -> None:
    text = 'Grüße 🛠️👩🏿‍🚒\n\n<b>nicht fett</b> @rosa https://example.org/ä?x=1 \\ "“'
    post = outgoing(text, "words / with ? signs #")
    made = CONNECTOR.publish(post, over=real)
    again = CONNECTOR.publish(replace(post, at=datetime.now(UTC)), over=real)
    found = rosa("event", room=room, id=made.id)
    assert (found["is"], found["body"]) == ("RoomMessageText", text)
    assert "formatted_body" not in found["source"]["content"]
    assert again.id == made.id
    assert sum(each["body"] == text for each in rosa("messages", room=room)) == 1
    settled = CONNECTOR.settle(post, over=real)
    assert not isinstance(settled, Absent)
    assert settled.id == made.id
    assert CONNECTOR.settle(outgoing(text, "never"), over=real) == Absent()


def test_pictures_stand_before_the_words_with_every_byte_of_theirs_and_of_their_descriptions(
    real: Line, room: str, rosa: Reader
) -> None:
    shown = (picture(), picture(mime="image/jpeg"), picture(alt=""))
    post = outgoing("A bench", "pictures", pictures=shown)
    made = CONNECTOR.publish(post, over=real)
    assert CONNECTOR.publish(post, over=real).id == made.id
    words, *above = rosa("messages", room=room)[:4]
    assert (words["id"], [each["is"] for each in above]) == (made.id, ["RoomMessageImage"] * 3)
    assert [each["body"] for each in above[::-1]] == [ALT, ALT, "picture-3.png"]
    for one, sent in zip(above[::-1], shown, strict=True):
        content = rosa("event", room=room, id=one["id"])["source"]["content"]
        assert bytes.fromhex(rosa("bytes_of", mxc=content["url"])) == sent.content
        assert content["body"].encode() == (sent.alt or content["filename"]).encode()
        assert (content["info"]["w"], content["info"]["h"], content["info"]["mimetype"]) == (64, 48, sent.mime)


def test_a_text_at_the_limit_can_be_edited_and_one_beyond_is_refused(real: Line, room: str, rosa: Reader) -> None:
    longest = ["ę" * CHARACTERS, "灯" * (BYTES // 3)]
    for number, text in enumerate(longest):
        assert not objections(outgoing(text, "x"), CONNECTOR.rules)
        made = CONNECTOR.publish(outgoing(text, f"longest {number}"), over=real)
        CONNECTOR.edit(made.id, outgoing(text[::-1], f"longest edit {number}"), over=real)
        assert rosa("event", room=room, id=made.id)["body"] == text
        with pytest.raises(Refused):
            CONNECTOR.publish(outgoing(text + text[0], f"too long {number}"), over=real)
    with pytest.raises(Refused) as caught:  # each sign takes six bytes in the event, which the server finds too many
        CONNECTOR.publish(outgoing("\x01" * CHARACTERS, "too many bytes"), over=real)
    assert caught.value.mend


def test_an_edit_is_read_as_the_new_words(real: Line, room: str, rosa: Reader) -> None:
    made = CONNECTOR.publish(outgoing("Zips can be saved.", "edited"), over=real)
    post = outgoing("Zips can be mended.", "edited again")
    changed = CONNECTOR.edit(made.id, post, over=real)
    assert CONNECTOR.edit(made.id, post, over=real) == changed
    source = rosa("event", room=room, id=made.id)["source"]
    assert source["unsigned"]["m.relations"]["m.replace"]["content"]["m.new_content"]["body"] == "Zips can be mended."
    assert changed.version == source["unsigned"]["m.relations"]["m.replace"]["event_id"]
    settled = CONNECTOR.settle(outgoing("Zips can be saved.", "edited"), over=real)
    assert not isinstance(settled, Absent)
    assert settled.id == made.id


def test_what_is_taken_down_leaves_no_words_and_no_picture(real: Line, room: str, rosa: Reader) -> None:
    made = CONNECTOR.publish(outgoing("Soon gone", "gone", pictures=(picture(alt="Soon gone too"),)), over=real)
    CONNECTOR.edit(made.id, outgoing("Soon gone, edited", "gone edit"), over=real)
    assert CONNECTOR.stands(made.id, over=real)
    for _ in range(2):
        assert CONNECTOR.delete(made.id, over=real).id == made.id
    assert not CONNECTOR.stands(made.id, over=real)
    seen = rosa("messages", room=room)
    assert not [each for each in seen if "oon gone" in each["body"]]
    assert next(each["is"] for each in seen if each["id"] == made.id) == "RedactedEvent"
    with pytest.raises(Gone):
        CONNECTOR.reply(outgoing("Late", "late", answers=made.id), over=real)
    with pytest.raises(Gone):
        CONNECTOR.edit(made.id, outgoing("Late", "late"), over=real)


def test_parts_of_a_post_stand_in_one_thread(real: Line, room: str, rosa: Reader) -> None:
    first = CONNECTOR.publish(outgoing("One", "one"), over=real).id
    second = CONNECTOR.reply(outgoing("Two", "two", answers=first), over=real).id
    third = CONNECTOR.reply(outgoing("Three", "three", answers=second), over=real).id
    thread = rosa("event", room=room, id=first)["source"]["unsigned"]["m.relations"]["m.thread"]
    assert (thread["count"], thread["latest_event"]["event_id"]) == (2, third)


def test_who_is_answered_hears_of_it(real: Line, guild: Guild, room: str, rosa: Reader) -> None:
    theirs = rosa("say", room=room, content={"msgtype": "m.text", "body": "Who mends radios?"})
    made = CONNECTOR.reply(outgoing("We do.", "to rosa", answers=theirs), over=real)
    content = rosa("event", room=room, id=made.id)["source"]["content"]
    assert content["m.relates_to"] == {"m.in_reply_to": {"event_id": theirs}}
    assert content["m.mentions"] == {"user_ids": [guild.rosa.user]}


def test_the_server_names_its_own_largest_upload(real: Line) -> None:
    assert CONNECTOR.tell(over=real).picture_bytes == 52_428_800


def test_nobody_at_the_address_is_proven_not_sent(real: Line) -> None:
    nobody = Line(PlainHttp(), {**real.credentials, "server": "http://127.0.0.1:9"})
    with pytest.raises(NotSent):
        CONNECTOR.publish(outgoing("Hello", "nobody"), over=nobody)


def test_an_impatient_account_is_told_how_long_to_wait(guild: Guild) -> None:
    slow = {"per_second": 0.01, "burst_count": 2}
    with local_matrix(rc_message=slow) as net:
        bot = net.register("porch")
        room = net.room(bot, "slow")
        answers = {"server": net.url, "account": bot.user, "secret": bot.token, "room": room}
        _, granted = CONNECTOR.connect(answers, http=PlainHttp())
        over = Line(PlainHttp(), granted.credentials)
        with pytest.raises(TryLater) as caught:
            [CONNECTOR.publish(outgoing(f"Post {number}", f"{number}"), over=over) for number in range(5)]
        assert 1 < caught.value.after <= 200


def test_what_others_wrote_carries_no_mark_of_ours(real: Line, room: str, rosa: Reader) -> None:
    """The mark alone proves nothing: only our own account's messages are looked through."""
    post = outgoing("Mine", "mark")
    made = CONNECTOR.publish(post, over=real)
    mark = rosa("event", room=room, id=made.id)["source"]["content"][MARK]
    CONNECTOR.delete(made.id, over=real)
    rosa("say", room=room, content={"msgtype": "m.text", "body": "Mine", MARK: mark})
    assert CONNECTOR.settle(post, over=real) == Absent()
