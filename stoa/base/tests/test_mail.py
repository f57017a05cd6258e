"""Letters are written with the change, and sent only if their reader may still have them."""

import smtplib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template import engines
from jinja2 import DictLoader

from stoa.base import actors, clock, mail, things
from stoa.base.actors import VISITOR, Actor, Loader, Standing
from stoa.base.mail import rights, send
from stoa.base.mail.write import write_letter
from stoa.base.models import Letter, Site
from stoa.base.work.drain import drain

pytestmark = pytest.mark.django_db
ADA = Actor(person_id=5, standing=Standing.MEMBER, address="ada@a.example")
NOW = datetime(2026, 5, 1, tzinfo=UTC)


class Server:
    """A mail server that remembers, or refuses."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.trouble: Exception | None = None

    def send_messages(self, messages: list[Any]) -> None:
        if self.trouble:
            raise self.trouble
        self.sent += messages


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    settings.STOA_MAIL_URL = "smtp://a:b@mail.example"
    monkeypatch.setattr(send, "connection", lambda: made)
    return made


@pytest.fixture(autouse=True)
def people(monkeypatch: pytest.MonkeyPatch) -> dict[int, Actor]:
    known = {5: ADA}
    monkeypatch.setattr(actors, "_loader", Loader(lambda n: VISITOR, lambda n: known.get(n, VISITOR)))
    return known


@pytest.fixture
def seen() -> Iterator[list[int]]:
    Site.objects.get_or_create(pk=1)
    who = [5]

    def visible(actor: Actor, numbers: Any) -> Any:
        return Site.objects.filter(id__in=numbers) if actor.person_id in who else Site.objects.none()

    things.register(things.Thing("base.leaf", visible, lambda row: things.Card("leaf", "/")))
    yield who
    things._kinds.pop("base.leaf")


def letter(**values: Any) -> Letter:
    return write_letter("base.note", **{"subject": "Hello", "text": "A note\n", "person_id": 5, **values})


def test_a_letter_goes_to_the_address_that_its_reader_has_when_it_is_sent(
    server: Server, people: dict[int, Actor]
) -> None:
    made = letter(subject="Hi\r\nBcc: x@y.example", html="<p>A note</p>")
    people[5] = replace(ADA, address="new@a.example")
    with clock.pinned(NOW + timedelta(days=900)):
        drain()
    (sent,) = server.sent
    assert (sent.to, sent.subject, sent.body) == (["new@a.example"], "Hi Bcc: x@y.example", "A note\n")
    assert sent.extra_headers["Message-ID"] == f"<{made.shown_id}@localhost>"
    made.refresh_from_db()
    assert (made.state, made.due_at, made.address) == ("sent", None, "new@a.example")


def test_a_letter_about_what_its_reader_may_not_see_any_more_is_stopped(server: Server, seen: list[int]) -> None:
    letter(thing=("base.leaf", 1))
    drain()
    letter(thing=("base.leaf", 1))
    seen.clear()
    drain()
    assert len(server.sent) == 1
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["sent", "stopped"]


def test_a_kind_may_bring_its_own_rule(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "_rules", {})
    mail.may_send("base.note")(lambda reader, _letter: reader.level > 1)
    made = letter()
    drain()
    made.refresh_from_db()
    assert (made.state, server.sent) == ("stopped", [])


def test_a_letter_to_somebody_who_left_is_stopped(server: Server, people: dict[int, Actor]) -> None:
    made = letter()
    people.clear()
    drain()
    made.refresh_from_db()
    assert (made.state, server.sent) == ("stopped", [])


def test_without_a_mail_server_letters_are_kept_to_be_read(settings: Any) -> None:
    settings.STOA_MAIL_URL = ""
    made = letter()
    drain()
    made.refresh_from_db()
    assert (made.state, made.due_at, made.address) == ("kept", None, "ada@a.example")


def test_a_refusal_for_good_ends_it_and_any_other_trouble_waits(server: Server) -> None:
    server.trouble = smtplib.SMTPRecipientsRefused({"a@a.example": (550, b"no such user")})
    refused = letter()
    drain()
    server.trouble = smtplib.SMTPRecipientsRefused({"a@a.example": (451, b"later")})
    waiting = letter()
    drain()
    refused.refresh_from_db()
    waiting.refresh_from_db()
    assert (refused.state, refused.due_at) == ("refused", None)
    assert (waiting.state, waiting.tries) == ("waiting", 1)
    assert "SMTPRecipientsRefused" in waiting.trouble
    server.trouble = None
    with clock.moved(by=timedelta(hours=1)):
        drain()
    waiting.refresh_from_db()
    assert (waiting.state, len(server.sent)) == ("sent", 1)


def test_of_some_kinds_nothing_is_kept_once_the_mail_server_has_answered(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "_forgotten", {"base.asked"})
    write_letter("base.asked", address="zoe@z.example", subject="Do you want it?", text="Press here.")
    stays = letter()
    drain()
    assert [sent.to for sent in server.sent] == [["zoe@z.example"], ["ada@a.example"]]
    assert list(Letter.objects.values_list("id", flat=True)) == [stays.id]
    server.trouble = smtplib.SMTPRecipientsRefused({"zoe@z.example": (451, b"later")})
    gone = write_letter("base.asked", address="zoe@z.example", subject="Do you want it?", text="Press here.")
    drain()
    assert Letter.objects.get(id=gone.id).state == "waiting"


def test_what_is_rolled_back_is_never_sent(server: Server) -> None:
    def fail() -> None:
        with transaction.atomic():
            letter()
            raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        fail()
    drain()
    assert (server.sent, Letter.objects.count()) == ([], 0)


def test_mails_of_libraries_come_into_the_outbox() -> None:
    backend = get_connection("stoa.base.mail.backend.OutboxBackend")
    message = EmailMultiAlternatives("Confirm", "Open this", to=["a@a.example", "b@a.example"])
    message.attach_alternative("<p>Open this</p>", "text/html")
    assert backend.send_messages([message]) == 1
    rows = Letter.objects.order_by("address").values_list("address", "kind", "subject", "text", "html", "state")
    assert list(rows) == [
        (f"{who}@a.example", "account", "Confirm", "Open this", "<p>Open this</p>", "waiting") for who in "ab"
    ]


def test_a_template_gives_subject_and_text_without_escaping(monkeypatch: pytest.MonkeyPatch) -> None:
    engine: Any = engines["jinja"]
    monkeypatch.setattr(
        engine.env, "loader", DictLoader({"n.txt": "{{ who }} answered\n\nSee {{ origin }}/x & 'more'\n"})
    )
    made = mail.compose("n.txt", {"who": "Ada & <Bo>"})
    assert made == {"subject": "Ada & <Bo> answered", "text": "See http://localhost:8000/x & 'more'\n"}


def test_a_letter_needs_one_reader() -> None:
    for values in ({"person_id": None}, {"address": "a@a.example"}):
        with pytest.raises(ValueError, match="person or"):
            letter(**values)


def test_old_letters_and_those_of_the_erased_are_forgotten() -> None:
    with clock.pinned(NOW):
        old, waiting = letter(), letter()
    Letter.objects.filter(id=old.id).update(state="sent")
    mail.forget_letters(NOW + timedelta(days=1))
    assert list(Letter.objects.values_list("id", flat=True)) == [waiting.id]
    letter(person_id=None, address="Ada@a.example")
    mail.erase_letters_of(5, "ada@A.example")
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://u%40a:p%3A@m.example", ("m.example", 587, "u@a", "p:", True, False)),
        ("smtps://m.example", ("m.example", 465, "", "", False, True)),
        ("smtp://m.example:25?tls=off", ("m.example", 25, "", "", False, False)),
    ],
)
def test_the_address_of_a_mail_server(settings: Any, url: str, expected: tuple[object, ...]) -> None:
    settings.STOA_MAIL_URL = url
    made = send.connection()
    assert (made.host, made.port, made.username, made.password, made.use_tls, made.use_ssl) == expected
