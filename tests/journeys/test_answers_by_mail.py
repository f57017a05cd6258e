"""Answers by mail through real servers: Stoa hands a letter to Postfix, Dovecot lays it into a member's mailbox, the member reads it by
IMAP and answers by SMTP, Postfix brings the answer to Stoa's door, and it stands in the topic once, in the member's own words."""

import os
import smtplib
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.journeys.mail_house import ADA, House, answer_to, fetched, living
from tests.journeys.post_office import PostOffice, missing, post_office, text_of, until

pytestmark = pytest.mark.realnet
BO, MALLORY = "bo@members.example", "mallory@members.example"


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    if reason := missing():
        pytest.skip(reason)
    with post_office() as office:
        yield office


@pytest.fixture(scope="module")
def house(office: PostOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with living(office, tmp_path_factory.mktemp("house")) as house:
        house.open_door()
        yield house


@pytest.fixture(scope="module")
def letter(house: House) -> EmailMessage:
    """The letter that tells Ada of a reply, as it lies in her mailbox."""
    house.do("say('Soap helps.')")
    return house.office.letter(ADA, "Bo replied in")


def bring(house: House, made: EmailMessage, sender: str = ADA) -> None:
    """Hands it in, and waits until Postfix has an answer from the door."""
    before = house.office.log.count("(250 2.0.0 Taken)")
    house.office.hand_in(made, sender, str(made["To"]))
    until(lambda: house.office.log.count("(250 2.0.0 Taken)") > before, "Postfix to hand it over")


def test_a_letter_is_answered_from_a_mailbox_and_stands_in_the_topic_once(house: House, letter: EmailMessage) -> None:
    assert str(letter["Reply-To"]).endswith("@reply.example.org")
    assert str(letter["Auto-Submitted"]) == "auto-generated"
    assert "Answer this mail to reply in the topic." in text_of(letter)
    bring(house, answer_to(letter, "Ça marche – danke, Bo. 拉链好了。"))
    assert house.answers() == ["Ça marche – danke, Bo. 拉链好了。"]
    page = urllib.request.urlopen(house.origin + house.path, timeout=30).read().decode()
    assert page.count("Ça marche – danke, Bo. 拉链好了。") == 1
    assert "Mender of zips" not in page
    assert "10:12, Stoa" not in page


def test_a_letter_that_is_brought_twice_is_posted_once(house: House, letter: EmailMessage) -> None:
    made, before = answer_to(letter, "Only once."), len(house.outcomes())
    for _time in range(2):
        bring(house, made)
    assert house.answers().count("Only once.") == 1
    assert len(house.outcomes()) == before + 1


def test_what_comes_while_the_door_is_closed_waits_at_the_post_office(house: House, letter: EmailMessage) -> None:
    house.stop("door")
    house.office.hand_in(answer_to(letter, "While you were away."), ADA, str(letter["Reply-To"]))
    until(lambda: "status=deferred" in house.office.log, "Postfix to find the door closed")
    assert "While you were away." not in house.answers()
    house.open_door()
    house.office.again()
    until(lambda: "While you were away." in house.answers(), "the answer")
    assert house.answers().count("While you were away.") == 1


def test_an_answer_is_posted_while_the_worker_is_down_and_others_hear_of_it_afterwards(
    house: House, letter: EmailMessage
) -> None:
    house.do("follow('Bo')")
    house.stop("worker")
    bring(house, answer_to(letter, "Nobody works today."))
    assert house.answers()[-1] == "Nobody works today."
    assert "Ada Lindqvist" not in "".join(map(text_of, house.office.letters(BO)))
    house.start("worker", "worker")
    assert "Ada replied in" in text_of(house.office.letter(BO, "Ada replied in"))


@dataclass(frozen=True)
class Nuisance:
    """Mail that nobody may find in the topic: what is changed about a good answer, and what is said of it."""

    reason: str
    sender: str = ADA
    envelope: str = ADA
    heads: tuple[tuple[str, str], ...] = ()


NUISANCES = {
    "somebody else's address": Nuisance("not from the address", MALLORY, MALLORY),
    "her address in the envelope alone": Nuisance("not from the address", MALLORY, ADA),
    "her address to answer to": Nuisance("not from the address", MALLORY, MALLORY, (("Reply-To", ADA),)),
    "an out-of-office": Nuisance("an automatic answer", heads=(("Auto-Submitted", "auto-replied"),)),
    "an out-of-office that says so in its subject alone": Nuisance("an automatic answer", heads=(("Subject", "Out of office: Re: Zip"),)),
    "a list": Nuisance("from a list", heads=(("List-Id", "<zips.members.example>"),)),
    "our own letter": Nuisance("our own letter", heads=(("Message-ID", "<0abc@localhost>"),)),
    "in bulk": Nuisance("sent in bulk", heads=(("Precedence", "bulk"),)),
}  # fmt: skip


@pytest.mark.parametrize("name", NUISANCES)
def test_nuisances_are_dropped_without_an_answer(house: House, letter: EmailMessage, name: str) -> None:
    nuisance = NUISANCES[name]
    made = answer_to(letter, f"Never to be read: {name}.", nuisance.sender)
    for head, value in nuisance.heads:
        del made[head]
        made[head] = value
    before, boxes = house.answers(), [len(house.office.letters(box)) for box in (ADA, MALLORY)]
    bring(house, made, nuisance.envelope)
    assert house.outcomes()[-1][0] == "dropped"
    assert house.outcomes()[-1][1].startswith(nuisance.reason)
    assert house.answers() == before
    assert [len(house.office.letters(box)) for box in (ADA, MALLORY)] == boxes


def test_a_bounce_to_the_address_of_an_answer_is_taken_and_forgotten(house: House, letter: EmailMessage) -> None:
    before = (house.answers(), house.outcomes())
    made = answer_to(letter, "Mail delivery failed.")
    bring(house, made, "")
    assert (house.answers(), house.outcomes()) == before


def test_a_mailbox_that_is_on_holiday_does_not_answer_our_letters(house: House, letter: EmailMessage) -> None:
    house.office.sieve(ADA, 'require "vacation"; keep; vacation "I am on holiday.";')
    try:
        seen, asked = len(house.office.letters(ADA)), house.office.log.count("to=<reply+")
        house.do("read('Ada'); penfriends.say('Wax helps too.')")
        until(lambda: len(house.office.letters(ADA)) > seen, "the letter")
        note = EmailMessage(policy=policy.SMTP)
        note["From"], note["To"], note["Subject"] = MALLORY, ADA, "Are you there?"
        note.set_content("Just asking.")
        house.office.hand_in(note, MALLORY, ADA)
        house.office.letter(MALLORY, "I am on holiday.")  # a person is told, we are not
        assert house.office.log.count("to=<reply+") == asked
    finally:
        house.office.sieve(ADA, "keep;")


def test_an_address_that_is_none_is_refused_while_its_sender_is_on_the_line(house: House, letter: EmailMessage) -> None:
    made = answer_to(letter, "To nobody.")
    for wrong in ("root@reply.example.org", "reply+short@reply.example.org"):
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
            house.office.hand_in(made, ADA, wrong)
        assert refusal.value.recipients[wrong][0] == 550
    assert "To nobody." not in house.answers()


def test_what_is_too_large_goes_back_to_its_sender(house: House, letter: EmailMessage) -> None:
    made = answer_to(letter, "With all my pictures.")
    made.add_attachment(os.urandom(9_000_000), maintype="application", subtype="zip", filename="pictures.zip")
    house.office.hand_in(made, ADA, str(letter["Reply-To"]))
    returned = house.office.letter(ADA, "exceeds size limit")
    assert returned["Auto-Submitted"] == "auto-replied"
    assert "With all my pictures." not in house.answers()


def test_our_own_mail_server_has_to_know_the_sender_where_that_is_asked(house: House, letter: EmailMessage) -> None:
    house.do("trust('mx.example.org')")
    try:
        bring(house, answer_to(letter, "Without a word of yours."))
        assert house.outcomes()[-1] == ("dropped", "our mail server says nothing of its sender")
        made = answer_to(letter, "By a word of my own.", Authentication_Results="mx.evil.example; dmarc=pass")
        bring(house, made)
        assert house.outcomes()[-1] == ("dropped", "our mail server says nothing of its sender")
    finally:
        house.do("trust('')")


@pytest.fixture
def mailbox(house: House) -> Iterator[str]:
    """An address like any other, with plus addressing, at which answers are taken instead."""
    if not Path("/usr/bin/fetchmail").exists():
        pytest.skip("there is no fetchmail on this machine")
    house.do("answer_at('example.org')")
    yield "reply@example.org"
    house.do("answer_at('reply.example.org')")


def test_answers_are_fetched_from_a_mailbox_and_what_cannot_be_taken_now_stays(house: House, mailbox: str) -> None:
    before, said = len(house.office.letters(ADA)), house.answers()
    house.do("read('Ada'); penfriends.say('Patience helps.')")
    letter = until(lambda: house.office.letters(ADA)[before:], "a letter")[0]
    assert str(letter["Reply-To"]).endswith("@example.org")
    house.office.hand_in(answer_to(letter, "By way of a mailbox."), ADA, str(letter["Reply-To"]))
    (lying,) = until(lambda: house.office.letters(mailbox), "the answer in the mailbox")
    assert lying["Delivered-To"] == letter["Reply-To"]
    fetched(house, program="/bin/false")
    assert (len(house.office.letters(mailbox)), house.answers()) == (1, said)
    for _round in range(2):
        fetched(house)
        assert (house.office.letters(mailbox), house.answers()) == ([], [*said, "By way of a mailbox."])


def test_what_is_hers_and_cannot_be_posted_comes_back_with_her_words(house: House, letter: EmailMessage) -> None:
    house.do("close()")
    bring(house, answer_to(letter, "One more thing, before I forget it."))
    assert house.outcomes()[-1][0] == "refused"
    returned = house.office.letter(ADA, "One more thing, before I forget it.")
    assert "This topic is closed." in text_of(returned)
    assert returned["Reply-To"] is None
    assert "One more thing, before I forget it." not in house.answers()
