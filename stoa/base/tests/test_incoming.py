"""Mail that comes in: one's own words, what no person wrote, and hostile messages that break nothing."""

import time
from contextlib import suppress

import pytest

from stoa.base.mail.incoming import Unreadable, read, verdict, without_tail
from stoa.base.mail.incoming.reading import LONGEST, PICTURES, words_of_html
from stoa.base.tests.quoted_mails import MAILS


def mail(body: str = "Yes", *heads: str, sender: str = "Ada <ada@example.org>") -> bytes:
    return "\r\n".join([f"From: {sender}", "Message-ID: <1@example.org>", *heads, "", body]).encode()


def test_there_are_forty_answers() -> None:
    assert len(MAILS) >= 40


@pytest.mark.parametrize(("whole", "own"), MAILS)
def test_only_ones_own_words_are_kept(whole: str, own: str) -> None:
    assert without_tail(whole) == own
    assert without_tail(whole.replace("\n", "\r\n")) == own


@pytest.mark.parametrize(
    "line", ["a" * 100_000, "On " + "wrote " * 20_000, "From:" * 20_000, "1:" * 50_000, "\n" * 50_000, "> " * 50_000]
)
def test_no_text_makes_the_cutting_slow(line: str) -> None:
    began = time.process_time()
    without_tail("\n".join([line[:1000], line, line[:1000]]))
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("Auto-Submitted: auto-replied", "an automatic answer"),
        ("Auto-Submitted: auto-generated; x=1", "an automatic answer"),
        ("Precedence: bulk", "sent in bulk"),
        ("Precedence: auto_reply", "sent in bulk"),
        ("X-Autoreply: yes", "an automatic answer"),
        ("X-Autorespond: yes", "an automatic answer"),
        ("X-Failed-Recipients: bo@example.org", "an automatic answer"),
        ("List-Id: <list.example.org>", "from a list"),
        ("Return-Path: <>", "a bounce"),
        ("Content-Type: multipart/report; boundary=x", "a bounce"),
        ("Subject: Out of office: back on Monday", "an automatic answer"),
        ("Subject: Automatische Antwort: Zip", "an automatic answer"),
        ("Subject: Undeliverable: Zip", "an automatic answer"),
        ("Auto-Submitted: no", ""),
        ("Return-Path: <ada@example.org>", ""),
        ("Subject: Re: Out of the office, into the shed", ""),
    ],
)
def test_what_no_person_wrote_is_known_by_its_marks(head: str, why: str) -> None:
    assert read(mail("Yes", head)).automatic == why


def test_our_own_letters_and_robots_are_known(settings: object) -> None:
    settings.STOA_URL = "https://stoa.example"  # type: ignore[attr-defined]
    own = mail().replace(b"<1@example.org>", b"<0abc@stoa.example>")
    assert read(own).automatic == "our own letter"
    assert read(mail(sender="MAILER-DAEMON@example.org")).automatic == "from a robot"


@pytest.mark.parametrize(
    ("results", "found"),
    [
        (["mx.example; spf=pass; dmarc=pass header.from=a.example"], "pass"),
        (["mx.example 1; dmarc=fail (p=none)"], "fail"),
        (["mx.example; dmarc=pass", "mx.example; dmarc=fail"], "fail"),
        (["evil.example; dmarc=pass"], ""),
        (["mx.example.evil; dmarc=pass"], ""),
        (["x; mx.example; dmarc=pass"], ""),
        (["MX.example; DMARC = Pass"], "pass"),
        (['mx.example; dkim=pass reason="; dmarc=pass"; dmarc=fail'], "fail"),
        (["mx.example; dmarc=temperror"], "temperror"),
        (["mx.example; dmarc=none"], "none"),
        ([], ""),
    ],
)
def test_only_our_own_servers_word_counts_and_the_worst_of_it(results: list[str], found: str) -> None:
    assert verdict(results, "mx.example") == found


def test_a_mail_of_html_alone_is_read_as_text_without_what_it_quotes() -> None:
    html = (
        "<html><head><style>p{}</style></head><body><p>Rub a <b>pencil</b>.</p><div>Then pull.</div><script>x()</script>"
        "<div class=gmail_quote>On Monday Stoa wrote:<blockquote>Ada asked</blockquote></div></body></html>"
    )
    assert words_of_html(html) == "Rub a pencil.\n\nThen pull."
    assert read(mail(html, "Content-Type: text/html; charset=utf-8")).text == "Rub a pencil.\n\nThen pull."


def test_pictures_are_taken_up_to_a_number_and_other_files_are_named() -> None:
    part = '--x\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\nbytes\r\n'
    body = "--x\r\nContent-Type: text/plain\r\n\r\nLook\r\n" + "".join(
        part.format(kind="image/png", name=f"{number}.png") for number in range(PICTURES + 2)
    ) + part.format(kind="application/pdf", name="plan.pdf") + "--x--\r\n"  # fmt: skip
    found = read(mail(body, "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=x"))
    assert (found.text, len(found.pictures)) == ("Look", PICTURES)
    assert found.left_out == ("5.png", "6.png", "plan.pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0" * 5000, b"no head at all", b"From: \r\n\r\nx", b"From: a@b.c, d@e.f\r\n\r\nx",
        b"From: a@b.c\r\nFrom: d@e.f\r\n\r\nx", b"From: nobody\r\n\r\nx", b"x" * (LONGEST + 1),
    ],
)  # fmt: skip
def test_what_is_from_nobody_in_particular_cannot_be_read(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(content)


HOSTILE = [
    b"From: a@b.c\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe",
    b"From: a@b.c\r\nContent-Type: multipart/mixed; boundary=\r\n\r\nx",
    b"From: a@b.c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 3000,
    b"From: a@b.c\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%",
    b"From: =?utf-8?b?" + b"x" * 5000 + b"?= <a@b.c>\r\n\r\nx",
    b"From: a@b.c\r\nSubject: " + b"=?utf-8?q?=ff?= " * 500 + b"\r\n\r\nx",
    b"From: a@b.c\r\nContent-Type: text/plain; charset*=utf-8''%ff\r\n\r\nx",
    b"From: a@b.c\r\nMessage-ID: " + b"<" * 9000 + b"\r\n\r\nx",
    b"From: a@b.c\r\nTo: " + b"a@b.c, " * 2000 + b"\r\n\r\nx",
    b'From: a@b.c\r\nContent-Disposition: attachment; filename*0="\r\nContent-Type: image/png\r\n\r\nx',
]


@pytest.mark.parametrize("content", HOSTILE)
def test_hostile_messages_are_read_or_refused_and_never_slow(content: bytes) -> None:
    began = time.process_time()
    with suppress(Unreadable):
        read(content)
    assert time.process_time() - began < 8
