"""Opening, editing, closing, moving and withdrawing topics."""

import pytest

from stoa.base.actors import VISITOR
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.community.talk import actions
from stoa.community.talk.models import Presence, Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    return list(FactRow.objects.filter(name__startswith="talk.").order_by("at", "id").values_list("name", flat=True))


def test_a_member_opens_a_topic_in_a_space_for_members() -> None:
    ada = make_actor("Ada")
    topic = actions.open_topic(make_space(), title="  Zip   stuck ", source="It **will not** move.", by=ada)
    assert (topic.title, topic.author_id, topic.replies_count, topic.answered_at) == (
        "Zip stuck",
        ada.person_id,
        0,
        None,
    )
    assert "<strong>will not</strong>" in topic.html
    assert names() == ["talk.topic_opened"]


@pytest.mark.parametrize(
    ("title", "source", "field"), [("", "x", "title"), ("a" * 161, "x", "title"), ("x", "  \n", "source")]
)
def test_a_topic_without_title_or_text_is_refused_and_nothing_is_kept(title: str, source: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.open_topic(make_space(), title=title, source=source, by=make_actor())
    assert refused.value.field == field
    assert (Topic.objects.count(), names()) == (0, [])


def test_visitors_and_outsiders_open_nothing() -> None:
    for space, actor in [(make_space(visibility="public"), VISITOR), (make_space("Team", "private"), make_actor())]:
        with pytest.raises(NotAllowed):
            actions.open_topic(space, title="x", source="x", by=actor)
    assert Topic.objects.count() == 0


def test_a_topic_counts_its_replies_and_knows_its_first_answer() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    topic = make_topic(by=ada)
    make_reply(topic, by=ada)
    assert (topic.replies_count, topic.answered_at) == (1, None)
    answer = make_reply(topic, by=ben)
    assert (topic.replies_count, topic.answered_at, topic.last_reply_by_id) == (2, answer.added_at, ben.person_id)
    actions.withdraw_reply(answer, by=ben)
    topic.refresh_from_db()
    assert (topic.replies_count, topic.answered_at, topic.last_reply_by_id) == (1, None, ada.person_id)


def test_a_closed_topic_takes_no_replies() -> None:
    ada = make_actor("Ada")
    topic = actions.close_topic(make_topic(by=ada), by=ada)
    with pytest.raises(NotPossible):
        make_reply(topic)
    assert Reply.objects.count() == 0
    actions.reopen_topic(topic, by=ada)
    make_reply(topic)
    assert names()[-3:] == ["talk.topic_closed", "talk.topic_reopened", "talk.reply_added"]


def test_only_the_author_edits_and_withdraws() -> None:
    ada, other = make_actor("Ada"), make_staff("moderator")
    topic = make_topic(by=ada)
    for act in (
        lambda: actions.edit_topic(topic, title="y", source="y", by=other),
        lambda: actions.withdraw_topic(topic, by=other),
    ):
        with pytest.raises(NotAllowed):
            act()
    actions.edit_topic(topic, title="Zip freed", source="It moves.", by=ada)
    actions.withdraw_topic(topic, by=ada)
    topic.refresh_from_db()
    assert (topic.title, topic.presence) == ("Zip freed", Presence.WITHDRAWN)


def test_moving_takes_the_right_in_both_spaces() -> None:
    here, there = make_space("Here"), make_space("There", "private")
    moderator = make_staff("moderator")
    topic = make_topic(here)
    with pytest.raises(NotAllowed):
        actions.move_topic(topic, to=there, by=moderator)
    both = make_insider(there, "space.steward")
    with pytest.raises(NotAllowed):
        actions.move_topic(topic, to=there, by=both)
    elsewhere = make_space("Elsewhere", "public")
    assert actions.move_topic(topic, to=elsewhere, by=moderator).space == elsewhere


def test_an_act_goes_by_how_the_row_stands_not_by_what_the_page_loaded() -> None:
    ada = make_actor("Ada")
    topic = make_topic(by=ada)
    stale = Topic.objects.select_related("space").get(id=topic.id)
    actions.close_topic(topic, by=ada)
    with pytest.raises(NotPossible):
        make_reply(stale, by=ada)
    actions.hide_topic(topic, by=make_staff("moderator"))
    stale.presence = Presence.HERE
    with pytest.raises(NotAllowed):
        actions.withdraw_topic(stale, by=ada)
    topic.refresh_from_db()
    assert topic.presence == Presence.HIDDEN
