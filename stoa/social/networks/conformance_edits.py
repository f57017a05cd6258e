"""The tests of `conformance` for what is out already: other words for it, and taking it down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stoa.social.networks.conforming import Tried, every_one_that
from stoa.social.networks.conforming import tried as tried  # pytest finds the fixture by its name here
from stoa.social.networks.protocol import Deletes, Edits, Gone, NotSent, Published, Replies, Response, Settles, Unknown
from stoa.social.networks.rehearsing import Reply, lost

NEW = "Other words for the porch"


def new(tried: Tried) -> Any:
    """The same post, the same key: all that is other are the words."""
    return tried.post(NEW)


def stands_with(tried: Tried, words: str) -> None:
    """One post stands, and these are its words."""
    assert tried.rehearsal.count() == 1
    assert tried.rehearsal.shown, "a connector that edits has a rehearsal that shows what stands"
    (found,) = tried.rehearsal.shown()
    assert words in found.words
    assert (NEW if words != NEW else "Hello from the porch") not in found.words


@every_one_that(Edits)
def test_a_post_is_edited_in_its_place(tried: Tried) -> None:
    made = tried.publish(tried.post())
    changed = tried.does.edit(made.id, new(tried), over=tried.line)
    assert isinstance(changed, Published)
    assert changed.id == made.id
    assert changed.address.startswith("http")
    stands_with(tried, NEW)


@every_one_that(Edits)
def test_the_same_edit_twice_leaves_what_it_left_once(tried: Tried) -> None:
    made = tried.publish(tried.post())
    for _twice in range(2):
        assert tried.does.edit(made.id, new(tried), over=tried.line).id == made.id
    stands_with(tried, NEW)


@every_one_that(Edits, Settles)
def test_an_edited_post_is_found_again_by_its_new_words(tried: Tried) -> None:
    """The engine looks for an edit that may have been done with the new words, and knows it by another version."""
    made = tried.publish(tried.post())
    changed = tried.does.edit(made.id, new(tried), over=tried.line)
    found = tried.does.settle(new(tried), over=tried.line)
    assert isinstance(found, Published)
    assert found.id == made.id
    assert found.version == changed.version != made.version


@every_one_that(Edits, Deletes)
def test_an_edit_of_what_is_gone_is_gone(tried: Tried) -> None:
    made = tried.publish(tried.post())
    tried.does.delete(made.id, over=tried.line)
    with pytest.raises(Gone):
        tried.does.edit(made.id, new(tried), over=tried.line)
    assert tried.rehearsal.count() == 0


@every_one_that(Edits)
@pytest.mark.parametrize(
    "spoiled",
    [lost, lambda: Reply(500), lambda: Reply(502, b"<html>"), lambda: Reply(200, b'{"cut'), lambda: Reply(200, b"{}")],
    ids=["lost", "500", "502", "truncated", "empty"],
)
def test_an_unclear_answer_to_an_edit_is_never_taken_for_no(tried: Tried, spoiled: Any) -> None:
    made = tried.publish(tried.post())
    tried.http.after = spoiled
    with pytest.raises(Unknown):
        tried.does.edit(made.id, new(tried), over=tried.line)
    stands_with(tried, NEW)


@every_one_that(Edits)
def test_an_edit_that_was_not_accepted_leaves_the_old_words(tried: Tried) -> None:
    made = tried.publish(tried.post())
    tried.http.instead = lambda: Reply(503)
    with pytest.raises(Unknown):
        tried.does.edit(made.id, new(tried), over=tried.line)
    stands_with(tried, "Hello from the porch")


@every_one_that(Edits)
def test_an_edit_that_did_not_leave_the_house_is_proven_not_sent(tried: Tried) -> None:
    def refuse() -> Response:
        raise NotSent("Connection refused.")

    made = tried.publish(tried.post())
    tried.http.instead = refuse
    with pytest.raises(NotSent):
        tried.does.edit(made.id, new(tried), over=tried.line)
    stands_with(tried, "Hello from the porch")


@every_one_that(Edits, Replies)
def test_an_edited_answer_stays_an_answer(tried: Tried) -> None:
    made = tried.publish(tried.post())
    answer = replace(tried.post("Like this", key="answer"), answers=made.id)
    answered = tried.settled(answer, tried.does.reply(answer, over=tried.line))
    changed = tried.does.edit(answered.id, replace(answer, text=NEW), over=tried.line)
    assert changed.id == answered.id
    assert tried.rehearsal.count() == 2
    assert tried.rehearsal.shown
    assert [NEW in each.words for each in tried.rehearsal.shown()] == [False, True]


@every_one_that(Deletes)
def test_an_unclear_answer_to_taking_down_is_never_taken_for_no(tried: Tried) -> None:
    made = tried.publish(tried.post())
    tried.http.after = lost
    try:
        tried.does.delete(made.id, over=tried.line)
    except Unknown:
        assert not tried.does.stands(made.id, over=tried.line)
    assert tried.does.delete(made.id, over=tried.line).id == made.id
    assert tried.rehearsal.count() == 0
