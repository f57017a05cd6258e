"""A real room around the connector: who speaks to us, who reacts, and what is when the room is closed to us."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stoa.social.networks.matrix.connector import CONNECTOR
from stoa.social.networks.matrix.tests.conftest import Guild
from stoa.social.networks.matrix.tests.makers import outgoing
from stoa.social.networks.matrix.tests.realnet import Reader
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Expired,
    Line,
    Reconnect,
    Refused,
)
from stoa.social.networks.tests.plain_http import PlainHttp

pytestmark = pytest.mark.realnet


def test_answers_and_mentions_are_heard_and_talk_is_not(real: Line, guild: Guild, room: str, rosa: Reader) -> None:
    ours = CONNECTOR.publish(outgoing("Ask us", "ask"), over=real).id
    before = CONNECTOR.listen("", over=real)

    def say(body: str, **more: Any) -> str:
        return str(rosa("say", room=room, content={"msgtype": "m.text", "body": body, **more}))

    talk = say("Among ourselves")
    say("Yes", **{"m.relates_to": {"m.in_reply_to": {"event_id": talk}}})
    reply = say("How?", **{"m.relates_to": {"m.in_reply_to": {"event_id": ours}}})
    thread = {"rel_type": "m.thread", "event_id": ours, "is_falling_back": True, "m.in_reply_to": {"event_id": ours}}
    answer = say("When?", **{"m.relates_to": thread})
    mention = say("Porch?", **{"m.mentions": {"user_ids": [guild.bot.user]}})
    heard = CONNECTOR.listen(before.cursor, over=real)
    assert [(each.kind, each.id, each.text, each.about) for each in heard.items] == [
        ("reply", reply, "How?", ours),
        ("reply", answer, "When?", ours),
        ("mention", mention, "Porch?", ""),
    ]
    assert {(each.author.id, each.author.name) for each in heard.items} == {(guild.rosa.user, "rosa")}
    assert CONNECTOR.listen(heard.cursor, over=real).items == ()


def test_a_gap_in_what_was_heard_is_filled(guild: Guild, rosa: Reader) -> None:
    over = guild.open("busy")
    room = over.credentials["room"]
    ours = CONNECTOR.publish(outgoing("Ask us", "ask"), over=over).id
    cursor = CONNECTOR.listen("", over=over).cursor
    relation = {"m.relates_to": {"m.in_reply_to": {"event_id": ours}}}
    theirs = [
        rosa("say", room=room, content={"msgtype": "m.text", "body": f"{number}", **relation}) for number in range(230)
    ]
    heard: list[str] = []
    more = True
    while more:
        page = CONNECTOR.listen(cursor, over=over)
        heard += [each.id for each in page.items]
        cursor, more = page.cursor, page.more
    assert sorted(set(heard)) == sorted(theirs)


def test_reactions_and_answers_in_the_thread_are_counted(real: Line, guild: Guild, room: str, rosa: Reader) -> None:
    ours = CONNECTOR.publish(outgoing("Count me", "count me"), over=real).id
    gone = CONNECTOR.publish(outgoing("Gone", "count gone"), over=real).id
    CONNECTOR.delete(gone, over=real)
    assert {each.measure: each.value for each in CONNECTOR.measure([ours], over=real).readings} == {
        "likes": 0,
        "replies": 0,
        "reach": NOT_OFFERED,
    }
    for sign in ("👍", "🎉"):
        liked = {"m.relates_to": {"rel_type": "m.annotation", "event_id": ours, "key": sign}}
        rosa("say", room=room, kind="m.reaction", content=liked)
    thread = {"rel_type": "m.thread", "event_id": ours, "is_falling_back": True, "m.in_reply_to": {"event_id": ours}}
    rosa("say", room=room, content={"msgtype": "m.text", "body": "One", "m.relates_to": thread})
    told = CONNECTOR.measure([ours, gone, "$nowhere"], over=real)
    assert {each.measure: each.value for each in told.readings} == {"likes": 2, "replies": 1, "reach": NOT_OFFERED}
    assert told.missing == (gone, "$nowhere")


def test_an_encrypted_room_is_refused(guild: Guild) -> None:
    secret = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    with pytest.raises(Refused, match="encrypted"):
        guild.open("secret", initial_state=[secret])
    over = guild.open("open")
    path = "state/m.room.encryption"
    guild.net.in_room("PUT", over.credentials["room"], path, secret["content"], as_=guild.owner)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="encrypted"):
        CONNECTOR.publish(outgoing("Hello", "encrypted"), over=over)


def test_a_room_that_was_replaced_names_the_newer_one(guild: Guild) -> None:
    over = guild.open("older", room_version="11")
    made = CONNECTOR.publish(outgoing("Hello", "older"), over=over)
    newer = guild.net.in_room("POST", over.credentials["room"], "upgrade", {"new_version": "12"}, as_=guild.owner)
    with pytest.raises(Refused) as caught:
        CONNECTOR.publish(outgoing("Hello again", "replaced"), over=over)
    assert newer["replacement_room"] in caught.value.mend
    assert CONNECTOR.stands(made.id, over=over)


def test_without_the_right_to_write_it_is_refused_and_thrown_out_it_asks_to_connect_again(guild: Guild) -> None:
    over = guild.open("strict")
    room, act = over.credentials["room"], guild.net.in_room
    cursor = CONNECTOR.listen("", over=over).cursor
    levels = act("GET", room, "state/m.room.power_levels", None, as_=guild.owner)
    act("PUT", room, "state/m.room.power_levels", {**levels, "events_default": 50}, as_=guild.owner)
    with pytest.raises(Refused) as refused:
        CONNECTOR.publish(outgoing("Hello", "no right"), over=over)
    assert refused.value.mend
    act("POST", room, "kick", {"user_id": guild.bot.user, "reason": "Spring cleaning"}, as_=guild.owner)
    with pytest.raises(Reconnect, match="Spring cleaning"):
        CONNECTOR.publish(outgoing("Hello", "kicked"), over=over)
    with pytest.raises(Reconnect):
        CONNECTOR.listen(cursor, over=over)
    act("POST", room, "ban", {"user_id": guild.bot.user}, as_=guild.owner)
    with pytest.raises(Reconnect):
        CONNECTOR.publish(outgoing("Hello", "banned"), over=over)
    with pytest.raises(Refused):
        CONNECTOR.connect(guild.answers(room), http=PlainHttp())


def test_a_token_that_was_taken_back_asks_to_connect_again(guild: Guild, room: str) -> None:
    login = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": "porch"},
        "password": guild.bot.password,
    }
    token = guild.net.call("POST", "login", login)["access_token"]
    _, granted = CONNECTOR.connect(guild.answers(room, secret=token), http=PlainHttp())
    guild.net.call("POST", "logout", {}, as_=replace(guild.bot, token=token))
    for act in (CONNECTOR.refresh, CONNECTOR.tell):
        with pytest.raises(Reconnect) as caught:
            act(over=Line(PlainHttp(), granted.credentials))
        assert not isinstance(caught.value, Expired)
    with pytest.raises(Reconnect):
        CONNECTOR.publish(outgoing("Hello", "logged out"), over=Line(PlainHttp(), granted.credentials))


def test_a_newcomer_sees_the_last_edit_and_how_many_are_there(guild: Guild) -> None:
    topic = {"type": "m.room.topic", "state_key": "", "content": {"topic": "Mending: https://guild.test/rules"}}
    over = guild.open("shown", initial_state=[topic])
    first = CONNECTOR.publish(outgoing("Zips can be saved.", "shown"), over=over)
    CONNECTOR.reply(outgoing("Like this.", "shown too", answers=first.id), over=over)
    CONNECTOR.edit(first.id, outgoing("Zips can be mended.", "shown edit"), over=over)
    pinned = {"pinned": [first.id]}
    guild.net.in_room("PUT", over.credentials["room"], "state/m.room.pinned_events", pinned, as_=guild.owner)
    seen = CONNECTOR.present(over=over)
    assert (seen.account.name, seen.followers, seen.links) == ("Shown", 2, ("https://guild.test/rules",))
    assert seen.pinned == "Zips can be mended."
    assert [(each.text, each.replies, each.is_answer) for each in seen.posts] == [
        ("Like this.", 0, True),
        ("Zips can be mended.", 1, False),
    ]
