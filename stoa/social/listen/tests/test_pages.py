"""The inbox and a conversation, as staff see them."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock, desk
from stoa.people.models import Identity, Person
from stoa.people.tests.makers import make_person
from stoa.social.listen.inbox import PAGE
from stoa.social.listen.models import Conversation, Message
from stoa.social.listen.tests.fake import START, HardOfHearing
from stoa.social.listen.tests.makers import make_conversation, work_on
from stoa.social.listen.today import rows
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.spaces.tests.makers import give, make_staff

pytestmark = pytest.mark.usefixtures("network")


@pytest.fixture
def staff(channel: Channel) -> Client:
    return signed_in("social_media_manager")


def signed_in(role: str) -> Client:
    person = make_person(role)
    give(person, role)
    client = Client()
    client.force_login(person.account)
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_whoever_waits_longest_stands_first(staff: Client, channel: Channel) -> None:
    make_conversation(channel, "The later word", handle="robin", at=START - timedelta(hours=1))
    make_conversation(channel, "The earlier word", at=START - timedelta(hours=5))
    body = page(staff, "/desk/inbox/")
    assert body.index("The earlier word") < body.index("The later word")
    assert f"listen.channel:{channel.shown_id}" in body


def test_an_empty_inbox_says_so(staff: Client) -> None:
    assert "Nobody waits" in page(staff, "/desk/inbox/")
    Channel.objects.all().delete()
    assert "No channel is connected" in page(staff, "/desk/inbox/")


def test_the_list_goes_on_by_cursor_without_gap_or_double(staff: Client, channel: Channel) -> None:
    for number in range(PAGE + 3):
        make_conversation(channel, f"word-{number:03d}-", handle=f"h{number}", at=START - timedelta(minutes=number))
    for which in ("open", "all"):
        first = page(staff, f"/desk/inbox/?which={which}")
        after = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
        second = page(staff, after)
        shown = [[number for number in range(PAGE + 3) if f"word-{number:03d}-" in body] for body in (first, second)]
        assert (len(shown[0]), len(shown[1])) == (PAGE, 3)
        assert sorted(shown[0] + shown[1]) == list(range(PAGE + 3))


def test_headings_narrow_the_list(staff: Client, channel: Channel) -> None:
    mine, later = make_conversation(channel, "Mine alone"), make_conversation(channel, "Put off", handle="robin")
    other = make_channel("hardofhearing", "second")
    make_conversation(other, "Elsewhere", handle="eve")
    staff.post(f"{mine.address}assignment/")
    staff.post(f"{later.address}snooze/", {"hours": "24"})
    assert "Mine alone" in page(staff, "/desk/inbox/?which=mine")
    assert "Elsewhere" not in page(staff, "/desk/inbox/?which=mine")
    assert "Put off" not in page(staff, "/desk/inbox/")
    assert "Put off" in page(staff, "/desk/inbox/?which=later")
    only = page(staff, f"/desk/inbox/?which=all&channel={other.shown_id}")
    assert "Elsewhere" in only
    assert "Mine alone" not in only


def test_a_strangers_markup_stays_words(staff: Client, channel: Channel) -> None:
    about = make_conversation(channel, '<img src=x onerror="alert(1)"> <b>bold</b>')
    for address in (about.address, "/desk/inbox/"):
        body = page(staff, address)
        assert "<img src=x" not in body
        assert "&lt;b&gt;bold&lt;/b&gt;" in body


def test_an_answer_shows_what_becomes_of_it(staff: Client, network: HardOfHearing, channel: Channel) -> None:
    about = make_conversation(channel)
    answer = staff.post(f"{about.address}answers/", {"text": "Until six."})
    assert (answer.status_code, answer["Location"]) == (303, about.address)
    body = page(staff, about.address)
    assert "Until six." in body
    assert "Answer on its way" in body
    assert "Planned" in body
    work_on(START, minutes=0.1)
    body = page(staff, about.address)
    assert "Published" in body
    assert "https://hard.example/ours1" in body


def test_what_the_network_would_not_take_keeps_what_was_typed(staff: Client, channel: Channel) -> None:
    about = make_conversation(channel)
    answer = staff.post(f"{about.address}answers/", {"text": "x" * 501})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "x" * 501 in body
    assert "501 of 500 characters" in body
    assert Message.objects.count() == 1
    counted = staff.post(f"{about.address}counts/", {"text": "👨‍👩‍👧 e\u0301"}).content.decode()
    assert "3 of 500 characters" in counted


def test_it_is_closed_and_opened_again(staff: Client, channel: Channel) -> None:
    about = make_conversation(channel)
    assert staff.post(f"{about.address}closure/", {"reason": ""}).status_code == 422
    staff.post(f"{about.address}closure/", {"reason": "Advertising"})
    assert "Advertising" in page(staff, about.address)
    staff.post(f"{about.address}closure/", {"_method": "DELETE"})
    assert Conversation.objects.get().state == "waiting"


def test_a_linked_person_is_named(staff: Client, channel: Channel) -> None:
    about = make_conversation(channel)
    Identity.objects.update(person=make_person("Mara Linked"))
    assert "Mara Linked" in page(staff, about.address)


def test_others_see_neither_inbox_nor_conversation(channel: Channel) -> None:
    about = make_conversation(channel)
    for client in (Client(), signed_in("lead")):
        assert client.get("/desk/inbox/").status_code in (302, 403)
        assert client.get(about.address).status_code == 404
        assert client.post(f"{about.address}closure/", {"reason": "x"}).status_code == 404
    moderator = signed_in("moderator")
    assert "Is it open on Sunday?" in page(moderator, about.address)
    assert moderator.post(f"{about.address}answers/", {"text": "Yes."}).status_code == 403


def test_today_names_those_who_wait(channel: Channel) -> None:
    staff = make_staff("social_media_manager")
    about = make_conversation(channel, "It broke again", at=START - timedelta(hours=3))
    make_conversation(channel, "Nice!", handle="robin", at=START - timedelta(hours=1))
    Conversation.objects.filter(id=about.id).update(matter="complaint", assigned_to=Person.objects.get(id=staff.own_id))
    with clock.pinned(START):
        first, second = list(rows(staff))
    assert (first.what, first.why, first.weight, first.mine) == ("@kettlefan, complaint", "It broke again", 3.75, True)
    assert (second.what, second.mine, second.section) == ("@robin on Porch", False, desk.Section.WAITING)
    assert list(rows(make_staff("lead"))) == []
