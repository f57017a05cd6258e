"""The desk of newsletters: making one, who gets it, bringing a list, taking it along, a trial."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from stoa.base import clock
from stoa.base.models import FactRow
from stoa.base.models.letter import Letter
from stoa.people.models import Person
from stoa.people.tests.makers import make_person
from stoa.social.networks.newsletter.home.actions.subscribing import end
from stoa.social.networks.newsletter.home.models import Brought, Newsletter, Subscriber
from stoa.social.networks.newsletter.home.policy import newsletters_key
from stoa.social.networks.newsletter.home.tests.makers import make_letter, make_subscriber
from stoa.spaces.models import Role
from stoa.spaces.tests.makers import give, make_staff

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Bench", "handle": "bench", "description": "What we mended", "sender": "The Guild",
    "reply_to": "letter@example.org", "imprint": "7 Quay Lane", "is_open": "on", "is_shown": "on",
}  # fmt: skip
LIST = "name;mail\nAda;ADA@example.org\nBo <bo@example.org>\nended@example.org\nthere@example.org\nnobody\n=cmd@\nada@example.org\n"


@pytest.fixture
def browser() -> Client:
    return of_staff("social_media_manager")


def of_staff(role: str) -> Client:
    browser = Client()
    browser.force_login(Person.objects.get(id=make_staff(role).own_id).account)
    return browser


def path_of(letter: Newsletter, noun: str = "") -> str:
    return f"/desk/newsletters/{letter.shown_id}/{noun}"


def test_one_is_made_and_changed(browser: Client) -> None:
    assert browser.post("/desk/newsletters/new/", FORM).status_code == 303
    made = Newsletter.objects.get()
    assert (made.handle, made.name, made.is_open, made.is_connected) == ("bench", "Bench", True, False)
    page = browser.get(path_of(made)).content.decode()
    assert ("Not connected yet" in page, "bench" in page) == (True, True)
    browser.post(path_of(made, "settings/"), {**FORM, "name": "The Bench", "is_open": ""})
    made.refresh_from_db()
    assert (made.handle, made.name, made.is_open) == ("bench", "The Bench", False)


@pytest.mark.parametrize(
    ("field", "value"),
    [("handle", "Not Possible"), ("handle", "api"), ("reply_to", "nobody"), ("imprint", " "), ("name", "x" * 121)],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_made(browser: Client, field: str, value: str) -> None:
    answer = browser.post("/desk/newsletters/new/", {**FORM, field: value})
    assert (answer.status_code, Newsletter.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert "What we mended" in answer.content.decode()


def test_a_short_name_is_given_once(browser: Client) -> None:
    make_letter("bench")
    answer = browser.post("/desk/newsletters/new/", FORM)
    assert (answer.status_code, "already" in answer.content.decode()) == (422, True)


def test_a_list_is_read_before_anything_is_done(browser: Client) -> None:
    letter = known_list()
    file = SimpleUploadedFile("list.csv", LIST.encode())
    page = browser.post(path_of(letter, "list/"), {"file": file, "how": "ask"}).content.decode()
    assert "<dt>New</dt><dd>2</dd>" in page
    assert "<dt>On the list already</dt><dd>1</dd>" in page
    assert "<dt>Ended it once, not brought back</dt><dd>1</dd>" in page
    assert "<dt>Lines without an address</dt><dd>2 " in page
    assert (Subscriber.objects.count(), Letter.objects.count(), Brought.objects.count()) == (2, 0, 0)


def known_list() -> Newsletter:
    letter = make_letter()
    make_subscriber(letter, "there@example.org")
    end(make_subscriber(letter, "ended@example.org"))
    return letter


def test_brought_with_consent_they_get_it_and_the_statement_is_kept(browser: Client) -> None:
    letter = known_list()
    given = {"list": LIST, "how": "attest", "statement": "At the autumn fair, on paper.", "go": "yes"}
    assert browser.post(path_of(letter, "list/"), given).status_code == 303
    brought = Brought.objects.get()
    rows = Subscriber.objects.filter(brought=brought).order_by("address")
    assert [(each.address, each.consent) for each in rows] == [
        ("ada@example.org", "attested"),
        ("bo@example.org", "attested"),
    ]
    assert FactRow.objects.get(name="newsletter.list_brought").content == {
        "newsletter": letter.id, "people": 2, "asked": False,
    }  # fmt: skip
    assert (brought.statement, brought.by_id is not None) == ("At the autumn fair, on paper.", True)
    assert (Subscriber.objects.subscribed().count(), Letter.objects.count()) == (3, 0)
    browser.post(path_of(letter, "list/"), given)
    assert Subscriber.objects.count() == 4


def test_brought_without_a_statement_nobody_comes(browser: Client) -> None:
    letter = make_letter()
    answer = browser.post(path_of(letter, "list/"), {"list": LIST, "how": "attest", "statement": "yes", "go": "yes"})
    assert (answer.status_code, Subscriber.objects.count()) == (422, 0)
    assert "Ada;ADA@example.org" in answer.content.decode()


def test_asked_by_mail_nobody_is_on_the_list_before_they_agree(browser: Client) -> None:
    letter = make_letter()
    browser.post(path_of(letter, "list/"), {"list": "ada@example.org\nbo@example.org", "how": "ask", "go": "yes"})
    assert (Subscriber.objects.count(), sorted(Letter.objects.values_list("address", flat=True))) == (
        0, ["ada@example.org", "bo@example.org"],
    )  # fmt: skip


def test_the_same_people_are_asked_once_however_often_it_is_pressed(browser: Client) -> None:
    letter = make_letter()
    given = {"list": "ada@example.org\nbo@example.org", "how": "ask"}
    page = browser.post(path_of(letter, "list/"), given).content.decode()
    token = re.search(r'name="once" value="([^"]+)"', page)
    assert token is not None
    with clock.pinned(clock.now()):
        pressed = [browser.post(path_of(letter, "list/"), given | {"go": "yes", "once": token[1]}) for _ in range(2)]
        anew = browser.post(path_of(letter, "list/"), given | {"go": "yes"})
        other = [given | {"list": f"{given['list']}\n{number}@example.org", "go": "yes"} for number in range(4)]
        for each in other:
            browser.post(path_of(letter, "list/"), each)
    assert ([each.status_code for each in pressed], anew.status_code) == ([303, 303], 429)
    assert Letter.objects.filter(address="ada@example.org").count() == 3


def test_the_list_is_taken_along_and_no_table_program_runs_it(browser: Client) -> None:
    letter = make_letter()
    make_subscriber(letter, "=cmd+1@example.org")
    assert (browser.get(path_of(letter, "list.csv")).status_code, FactRow.objects.exists()) == (405, False)
    answer = browser.post(path_of(letter, "list.csv"))
    lines = answer.content.decode().splitlines()
    assert (lines[0], len(lines)) == ("address,since,consent,statement,language", 2)
    assert lines[1].startswith("'=cmd+1@example.org,")
    assert lines[1].endswith(",confirmed,,en")
    given = {"list": answer.content.decode(), "how": "ask"}
    page = browser.post(path_of(letter, "list/"), given).content.decode()
    assert "<dt>On the list already</dt><dd>1</dd>" in page
    told = FactRow.objects.get(name="newsletter.list_exported")
    assert (told.about_id, told.by_id is not None, told.content["people"]) == (letter.id, True, 1)
    assert "attachment" in answer["Content-Disposition"]


def test_somebody_is_taken_off_and_not_brought_back(browser: Client) -> None:
    letter = make_letter()
    reader = make_subscriber(letter, "ada@example.org")
    browser.post(path_of(letter, f"subscribers/{reader.shown_id}/"), {"_method": "DELETE"})
    reader.refresh_from_db()
    assert (reader.state, reader.ended_because, reader.address) == ("ended", "removed", "")
    browser.post(
        path_of(letter, "list/"), {"list": "ada@example.org", "how": "attest", "statement": "On paper.", "go": "y"}
    )
    assert Subscriber.objects.subscribed().count() == 0


@pytest.mark.parametrize(
    ("because", "brought"), [("bounced", 0), ("complained", 0), ("erased", 0), ("unsubscribed", 1), ("removed", 1)]
)
def test_who_left_us_altogether_is_brought_to_no_other_list(browser: Client, because: str, brought: int) -> None:
    end(make_subscriber(make_letter("other", name="Other"), "ada@example.org"), because)
    letter = make_letter()
    given = {"list": "ada@example.org", "how": "attest", "statement": "At the autumn fair.", "go": "yes"}
    browser.post(path_of(letter, "list/"), given)
    assert letter.subscribers.count() == brought


def test_whoever_is_there_is_known_when_the_secret_has_changed(browser: Client) -> None:
    letter = make_letter()
    make_subscriber(letter, "ada@example.org")
    Subscriber.objects.update(digest="0" * 64)  # as by a secret that is over
    given = {"list": "ada@example.org", "how": "attest", "statement": "At the autumn fair.", "go": "yes"}
    browser.post(path_of(letter, "list/"), given)
    assert letter.subscribers.count() == 1


def test_the_key_is_shown_to_those_alone_who_may_connect_channels(browser: Client) -> None:
    letter = make_letter()
    assert newsletters_key() in browser.get(path_of(letter)).content.decode()
    ada, manager = make_person("Ada"), Client()
    Role.objects.create(key="letters", name="Letters", scope_kind="site", rights=["newsletter.manage"])
    give(ada, "letters")
    manager.force_login(ada.account)
    page = manager.get(path_of(letter))
    assert (page.status_code, newsletters_key() in page.content.decode()) == (200, False)


@pytest.mark.parametrize("number", [0, 1, 120])
def test_a_list_of_none_of_one_and_of_many(browser: Client, number: int, django_assert_max_num_queries: Any) -> None:
    letter = make_letter()
    for each in range(number):
        make_subscriber(letter, f"a{each:03d}@example.org")
    browser.get("/desk/newsletters/")
    with django_assert_max_num_queries(8):
        page = browser.get(path_of(letter, "subscribers/")).content.decode()
    assert page.count("@example.org") == min(number, 50)
    assert ("Nobody gets it yet" in page, "Older" in page) == (number == 0, number > 50)
    found = browser.get(path_of(letter, "subscribers/") + "?q=a00").content.decode()
    assert found.count("@example.org</p>") == min(number, 10)


def test_a_trial_comes_to_oneself_alone(browser: Client) -> None:
    letter = make_letter()
    make_subscriber(letter)
    page = browser.post(path_of(letter, "trial/"), {"title": "Zips", "text": "Come & see"}).content.decode()
    assert ("Come &amp; see" in page, Letter.objects.count()) == (True, 0)
    browser.post(path_of(letter, "trial/"), {"title": "Zips", "text": "Come & see", "send": "yes"})
    sent = Letter.objects.get()
    assert (sent.subject, sent.person_id is not None, sent.address) == ("Trial: Zips", True, "")
    assert sent.text.startswith("Zips\n\nCome & see\n\n-- \n")
    assert "/newsletters/stops/" not in sent.text


def test_nobody_else_sees_who_gets_it() -> None:
    letter = make_letter()
    make_subscriber(letter, "kept-quiet@example.org")
    member = Client()
    member.force_login(make_person("Ada").account)
    browsers = [Client(), member, *map(of_staff, ("community_manager", "moderator", "lead"))]
    for browser in browsers:
        for noun in ("", "settings/", "subscribers/", "list/", "list.csv", "trial/"):
            answer = (browser.post if noun == "list.csv" else browser.get)(path_of(letter, noun))
            assert answer.status_code in (302, 303, 403)
            assert b"kept-quiet" not in answer.content
        for path in ("/newsletters/", "/newsletters/guild/"):
            assert b"kept-quiet" not in browser.get(path).content
