"""The tests of `conformance` for hostile answers: whatever a network says, a connector gives an answer of the protocol or its trouble.

Each answer is spoiled as a whole and in each of its parts: lists for objects, numbers of 5,000 digits, missing keys, the year 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from stoa.social.networks.conforming import Tried, every_one_spoken_to, every_one_that
from stoa.social.networks.conforming import tried as tried  # pytest finds the fixture by its name here
from stoa.social.networks.protocol import (
    Absent,
    Deletes,
    Edits,
    Gone,
    Http,
    Identifies,
    Line,
    Listens,
    Measures,
    NotSent,
    Pending,
    Prepared,
    Prepares,
    Presents,
    Publishes,
    Reconnect,
    Refused,
    Replies,
    Settles,
    TakenDown,
    Tells,
    Told,
    Trouble,
    TryLater,
)
from stoa.social.networks.sound import is_account, is_granted, is_hearing, is_measured, is_presence, is_published, words
from stoa.social.networks.spoiling import each_spoiling
from stoa.social.networks.telling import kept

NOT_DONE = (TryLater, Reconnect, Refused, Gone, NotSent)
Ask = Callable[[Http], Any]
Wrong = Counter[str]


def asked(tried: Tried, ask: Ask, is_good: Callable[[Any], bool]) -> Wrong:
    """What went wrong, and how often, when the answers to something that changes nothing were spoiled."""
    wrong: Wrong = Counter()
    for wire in each_spoiling(tried.rehearsal.http, ask):
        try:
            answer = ask(wire)
        except Trouble as trouble:
            if not isinstance(trouble.reason, str) or not trouble.reason:
                wrong[f"{type(trouble).__name__} without a reason"] += 1
        except Exception as broken:
            wrong[broken_at(broken)] += 1
        else:
            if not is_good(answer):
                wrong[f"no answer of the protocol: {answer!r:.300}"] += 1
    return wrong


def none_of(wrong: Wrong) -> None:
    assert not wrong, "\n".join(f"{count} times: {what}" for what, count in wrong.most_common())


def broken_at(broken: Exception) -> str:
    """Where it was raised: the last line that is a connector's."""
    at = broken.__traceback__
    places = []
    while at is not None:
        places.append(f"{at.tb_frame.f_code.co_filename.rpartition('networks/')[2]}:{at.tb_lineno}")
        at = at.tb_next
    own = [each for each in places if "/" in each and not each.startswith(("tests", "conform"))]
    return f"{type(broken).__name__} at {own[-1] if own else places[-1]}"


def over(tried: Tried, http: Http) -> Line:
    return Line(http, tried.granted.credentials)


@every_one_spoken_to
def test_connecting_survives_every_answer(tried: Tried) -> None:
    def connect(http: Http) -> Any:
        return tried.does.connect(tried.rehearsal.answers, http=http)

    none_of(asked(tried, connect, lambda opened: is_account(opened[0]) and is_granted(opened[1])))


@every_one_spoken_to
def test_renewing_survives_every_answer(tried: Tried) -> None:
    def refresh(http: Http) -> Any:
        opened = tried.does.connect(tried.rehearsal.answers, http=tried.rehearsal.http)
        return tried.does.refresh(over=Line(http, opened[1].credentials))

    none_of(asked(tried, refresh, is_granted))


@every_one_that(Publishes, Settles)
def test_looking_up_survives_every_answer(tried: Tried) -> None:
    tried.publish(tried.post())
    settle: Ask = lambda http: tried.does.settle(tried.post(), over=over(tried, http))  # noqa: E731
    none_of(asked(tried, settle, lambda found: found == Absent() or is_published(found)))


@every_one_that(Publishes, Deletes)
def test_reading_whether_it_stands_survives_every_answer(tried: Tried) -> None:
    made = tried.publish(tried.post())
    none_of(asked(tried, lambda http: tried.does.stands(made.id, over=over(tried, http)), lambda s: type(s) is bool))


@every_one_that(Listens, Publishes)
def test_listening_survives_every_answer(tried: Tried) -> None:
    made = tried.publish(tried.post())
    cursor = tried.does.listen("", over=tried.line).cursor
    tried.rehearsal.overhear(made.id, "How do I join?")
    none_of(asked(tried, lambda http: tried.does.listen(cursor, over=over(tried, http)), is_hearing))


