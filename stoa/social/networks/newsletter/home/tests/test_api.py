"""The API of newsletters, as a program meets it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from stoa.base.work.drain import drain
from stoa.social.networks.newsletter.home.models import Issue, Mail, Newsletter, Picture, Subscriber
from stoa.social.networks.newsletter.home.policy import newsletters_key
from stoa.social.networks.newsletter.home.tests.makers import Program, drawn, make_letter, make_subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(settings: Any, tmp_path: Any) -> Newsletter:
    settings.STOA_MAIL_URL = "smtp://127.0.0.1:1?tls=off"
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    return make_letter()


@pytest.fixture
def guild(letter: Newsletter) -> Program:
    return Program(letter)


def test_an_issue_has_one_mail_for_each_subscriber_of_that_moment(guild: Program) -> None:
    for name in ("ada", "bo"):
        make_subscriber(guild.newsletter, f"{name}@example.org")
    made = guild.send("POST", "issues", {"title": "Zips", "text": "Come"}, key="k").json()
    make_subscriber(guild.newsletter, "late@example.org")
    assert (made["every"], made["waiting"], made["out"]) == (2, 2, 0)
    again = guild.send("POST", "issues", {"title": "Zips", "text": "Come"}, key="k").json()
    assert (again["id"], Mail.objects.count(), Issue.objects.count()) == (made["id"], 2, 1)
    found = guild.send("GET", "issues?key=k").json()["issues"]
    assert [each["waiting"] for each in found] == [2]


def test_taking_back_stops_what_waits_and_empties_the_page(guild: Program) -> None:
    readers = [make_subscriber(guild.newsletter, f"{name}@example.org") for name in ("ada", "bo", "cy")]
    made = guild.send("POST", "issues", {"title": "Soon gone", "text": "Secret words"}, key="k").json()
    Mail.objects.filter(subscriber=readers[0]).update(state="taken", tries=1)
    path = made["address"].removeprefix("http://localhost:8000")
    assert guild.send("DELETE", f"issues/{made['id']}").json()["out"] == 1
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["left out", "left out", "taken"]
    assert guild.send("GET", f"issues/{made['id']}").json()["out"] == 1
    page = Client().get(path)
    assert (page.status_code, "Secret words" in page.content.decode()) == (410, False)
    drain()
    row = Issue.objects.get()
    assert (row.title, row.text, row.state, row.due_at) == ("", "", "stopped", None)


def test_an_issue_is_on_its_page_once_somebody_has_it(guild: Program) -> None:
    make_subscriber(guild.newsletter)
    stored = guild.send("POST", "pictures", drawn()).json()["id"]
    body = {"title": "Held words", "text": "x", "pictures": [{"id": stored, "alt": ""}]}
    path = guild.send("POST", "issues", body).json()["address"].removeprefix("http://localhost:8000")
    picture = Picture.objects.get().get_absolute_url()
    assert [Client().get(each).status_code for each in (path, picture)] == [404, 404]
    assert "Held words" not in Client().get("/newsletters/guild/").content.decode()
    Mail.objects.update(state="taken")
    answers = [Client().get(each) for each in (path, picture)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[1]["Cache-Control"] == "private, max-age=300"
    assert "Held words" in Client().get("/newsletters/guild/").content.decode()


def test_without_a_mail_server_an_issue_is_refused_and_nothing_is_kept(guild: Program, settings: Any) -> None:
    settings.STOA_MAIL_URL = ""
    make_subscriber(guild.newsletter)
    answer = guild.send("POST", "issues", {"title": "Zips", "text": "Come"}, key="k")
    assert (answer.status_code, answer.json()["message"]) == (409, "This installation has no mail server.")
    assert (Issue.objects.count(), Mail.objects.count()) == (0, 0)


def test_nobody_writes_to_the_list_of_another(guild: Program) -> None:
    other = Program(make_letter("other", name="Other"))
    made = guild.send("POST", "issues", {"title": "Ours", "text": "x"}).json()
    assert other.send("GET", f"issues/{made['id']}").status_code == 404
    assert other.send("DELETE", f"issues/{made['id']}").status_code == 404
    assert other.send("GET", f"numbers?ids={made['id']}").json() == {"numbers": []}
    stored = other.send("POST", "pictures", drawn()).json()["id"]
    body = {"title": "x", "text": "y", "pictures": [{"id": stored, "alt": ""}]}
    assert guild.send("POST", "issues", body).status_code == 404
    assert (Issue.objects.get().title, Picture.objects.get().issue) == ("Ours", None)


def test_opening_again_renews_the_token(guild: Program) -> None:
    Program(guild.newsletter)
    assert guild.send("GET", "issues?key=a").status_code == 401


def test_numbers_are_counted_from_the_mails(guild: Program) -> None:
    made = guild.send("POST", "issues", {"title": "Zips", "text": "x"}).json()
    issue = Issue.objects.get()
    for number, state in enumerate(["taken", "taken", "taken", "refused", "unclear", "left out"]):
        reader = make_subscriber(guild.newsletter, f"a{number}@example.org")
        Mail.objects.create(issue=issue, subscriber=reader, state=state, tries=1)
    first, second, *_rest = Mail.objects.order_by("id")
    Mail.objects.filter(id=first.id).update(bounced_at=issue.at)
    Mail.objects.filter(id=second.id).update(ended_at=issue.at)
    told = guild.send("GET", f"numbers?ids={made['id']},0000000000001").json()["numbers"]
    assert told == [{"id": made["id"], "sent": 5, "delivered": 2, "bounced": 2, "unsubscribed": 1}]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "issues", b"[]", 400),
        ("POST", "issues", {"title": " ", "text": "\n"}, 422),
        ("POST", "issues", {"title": 7, "text": ["x"]}, 422),
        ("POST", "issues", {"title": "t" * 201, "text": "x"}, 422),
        ("POST", "issues", {"title": "", "text": "x" * 20_001}, 422),
        ("POST", "issues", {"title": "x", "pictures": "y"}, 422),
        ("POST", "issues", {"title": "x", "pictures": [{"id": "nonsense"}]}, 404),
        ("POST", "pictures", b"<svg/>", 422),
        ("GET", "issues", None, 422),
        ("GET", "issues/nonsense", None, 404),
        ("GET", "numbers?ids=nonsense", None, 404),
        ("POST", "newsletters", {"handle": "guild", "key": "wrong"}, 403),
        ("POST", "newsletters", {"handle": "nothing", "key": newsletters_key()}, 422),
    ],
)
def test_nonsense_is_answered_in_words(guild: Program, method: str, path: str, body: Any, status: int) -> None:
    answer = guild.send(method, path, body)
    assert (answer.status_code, bool(answer.json()["message"])) == (status, True)
    assert (Issue.objects.count(), Newsletter.objects.count(), Subscriber.objects.count()) == (0, 1, 0)


def test_the_issues_of_one_that_is_not_shown_are_nobodys_to_read(guild: Program) -> None:
    Newsletter.objects.update(is_shown=False)
    made = guild.send("POST", "issues", {"title": "Quiet words", "text": "x"}).json()
    assert Client().get(made["address"].removeprefix("http://localhost:8000")).status_code == 404
    assert "Quiet words" not in Client().get("/newsletters/guild/").content.decode()
