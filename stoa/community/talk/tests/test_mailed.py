"""Answers by mail: only who was signed for, only where they may reply, each once; what was theirs and is refused comes back to them."""

import asyncio
import io
import smtplib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from stoa.base import clock
from stoa.base.mail.send import message
from stoa.base.models.letter import Letter
from stoa.base.models.option import OptionRow
from stoa.base.options import set_option
from stoa.base.work.drain import drain
from stoa.community.talk import actions
from stoa.community.talk.actions.mailed import forget_mailed, take_mail
from stoa.community.talk.lmtp import listen
from stoa.community.talk.models import MailedReply, Reply
from stoa.community.talk.reply_addresses import Answering, is_ours, read_address, reply_address
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.community.talk.tests.spoofs import DOMAIN, SPOOFS, Case, address_of, passing, written
from stoa.people.models import Account, Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.models import Grant
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def domain() -> None:
    set_option("talk.reply_domain", DOMAIN, by=make_staff("owner"))


@pytest.fixture
def case(domain: None) -> Case:
    ada, topic = make_person("Ada"), make_topic()
    return Case(ada, make_person("Mallory"), topic, reply_address(ada.id, topic.id))


def replies() -> list[tuple[int, str]]:
    return list(Reply.objects.order_by("id").values_list("author_id", "source"))


def test_an_answer_is_posted_as_theirs_without_what_it_quotes(case: Case) -> None:
    mail = written(address_of(case.ada), case.to, "Rub a pencil.\n\nOn Mon, 9 Mar 2026, Stoa wrote:\n> Ada asked\n")
    assert take_mail(mail.as_bytes(), [case.to]).outcome == "posted"
    assert replies() == [(case.ada.id, "Rub a pencil.")]
    row = MailedReply.objects.get()
    assert (row.person_id, row.topic_id, row.reply_id, row.outcome) == (
        case.ada.id, case.topic.id, Reply.objects.get().id, "posted",
    )  # fmt: skip
    case.topic.refresh_from_db()
    assert case.topic.replies_count == 1


def test_the_same_letter_twice_posts_once(case: Case) -> None:
    mail = written(address_of(case.ada).upper(), case.to).as_bytes()
    assert [take_mail(mail, [case.to.upper()]).outcome for _time in range(2)] == ["posted", "posted"]
    assert len(replies()) == 1


def test_one_letter_to_two_topics_answers_both_and_each_once(case: Case) -> None:
    other = reply_address(case.ada.id, make_topic(by=actor_of(case.mallory)).id)
    mail = written(address_of(case.ada), f"{case.to}, {other}").as_bytes()
    for to in (case.to, other, case.to, other):
        assert take_mail(mail, [to]).outcome == "posted"
    assert replies() == [(case.ada.id, "Rub a pencil.")] * 2
    both = written(address_of(case.ada), f"{case.to}, {other}", "From a mailbox.").as_bytes()
    for _time in range(2):
        assert take_mail(both, []).outcome == "posted"
    assert replies()[2:] == [(case.ada.id, "From a mailbox.")] * 2
    assert Reply.objects.values("topic_id").distinct().count() == 2


def test_a_letter_that_tells_of_a_topic_can_be_answered_and_says_so(case: Case) -> None:
    mine = make_topic(by=actor_of(case.ada))
    make_reply(mine)
    drain()
    letter = Letter.objects.get(kind="talk.reply", person_id=case.ada.id)
    sent = message(letter).message()
    assert read_address(str(sent["Reply-To"])) == Answering(case.ada.id, mine.id)
    assert "Answer this mail to reply in the topic." in str(sent.get_payload(decode=True).decode())
    actions.close_topic(mine, by=make_staff("moderator"))
    assert message(letter).message()["Reply-To"] is None


def test_without_a_domain_nothing_is_signed_and_nothing_taken() -> None:
    ada, topic = make_person("Ada"), make_topic()
    assert reply_address(ada.id, topic.id) == ""
    assert not is_ours("reply+anything@reply.example")
    assert take_mail(written(address_of(ada), "reply+x@reply.example").as_bytes(), []).outcome == "dropped"


def test_an_address_is_short_enough_for_mail_and_ends_after_ninety_days(case: Case) -> None:
    local = case.to.partition("@")[0]
    assert len(local) == 52
    assert read_address(case.to.upper()) == Answering(case.ada.id, case.topic.id)
    with clock.moved(by=timedelta(days=89)):
        assert read_address(case.to) is not None
    with clock.moved(by=timedelta(days=92)):
        assert read_address(case.to) is None


def test_an_address_outlives_a_new_secret_while_the_old_one_is_remembered(
    case: Case, settings: SimpleNamespace
) -> None:
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a new secret"
    assert read_address(case.to) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert read_address(case.to) == Answering(case.ada.id, case.topic.id)


def test_there_are_thirty_spoofs() -> None:
    assert len(SPOOFS) >= 30


@pytest.mark.parametrize("name", SPOOFS)
def test_a_spoof_posts_nothing_and_is_answered_by_nothing(case: Case, name: str) -> None:
    if "dmarc" in name or "word" in name or name == "a pass and a fail" or name.startswith(("a list", "a bounce")):
        set_option("talk.mail_authserv", "mx.example", by=make_staff("owner", "Second"))
    mail, to = SPOOFS[name](case)
    letters = Letter.objects.count()
    assert take_mail(mail.as_bytes(), [to]).outcome == "dropped"
    assert (replies(), Letter.objects.count()) == ([], letters)


