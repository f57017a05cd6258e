"""How channels look to a stranger: read once a day, shown with what is told and what is not, and never with words that left."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.errors import NotPossible
from stoa.base.work.drain import drain
from stoa.people.tests.makers import make_person
from stoa.social.listen.actions.appearing import look_now, posts_of
from stoa.social.listen.models import Appearance, FollowerCount
from stoa.social.listen.presence import Face, faces, posts_shown
from stoa.social.listen.tests.fake import START, HardOfHearing
from stoa.social.listen.tests.makers import make_conversation
from stoa.social.networks.actions import disconnect_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Expired, Presence, Reconnect, Standing, TryLater
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.makers import fresh, make_delivery
from stoa.spaces.tests.makers import give, make_staff

OURS = Account("id-1", "guild", "The Guild")
SYSTEM = system("listen")


class Seen:
    """What the network tells next; then the same again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.told: list[Presence | Exception] = []
        monkeypatch.setattr(HardOfHearing, "present", lambda _self, over: self.next())

    def next(self) -> Presence:
        found = self.told.pop(0) if len(self.told) > 1 else self.told[0]
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    return Seen(monkeypatch)


def post(number: int, text: str = "Bring one thing", **more: Any) -> Standing:
    return Standing(f"p{number}", text, START - timedelta(days=number), f"https://hard.example/p{number}", 2, **more)


def look_again(channel: Channel, hours: float = 25) -> Appearance:
    with clock.pinned(START + timedelta(hours=hours)):
        drain()
    return Appearance.objects.get(channel=channel)


def face_of(channel: Channel, hours: float = 25) -> Face:
    with clock.pinned(START + timedelta(hours=hours)):
        return next(each for each in faces(SYSTEM) if each.channel == channel)


def answers(face: Face) -> dict[str, str]:
    return {each.key: each.answer for each in face.checks}


def test_a_channel_is_looked_at_once_it_is_connected_and_each_day(seen: Seen, channel: Channel) -> None:
    seen.told = [Presence(OURS, bio="We mend", followers=10), Presence(OURS, bio="We mend things", followers=12)]
    assert look_again(channel, 25).bio == "We mend"
    assert look_again(channel, 26).bio == "We mend"
    assert look_again(channel, 50).bio == "We mend things"
    assert list(FollowerCount.objects.order_by("day").values_list("value", flat=True)) == [10, 12]


def test_what_is_not_told_is_neither_no_nor_zero(seen: Seen, channel: Channel) -> None:
    seen.told = [Presence(OURS)]
    look_again(channel)
    face = face_of(channel)
    assert answers(face) == {
        "bio": "untold", "picture": "untold", "link": "untold", "pinned": "untold", "fresh": "no", "answered": "yes",
    }  # fmt: skip
    assert (face.followers, face.share, face.asked) == (None, None, 2)
    assert FollowerCount.objects.get().value is None


def test_the_check_list_says_what_a_stranger_finds(seen: Seen, channel: Channel, settings: Any) -> None:
    told = Presence(
        OURS, bio="", links=(f"{settings.STOA_URL}/join/",), has_picture=True, pinned="", followers=50, posts=(post(1),)
    )
    seen.told = [told]
    look_again(channel)
    assert answers(face_of(channel)) == {
        "bio": "no", "picture": "yes", "link": "yes", "pinned": "no", "fresh": "yes", "answered": "yes",
    }  # fmt: skip


def test_active_are_distinct_accounts_of_28_days_by_followers(
    seen: Seen, network: HardOfHearing, channel: Channel
) -> None:
    seen.told = [Presence(OURS, followers=40)]
    make_conversation(channel, handle="one", at=START - timedelta(days=1))
    make_conversation(channel, "And again?", handle="one", at=START)
    make_conversation(channel, handle="two", at=START)
    make_conversation(channel, handle="long-ago", at=START - timedelta(days=28))
    look_again(channel)
    face = face_of(channel)
    assert (face.active, face.followers, face.share) == (2, 40, 0.05)
    assert answers(face)["answered"] == "no"


