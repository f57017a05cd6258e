"""What lies in a reader's mailbox: heads, words, pictures with their descriptions, the way to stop."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client

from stoa.base.mail.carrying import dotted
from stoa.base.options.declare import OptionRow
from stoa.base.work.drain import drain
from stoa.social.networks.newsletter.home.actions.issues import Draft, write_issue
from stoa.social.networks.newsletter.home.actions.pictures import store_picture
from stoa.social.networks.newsletter.home.models import Mail, Newsletter, Subscriber
from stoa.social.networks.newsletter.home.tests.makers import drawn, make_letter, make_subscriber
from stoa.social.networks.newsletter.home.tests.post import PostOffice, post_office

pytestmark = pytest.mark.django_db
ALT = 'A "green" bench & <lamp>, 灯'
HOSTILE = "Zips\r\nBcc: all@example.org\u2028<script>alert(1)</script>"


@pytest.fixture
def office(settings: Any, tmp_path: Any) -> Iterator[PostOffice]:
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    with post_office(settings) as office:
        yield office


@pytest.fixture
def letter(office: PostOffice) -> Newsletter:
    made = make_letter(name="The Bench Letter", sender="Gilde für Räder")
    make_subscriber(made)
    return made


def sent(letter: Newsletter, office: PostOffice, draft: Draft) -> EmailMessage:
    write_issue(draft, by=letter, key=draft.title)
    drain()
    return office.letter(-1)


def body(made: EmailMessage, kind: str) -> str:
    part = made.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_the_head_says_who_and_how_to_stop(letter: Newsletter, office: PostOffice) -> None:
    made = sent(letter, office, Draft("Zips & more", "Come", "en"))
    mail = Mail.objects.get()
    assert (str(made["Subject"]), str(made["To"])) == ("Zips & more", "ada@example.org")
    assert made["From"].addresses[0].display_name == "Gilde für Räder"
    assert (made["From"].addresses[0].addr_spec, made["Reply-To"].addresses[0].addr_spec) == (
        "stoa@example.org", "letter@example.org",
    )  # fmt: skip
    assert str(made["Message-ID"]) == f"<{mail.shown_id}@localhost>"
    assert str(made["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert str(made["List-Id"]) == '"The Bench Letter" <guild.localhost>'
    address = str(made["List-Unsubscribe"]).strip("<>")
    browser = Client(enforce_csrf_checks=True)
    path = address.removeprefix("http://localhost:8000")
    assert browser.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscriber.objects.get().state == "ended"
    mail.refresh_from_db()
    assert mail.ended_at is not None
    assert office.taken[0][0] == "stoa@example.org"


def test_words_are_plain_and_html_and_nothing_is_tracked(letter: Newsletter, office: PostOffice) -> None:
    made = sent(letter, office, Draft("Zips", "Come: https://stoa.test/l/abc\n\nBring <two>.", "en"))
    plain, html = body(made, "plain"), body(made, "html")
    assert plain.startswith("Zips\n\nCome: https://stoa.test/l/abc\n\nBring <two>.\n\n-- \n")
    assert "The Guild, 7 Quay Lane, Brackwater" in plain
    assert 'href="https://stoa.test/l/abc"' in html
    assert "Bring &lt;two&gt;." in html
    assert "<img" not in html
    for part in (plain, html):
        assert "/newsletters/stops/" in part
        assert "/newsletters/choices/" in part
        assert "/newsletters/guild/issues/" in part


def test_pictures_lie_within_with_every_byte_and_their_descriptions(letter: Newsletter, office: PostOffice) -> None:
    stored = [(store_picture(drawn(colour), by=letter), alt) for colour, alt in (("teal", ALT), ("red", ""))]
    made = sent(letter, office, Draft("Zips", "Come", pictures=stored))
    shown = [part for part in made.walk() if part.get_content_maintype() == "image"]
    assert [part.get_content() for part in shown] == [drawn("teal"), drawn("red")]
    html = body(made, "html")
    for part in shown:
        assert f'src="cid:{str(part["Content-ID"]).strip("<>")}"' in html
    assert 'alt="A &quot;green&quot; bench &amp; &lt;lamp&gt;, 灯"' in html
    assert f"[Picture: {ALT}]" in body(made, "plain")


def test_hostile_words_make_no_heads_and_no_markup(letter: Newsletter, office: PostOffice) -> None:
    made = sent(letter, office, Draft(HOSTILE, HOSTILE))
    assert (made["Bcc"], str(made["Subject"]).startswith("Zips Bcc:")) == (None, True)
    assert "<script" not in body(made, "html")


def test_a_language_from_right_to_left_is_one(letter: Newsletter, office: PostOffice) -> None:
    made = sent(letter, office, Draft("سحابات", "تعال", "ar"))
    assert (str(made["Subject"]), '<html lang="ar" dir="rtl">' in body(made, "html")) == ("سحابات", True)


def test_mails_come_back_at_an_address_of_their_own_where_a_domain_is_named(
    letter: Newsletter, office: PostOffice
) -> None:
    OptionRow.objects.create(key="newsletter.bounce_domain", value="back.example.org")
    sent(letter, office, Draft("Zips", "Come"))
    local, _, domain = office.taken[0][0].partition("@")
    assert (local.startswith(f"bounce+{Mail.objects.get().shown_id}"), domain) == (True, "back.example.org")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"a\n.b\n", b"a\r\n..b\r\n.\r\n"),
        (b"a", b"a\r\n.\r\n"),
        (b".\r\n", b"..\r\n.\r\n"),
        (b"a\r\rb", b"a\r\n\r\nb\r\n.\r\n"),
    ],
)
def test_lines_go_over_the_line_as_the_standard_says(content: bytes, line: bytes) -> None:
    assert dotted(content) == line
