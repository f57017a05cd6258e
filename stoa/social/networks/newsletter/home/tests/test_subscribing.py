"""Asking for a newsletter, agreeing by mail, ending it: as strangers and members meet it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.models.letter import Letter
from stoa.people.tests.makers import actor_of, make_person
from stoa.social.networks.newsletter.home.actions import subscribing
from stoa.social.networks.newsletter.home.actions.subscribing import end
from stoa.social.networks.newsletter.home.models import Newsletter, Subscriber
from stoa.social.networks.newsletter.home.signing import choice_address, stop_address
from stoa.social.networks.newsletter.home.tests.makers import make_letter, make_subscriber

pytestmark = pytest.mark.django_db
ORIGIN = "http://localhost:8000"


@pytest.fixture
def letter() -> Newsletter:
    return make_letter()


def ask(address: str, *handles: str) -> Any:
    return Client().post("/newsletters/requests/", {"address": address, "newsletters": handles or ("guild",)})


def newest_link(word: str = "confirmations") -> str:
    text = Letter.objects.order_by("-id")[0].text
    found = re.search(rf"{ORIGIN}(/newsletters/{word}/\S+)", text)
    assert found is not None, text
    return found[1]


def test_nothing_is_kept_before_the_owner_of_the_mailbox_agrees(letter: Newsletter) -> None:
    assert ask("Ada@Example.org").headers["Location"] == "/newsletters/asked/"
    assert (Subscriber.objects.count(), Letter.objects.get().address) == (0, "ada@example.org")
    page = Client().get(newest_link())
    assert "The Bench Letter" in page.content.decode()
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "no-store")
    assert Subscriber.objects.count() == 0
    assert Client().post(newest_link()).status_code == 200
    row = Subscriber.objects.get()
    assert (row.address, row.state, row.consent) == ("ada@example.org", "subscribed", "confirmed")
    Client().post(newest_link())
    assert Subscriber.objects.count() == 1


def test_the_answer_is_the_same_whether_an_address_is_known_or_not(letter: Newsletter) -> None:
    make_subscriber(letter, "known@example.org")
    ended = make_subscriber(letter, "ended@example.org")
    end(ended)
    answers = [ask(f"{name}@example.org") for name in ("known", "ended", "unknown")]
    assert len({(each.status_code, each.headers["Location"], each.content) for each in answers}) == 1
    assert Letter.objects.count() == 3
    assert "already" in Letter.objects.get(address="known@example.org").subject


def test_a_mailbox_is_not_filled_from_our_pages_and_whoever_asks_is_not_told(letter: Newsletter) -> None:
    with clock.pinned(clock.now()):
        answers = [ask("ada@example.org").status_code for _time in range(6)]
    assert (answers, Letter.objects.count()) == ([303] * 6, 3)


def test_who_called_it_spam_is_asked_once_in_thirty_days(letter: Newsletter) -> None:
    end(make_subscriber(letter), "complained")
    with clock.pinned(clock.now()):
        assert [ask("ada@example.org").status_code for _time in range(3)] == [303] * 3
        assert Letter.objects.count() == 1
    with clock.moved(by=timedelta(days=31)):
        ask("ada@example.org")
    assert Letter.objects.count() == 2


def test_strangers_have_only_so_many_letters_sent_in_a_day(letter: Newsletter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribing, "IN_A_DAY", 2)
    with clock.pinned(clock.now()):
        answers = [ask(f"a{number}@example.org").status_code for number in range(3)]
    assert (answers, Letter.objects.count()) == ([303, 303, 429], 2)


def test_one_place_asks_ten_times_in_ten_minutes(letter: Newsletter) -> None:
    with clock.pinned(clock.now()):
        answers = [ask(f"a{number}@example.org").status_code for number in range(11)]
    assert answers == [303] * 10 + [429]


@pytest.mark.parametrize(
    "typed",
    ["", "ada", "ada@", "@example.org", "a b@example.org", "a\n@example.org", "ä@example.org", "a@" + "ü" * 400],
)
def test_what_no_mail_could_reach_is_said_beside_the_field_and_stays(letter: Newsletter, typed: str) -> None:
    answer = Client().post("/newsletters/requests/", {"address": typed, "newsletters": "guild", "page": "own"})
    assert answer.status_code == 422
    assert "This is not an e-mail address that mail could reach." in answer.content.decode()
    assert Letter.objects.count() == 0


def test_one_chooses_which_of_several(letter: Newsletter) -> None:
    make_letter("tools", name="Tool News")
    make_letter("closed", name="Board", is_open=False)
    page = Client().get("/newsletters/").content.decode()
    assert ("Tool News" in page, "Board" in page) == (True, False)
    ask("ada@example.org", "guild", "tools", "closed")
    Client().post(newest_link())
    assert sorted(Subscriber.objects.values_list("newsletter__handle", flat=True)) == ["guild", "tools"]
    none = Client().post("/newsletters/requests/", {"address": "bo@example.org"})
    assert (none.status_code, "Choose at least one newsletter." in none.content.decode()) == (422, True)


def test_an_old_link_and_one_that_is_not_ours_agree_to_nothing(letter: Newsletter) -> None:
    ask("ada@example.org")
    link = newest_link()
    with clock.moved(by=timedelta(days=8)):
        assert Client().post(link).status_code == 410
    assert Client().post("/newsletters/confirmations/nonsense/").status_code == 404
    assert Client().post(link.replace("confirmations/", "confirmations/x")).status_code == 404
    assert Subscriber.objects.count() == 0


def test_who_ended_it_does_not_get_it_again_by_the_link_of_before(letter: Newsletter) -> None:
    ask("ada@example.org")
    link = newest_link()
    Client().post(link)
    end(Subscriber.objects.get())
    assert Client().post(link).status_code == 410
    assert Subscriber.objects.get().state == "ended"
    with clock.moved(by=timedelta(minutes=1)):
        ask("ada@example.org")
        assert Client().post(newest_link()).status_code == 200
    row = Subscriber.objects.get()
    assert (row.state, row.address, row.ended_because) == ("subscribed", "ada@example.org", "")


def test_one_click_ends_it_without_a_session_and_twice_is_fine(letter: Newsletter) -> None:
    reader = make_subscriber(letter)
    path = stop_address(reader).removeprefix(ORIGIN)
    browser = Client(enforce_csrf_checks=True)
    assert browser.get(path).status_code == 200
    assert Subscriber.objects.get().state == "subscribed"
    for _time in range(2):
        answer = browser.post(path, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies.output()) == (200, "")
    row = Subscriber.objects.get()
    assert (row.state, row.ended_because, row.address) == ("ended", "unsubscribed", "")
    assert Client().post("/newsletters/stops/nonsense/").status_code == 404


def test_what_an_old_mail_says_neither_ends_nor_shows_what_began_anew(letter: Newsletter) -> None:
    reader = make_subscriber(letter)
    addresses = [each.removeprefix(ORIGIN) for each in (stop_address(reader), choice_address(reader))]
    assert "/newsletters/choices/" not in Client().get(addresses[0]).content.decode()
    end(reader)
    with clock.moved(by=timedelta(minutes=1)):
        make_subscriber(letter)
        answers = [Client().post(each).status_code for each in addresses]
    assert (answers, Subscriber.objects.get().state) == ([404, 404], "subscribed")


def test_choices_are_open_for_three_months(letter: Newsletter) -> None:
    path = choice_address(make_subscriber(letter)).removeprefix(ORIGIN)
    for days, status in ((89, 200), (91, 404)):
        with clock.moved(by=timedelta(days=days)):
            assert Client().get(path).status_code == status


def test_the_page_of_choices_ends_what_is_left_out_and_asks_for_what_is_new(letter: Newsletter) -> None:
    tools = make_letter("tools", name="Tool News")
    reader = make_subscriber(letter, "ada@example.org")
    path = choice_address(reader).removeprefix(ORIGIN)
    page = Client().get(path).content.decode()
    assert ("a…@example.org" in page, "ada@example.org" in page) == (True, False)
    Client().post(path, {"newsletters": ["guild", "tools"]})
    assert (Subscriber.objects.filter(newsletter=tools).count(), Letter.objects.get().address) == (0, "ada@example.org")
    Client().post(path, {})
    assert Subscriber.objects.get().state == "ended"
    assert Client().get(path).status_code == 200
    assert Client().get("/newsletters/choices/nonsense/").status_code == 404


def test_a_member_gets_it_at_the_address_of_their_account_and_ends_it(letter: Newsletter) -> None:
    ada = make_person("Ada")
    browser = Client()
    browser.force_login(ada.account)
    address = actor_of(ada).proven
    answer = browser.post("/newsletters/guild/own/")
    if not address:
        assert (answer.status_code, Subscriber.objects.count()) == (403, 0)
        return
    assert (Subscriber.objects.get().address, Subscriber.objects.get().consent) == (address, "proven")
    assert "You get this" in browser.get("/newsletters/guild/").content.decode()
    browser.post("/newsletters/guild/own/", {"_method": "DELETE"})
    assert Subscriber.objects.get().state == "ended"


def test_a_visitor_subscribes_nobody_without_a_letter(letter: Newsletter) -> None:
    assert Client().post("/newsletters/guild/own/").status_code in (302, 303, 403)
    assert Subscriber.objects.count() == 0


def test_a_closed_one_takes_no_requests(letter: Newsletter) -> None:
    make_letter("closed", name="Board", is_open=False)
    assert (
        Client().post("/newsletters/requests/", {"address": "a@example.org", "newsletters": "closed"}).status_code
        == 422
    )
    assert "cannot be subscribed to here" in Client().get("/newsletters/closed/").content.decode()
    assert Letter.objects.count() == 0