def test_nobody_follows_is_no_division(seen: Seen, channel: Channel) -> None:
    seen.told = [Presence(OURS, followers=0)]
    look_again(channel)
    assert (face_of(channel).followers, face_of(channel).share) == (0, None)


def test_words_of_ours_stand_in_their_delivery_alone(seen: Seen, channel: Channel) -> None:
    with clock.pinned(START + timedelta(minutes=1)):
        delivery = make_delivery(channel, "Bring one thing")
        drain()
    remote = fresh(delivery).remote_id
    assert remote
    told = (replace(post(1), id=remote), post(2, "Written there by hand"), post(3, "At you", is_answer=True))
    seen.told = [Presence(OURS, posts=told)]
    row = look_again(channel)
    assert [(each["id"], each["text"]) for each in row.posts] == [(remote, ""), ("p2", "Written there by hand")]
    words = [each.text for each in posts_shown(face_of(channel), SYSTEM)]
    assert [each.split("\n")[0] for each in words] == ["Bring one thing", "Written there by hand"]


def test_hostile_answers_break_nothing(seen: Seen, channel: Channel) -> None:
    told = Presence(
        OURS, bio="a\x00" * 9000, links=("javascript:alert(1)", "https://fine.example/"), pinned="p" * 900,
        followers=10**30, posts=tuple(post(n, "x" * 9000) for n in range(40)),
    )  # fmt: skip
    seen.told = [told]
    row = look_again(channel)
    assert row.links == ["https://fine.example/"]
    assert len(row.posts) == 10
    assert "\x00" not in (row.bio or "")
    assert FollowerCount.objects.get().value == 2**62


@pytest.mark.parametrize("trouble", [TryLater("Slow down.", after=60), ValueError("what?")])
def test_trouble_is_said_and_tried_again(seen: Seen, channel: Channel, trouble: Exception) -> None:
    seen.told = [trouble, Presence(OURS, bio="We mend")]
    row = look_again(channel)
    assert row.trouble
    assert row.read_at is None
    assert look_again(channel, 32).bio == "We mend"


def test_a_token_that_ended_is_renewed_once(seen: Seen, network: HardOfHearing, channel: Channel) -> None:
    seen.told = [Expired("The token is over."), Presence(OURS, bio="We mend")]
    assert look_again(channel).bio == "We mend"
    assert network.refreshed == 1
    assert Channel.objects.get(id=channel.id).is_connected


def test_a_sign_in_that_ended_for_good_asks_for_a_person(seen: Seen, channel: Channel) -> None:
    seen.told = [Reconnect("The app was removed.")]
    row = look_again(channel)
    assert (row.due_at, row.trouble) == (None, "The app was removed.")
    assert Channel.objects.get(id=channel.id).state == "reconnect"


def test_a_person_may_ask_once_in_two_minutes(seen: Seen, channel: Channel) -> None:
    staff = make_staff("social_media_manager")
    seen.told = [Presence(OURS, bio="We mend")]
    with clock.pinned(START + timedelta(hours=1)):
        look_now(channel, by=staff)
        drain()
        with pytest.raises(NotPossible):
            look_now(channel, by=staff)
    with clock.pinned(START + timedelta(hours=1, minutes=3)):
        look_now(channel, by=staff)
    assert Appearance.objects.get().due_at == START + timedelta(hours=1, minutes=3)


def test_measuring_renews_a_token_too(network: HardOfHearing, channel: Channel) -> None:
    from stoa.social.listen.actions.asking import ask

    asked: list[int] = []

    def question(_line: object) -> int:
        asked.append(1)
        if len(asked) == 1:
            raise Expired("The token is over.")
        return 7

    assert ask(channel, question) == 7
    assert Channel.objects.get(id=channel.id).is_connected