def test_with_our_own_servers_word_her_answer_is_posted(case: Case) -> None:
    set_option("talk.mail_authserv", "mx.example", by=make_staff("owner", "Second"))
    assert take_mail(passing(case).as_bytes(), [case.to]).outcome == "posted"


def refused(case: Case, to: str = "") -> Letter:
    """The letter with her words that comes back."""
    mail = written(address_of(case.ada), to or case.to, "What I wrote by hand.")
    assert take_mail(mail.as_bytes(), [to or case.to]).outcome == "refused"
    assert not Reply.objects.filter(author=case.ada).exists()
    letter = Letter.objects.get(kind="talk.mail_refused", person_id=case.ada.id)
    assert "What I wrote by hand." in letter.text
    return letter


def test_an_answer_to_a_closed_topic_comes_back_with_the_reason(case: Case) -> None:
    actions.close_topic(case.topic, by=make_staff("moderator"))
    assert "This topic is closed." in refused(case).text


def test_an_answer_where_one_may_read_no_more_comes_back_without_a_word_of_the_topic(case: Case) -> None:
    space = make_space("Diary", "private")
    grant = give(case.ada, "space.member", space)
    topic = make_topic(space, "What only we know", by=make_insider(space, name="Wim"))
    to = reply_address(case.ada.id, topic.id)
    Grant.objects.filter(id=grant.id).delete()
    letter = refused(case, to)
    assert "You cannot reply there any more." in letter.text
    assert "What only we know" not in letter.text + letter.subject


def test_a_suspended_member_gets_their_words_back_and_who_left_nothing(case: Case) -> None:
    Person.objects.filter(id=case.ada.id).update(standing="suspended")
    refused(case)
    Person.objects.filter(id=case.ada.id).update(standing="erased")
    mail = written(address_of(case.ada), case.to)
    assert take_mail(mail.as_bytes(), [case.to]).outcome == "dropped"


def test_who_changed_their_address_answers_from_the_new_one_only(case: Case) -> None:
    old = address_of(case.ada)
    Account.objects.filter(person=case.ada).update(email="new@example.org")
    assert take_mail(written(old, case.to).as_bytes(), [case.to]).outcome == "dropped"
    assert take_mail(written("new@example.org", case.to).as_bytes(), [case.to]).outcome == "posted"


def test_a_picture_stands_in_the_reply_and_another_file_is_named(case: Case) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(drawn, "PNG")
    mail = written(address_of(case.ada), case.to, "See here.")
    mail.add_attachment(drawn.getvalue(), maintype="image", subtype="png", filename="zip.png")
    mail.add_attachment(b"not a picture", maintype="image", subtype="png", filename="broken.png")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="[plan](http://x).pdf")
    assert take_mail(mail.as_bytes(), [case.to]).outcome == "posted"
    reply = Reply.objects.get()
    assert reply.source.startswith("See here.\n\n![](/files/")
    assert reply.source.endswith("(Left out: planhttpx.pdf, broken.png)")
    assert reply.html.count("<img") == 1


def test_too_many_answers_are_asked_to_come_later(case: Case) -> None:
    for number in range(20):
        take_mail(written(address_of(case.ada), case.to, f"Answer {number}").as_bytes(), [case.to])
    with pytest.raises(Exception, match="too"):
        take_mail(written(address_of(case.ada), case.to, "One more").as_bytes(), [case.to])
    assert len(replies()) == 20


def test_what_was_taken_is_forgotten_when_no_address_is_left_for_it(case: Case) -> None:
    take_mail(written(address_of(case.ada), case.to).as_bytes(), [case.to])
    assert forget_mailed() == 0
    with clock.moved(by=timedelta(days=181)):
        assert forget_mailed() == 1


def test_a_pipe_takes_one_message(
    case: Case, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = written(address_of(case.ada), case.to).as_bytes()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(mail)))
    call_command("take_mail")
    assert len(replies()) == 1
    with pytest.raises(CommandError):
        call_command("take_mail", lmtp="nowhere")


def test_a_pipe_that_cannot_take_it_now_leaves_it_with_the_mail_server(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = written(address_of(case.ada), case.to).as_bytes()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(mail)))
    monkeypatch.setattr("stoa.community.talk.management.commands.take_mail.take_mail", lambda *_given: 1 / 0)
    with pytest.raises(CommandError) as trouble:
        call_command("take_mail")
    assert (trouble.value.returncode, replies()) == (75, [])


@contextmanager
def open_door() -> Iterator[int]:
    """The LMTP door on a free port of the loopback."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(listen("127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_delivers_by_lmtp_and_strangers_are_refused_at_the_door() -> None:
    OptionRow.objects.create(key="talk.reply_domain", value=DOMAIN)
    ada, mallory, topic = make_person("Ada"), make_person("Mallory"), make_topic()
    to, other = reply_address(ada.id, topic.id), reply_address(mallory.id, topic.id)
    with open_door() as port, smtplib.LMTP("127.0.0.1", port, timeout=20) as line:
        line.send_message(written(address_of(ada), to, "By LMTP."), address_of(ada), [to])
        assert line.mail(address_of(ada))[0] == 250
        assert [line.rcpt(each)[0] for each in (to, other, "root@reply.example")] == [250, 452, 550]
        line.rset()
        line.send_message(written(address_of(ada), to, "A bounce."), "", [to])
    assert replies() == [(ada.id, "By LMTP.")]
