"""The usage right: asked, granted, narrowed, declined, run out; each step a line in the ledger."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Q

from stoa.base import clock
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.work.drain import drain
from stoa.bridge.actions import ask_use, decline_use, expire_rights, grant_use, take_back
from stoa.bridge.models import UsageRight
from stoa.bridge.tests.makers import make_request, make_right, make_subject, terms
from stoa.community.talk.actions import edit_topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Notice
from stoa.people.tests.makers import actor_of, make_actor
from stoa.social.publish.tests.makers import START
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def ledger(right: UsageRight) -> list[str]:
    return list(right.events.values_list("what", flat=True))


def told(person_id: int) -> list[str]:
    return sorted(Notice.objects.filter(person_id=person_id).values_list("kind", flat=True))


def test_asking_shows_the_author_the_terms_and_tells_them() -> None:
    right = make_request(credit="Amara")
    drain()
    assert (right.state, right.is_whole, ledger(right)) == ("requested", True, ["requested"])
    assert "always with the credit “Amara”" in right.asked_text
    assert told(right.author_id) == ["bridge.asked"]


def test_the_author_grants_in_one_act_and_the_asker_is_told() -> None:
    asked = make_request()
    right = grant_use(asked, by=actor_of(asked.author))
    drain()
    assert (right.state, right.is_valid(clock.now()), ledger(right)) == ("granted", True, ["requested", "granted"])
    assert told(right.asked_by_id or 0) == ["bridge.answered"]


def test_what_counts_is_what_the_author_grants() -> None:
    asked = make_request(days=300)
    narrower = terms("A pencil was all it took.", credit="A.", days=10)
    right = grant_use(asked, by=actor_of(asked.author), terms=narrower)
    assert (right.state, right.words, right.credit, right.is_whole) == (
        "narrowed", "A pencil was all it took.", "A.", False,
    )  # fmt: skip
    assert right.until == narrower.until
    hashes = list(right.events.values_list("terms_hash", flat=True))
    assert len(set(hashes)) == 2


def test_granting_what_was_asked_in_the_form_is_no_narrowing() -> None:
    asked = make_request()
    same = terms(asked.words, credit=asked.credit)
    right = grant_use(asked, by=actor_of(asked.author), terms=replace(same, until=asked.until))
    assert right.state == "granted"


def test_the_author_may_decline_and_is_asked_again_only_by_a_new_request() -> None:
    asked = make_request()
    right = decline_use(asked, by=actor_of(asked.author))
    assert (right.state, ledger(right)) == ("declined", ["requested", "declined"])
    with pytest.raises(NotPossible):
        grant_use(right, by=actor_of(asked.author))
    assert make_request(right.topic).state == "requested"


def test_nobody_answers_for_the_author() -> None:
    asked = make_request()
    for other in (make_actor(), make_staff("owner")):
        for act in (grant_use, decline_use, take_back):
            with pytest.raises(NotAllowed):
                act(asked, by=other)
    asked.refresh_from_db()
    assert (asked.state, ledger(asked)) == ("requested", ["requested"])


def test_the_same_words_are_asked_for_once_at_a_time() -> None:
    asked = make_request()
    with pytest.raises(NotPossible):
        make_request(asked.topic)
    assert UsageRight.objects.count() == 1


def test_a_reply_is_asked_for_beside_its_topic() -> None:
    reply = make_reply(make_topic(source="A question."), "Rub a pencil along the teeth.")
    right = make_right(reply)
    assert (right.reference, right.words) == (("talk.reply", reply.id), "Rub a pencil along the teeth.")
    assert make_request(reply.topic).state == "requested"


@pytest.mark.parametrize("visibility", ["private", "secret"])
def test_nothing_is_asked_for_from_closed_spaces(visibility: str) -> None:
    space = make_space(visibility=visibility)
    inside = make_insider(space, "space.steward")
    topic = make_topic(space, by=inside)
    with pytest.raises(NotAllowed):
        make_request(topic, by=make_staff("owner"))


def test_nothing_is_asked_for_where_each_sees_only_their_own() -> None:
    topic = make_topic(make_space(ask_team=True))
    with pytest.raises(NotAllowed):
        make_request(topic, by=make_staff("owner"))


@pytest.mark.parametrize("role", ["moderator", "lead"])
def test_only_whoever_holds_the_right_asks(role: str) -> None:
    with pytest.raises(NotAllowed):
        make_request(by=make_staff(role))


def test_words_of_others_are_refused() -> None:
    topic = make_subject("> Theirs.\n\nMine.")
    by = make_staff("community_manager")
    with pytest.raises(Invalid) as refusal:
        ask_use(topic, terms("Theirs."), purpose="To show.", by=by)
    assert refusal.value.field == "words"
    with pytest.raises(Invalid):
        ask_use(topic, terms("Mine."), purpose="  ", by=by)
    assert UsageRight.objects.count() == 0


def test_a_text_that_changed_meanwhile_is_not_granted() -> None:
    asked = make_request()
    author = actor_of(asked.author)
    edit_topic(asked.topic, title="Zip", source="Something else.", by=author)
    with pytest.raises(NotPossible):
        grant_use(asked, by=author)
    asked.refresh_from_db()
    assert asked.state == "requested"


def test_a_right_runs_out_at_its_instant() -> None:
    with clock.pinned(START):
        right = make_right(days=1)
    with clock.pinned(START + timedelta(days=1, microseconds=-1)):
        assert (expire_rights(), right.is_valid(clock.now())) == (0, True)
    with clock.pinned(START + timedelta(days=1)):
        assert not right.is_valid(clock.now())
        assert (expire_rights(), expire_rights()) == (1, 0)
    right.refresh_from_db()
    assert (right.state, ledger(right)) == ("expired", ["requested", "granted", "expired"])


def test_who_sees_which_rights() -> None:
    right = make_right()
    seen = {
        name: UsageRight.objects.visible_to(actor).filter(id=right.id).exists()
        for name, actor in {
            "author": actor_of(right.author),
            "other": make_actor(),
            "asks": make_staff("social_media_manager"),
            "moderator": make_staff("moderator"),
        }.items()
    }
    assert seen == {"author": True, "other": False, "asks": True, "moderator": False}
    assert UsageRight.objects.filter(Q(id=right.id)).of(actor_of(right.author)).exists()