def test_the_list_and_the_page_are_drawn(seen: Seen, channel: Channel, client: Client) -> None:
    seen.told = [Presence(OURS, bio="<b>We mend</b>", followers=1200, posts=(post(1), post(2)))]
    look_again(channel)
    make_conversation(channel, at=START)
    person = make_person("Dov")
    give(person, "social_media_manager")
    client.force_login(person.account)
    with clock.pinned(START + timedelta(hours=25)):
        listed = client.get("/desk/presence/").content.decode()
        page = client.get(f"/desk/presence/{channel.shown_id}/").content.decode()
    assert "1,200 followers" in listed
    assert "1 wait for an answer" in listed
    assert "&lt;b&gt;We mend&lt;/b&gt;" in page
    assert "1 of 1,200 (0.1 %)" in page
    assert page.count("Bring one thing") == 2


def test_without_a_channel_the_list_says_what_to_do(client: Client, db: None) -> None:
    person = make_person("Dov")
    give(person, "social_media_manager")
    client.force_login(person.account)
    assert "No channel is connected" in client.get("/desk/presence/").content.decode()


def test_whoever_does_not_read_the_inbox_is_not_told_who_waits(seen: Seen, channel: Channel, client: Client) -> None:
    seen.told = [Presence(OURS)]
    look_again(channel)
    make_conversation(channel, at=START)
    person = make_person("Lea")
    give(person, "lead")
    client.force_login(person.account)
    with clock.pinned(START + timedelta(hours=2)):
        assert "wait for an answer" not in client.get("/desk/presence/").content.decode()


def test_whoever_does_not_read_the_inbox_is_told_nothing_that_comes_from_it(seen: Seen, channel: Channel) -> None:
    seen.told = [Presence(OURS, followers=40)]
    look_again(channel)
    make_conversation(channel, at=START)
    with clock.pinned(START + timedelta(hours=26)):
        blind = next(each for each in faces(make_staff("lead")) if each.channel == channel)
        sees = next(each for each in faces(make_staff("social_media_manager")) if each.channel == channel)
    assert (blind.active, blind.waiting, answers(blind)["answered"]) == (None, 0, "untold")
    assert (sees.active, sees.waiting, answers(sees)["answered"]) == (1, 1, "no")


def test_asking_again_and_again_is_refused_whatever_came_of_it(seen: Seen, channel: Channel) -> None:
    staff = make_staff("social_media_manager")
    seen.told = [ValueError("what?")]
    look_again(channel)
    with clock.pinned(START + timedelta(hours=30)):
        drain()
        with pytest.raises(NotPossible):
            look_now(channel, by=staff)
    with clock.pinned(START + timedelta(hours=30, minutes=3)):
        look_now(channel, by=staff)
        drain()
        with pytest.raises(NotPossible):
            look_now(channel, by=staff)


def test_what_was_seen_goes_when_the_channel_is_disconnected(seen: Seen, channel: Channel) -> None:
    seen.told = [Presence(OURS, bio="We mend", posts=(post(1),))]
    look_again(channel)
    with clock.pinned(START + timedelta(hours=26)):
        disconnect_channel(Channel.objects.get(id=channel.id), by=make_staff("social_media_manager"))
        drain()
    row = Appearance.objects.get()
    assert (row.told, row.read_at) == ({}, None)


def test_an_album_that_went_out_from_here_keeps_no_words_either(channel: Channel) -> None:
    with clock.pinned(START + timedelta(minutes=1)):
        delivery = make_delivery(channel, "Bring one thing")
        drain()
    Delivery.objects.filter(id=delivery.id).update(remote_id="1/55+56")
    shown = [replace(post(1), id="1/55"), replace(post(2), id="1/5"), replace(post(3), id="1/55+56")]
    assert [bool(each["text"]) for each in posts_of(channel, shown)] == [False, True, False]