@every_one_that(Measures, Publishes)
def test_measuring_survives_every_answer(tried: Tried) -> None:
    made = tried.publish(tried.post())
    tried.rehearsal.overhear(made.id, "How do I join?")
    none_of(asked(tried, lambda http: tried.does.measure([made.id], over=over(tried, http)), is_measured))


@every_one_that(Presents, Publishes)
def test_presenting_survives_every_answer(tried: Tried) -> None:
    tried.publish(tried.post())
    none_of(asked(tried, lambda http: tried.does.present(over=over(tried, http)), is_presence))


@every_one_that(Identifies)
def test_identifying_survives_every_answer(tried: Tried) -> None:
    none_of(asked(tried, lambda http: tried.does.identify(over=over(tried, http)), is_account))


@every_one_that(Tells)
def test_telling_survives_every_answer(tried: Tried) -> None:
    def is_told(told: Told) -> bool:
        return isinstance(told, Told) and kept(told) is not None

    none_of(asked(tried, lambda http: tried.does.tell(over=over(tried, http)), is_told))


@every_one_that(Prepares)
def test_preparing_survives_every_answer(tried: Tried) -> None:
    prepare: Ask = lambda http: tried.does.prepare(tried.to_prepare(), over=over(tried, http))  # noqa: E731

    def is_ready(made: object) -> bool:
        return isinstance(made, Prepared | Pending) and words(made.handle)

    none_of(asked(tried, prepare, is_ready))
    assert tried.rehearsal.count() == 0


@every_one_that(Publishes)
def test_publishing_survives_every_answer_and_never_says_not_done_of_what_is_done(tried: Tried) -> None:
    none_of(sent(tried, tried.does.publish, ""))


@every_one_that(Replies)
def test_answering_survives_every_answer_and_never_says_not_done_of_what_is_done(tried: Tried) -> None:
    answered = tried.publish(tried.post(key="answered")).id
    none_of(sent(tried, tried.does.reply, answered))


def sent(tried: Tried, send: Callable[..., Any], answers: str) -> Wrong:
    """What went wrong when the answers to a sending were spoiled. Each has words and a key of its own; each stands once at most."""
    wrong: Wrong = Counter()

    def outgoing(number: int) -> Any:
        made = replace(tried.post(f"Words of number {number}", key=f"key{number}"), answers=answers)
        return tried.ready(made)

    first = outgoing(0)
    for number, wire in enumerate(
        each_spoiling(tried.rehearsal.http, lambda http: send(first, over=over(tried, http))), 1
    ):
        before, now = tried.rehearsal.count(), outgoing(number)
        try:
            if not is_published(made := send(now, over=over(tried, wire))):
                wrong[f"no answer of the protocol: {made!r:.300}"] += 1
        except NOT_DONE as trouble:
            if tried.does.rules.keyed:
                tried.settled(now, send(now, over=tried.line))
                if tried.rehearsal.count() != before + 1:
                    wrong[f"sent again after {type(trouble).__name__}, and there twice: {trouble.reason}"] += 1
            elif tried.rehearsal.count() != before:
                wrong[f"{type(trouble).__name__} of what is done: {trouble.reason}"] += 1
        except Trouble:
            pass
        except Exception as broken:
            wrong[broken_at(broken)] += 1
        if tried.rehearsal.count() > before + 1:
            wrong["there more than once"] += 1
    return wrong


@every_one_that(Publishes, Edits)
def test_editing_survives_every_answer(tried: Tried) -> None:
    made = tried.publish(tried.post())
    new = tried.post("Other words for the porch")
    none_of(asked(tried, lambda http: tried.does.edit(made.id, new, over=over(tried, http)), is_published))
    assert tried.rehearsal.count() == 1


@every_one_that(Publishes, Deletes)
def test_deleting_survives_every_answer(tried: Tried) -> None:
    """What is spoiled is what is said of a post that stands: each time another."""
    wrong: Wrong = Counter()
    posts = iter(range(10_000))

    def one() -> str:
        number = next(posts)
        return tried.publish(tried.post(f"Words of number {number}", key=f"key{number}")).id

    first = one()
    for wire in each_spoiling(tried.rehearsal.http, lambda http: tried.does.delete(first, over=over(tried, http))):
        try:
            told = tried.does.delete(id := one(), over=over(tried, wire))
            if not isinstance(told, TakenDown) or told.id != id or not words(told.answer):
                wrong[f"no answer of the protocol: {told!r:.300}"] += 1
        except Trouble:
            pass
        except Exception as broken:
            wrong[broken_at(broken)] += 1
    none_of(wrong)
