"""The lists of topics: what stands on each, in what order, page by page."""

from datetime import timedelta

import pytest
from django.db.models import Model
from django.test import Client

from stoa.base import actors, clock, cursors
from stoa.base.actors import VISITOR, Actor
from stoa.base.errors import NotAllowed
from stoa.community.talk import actions
from stoa.community.talk.listing import TopicsPage, topics_page
from stoa.community.talk.models import Topic, TopTopic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db


def counted() -> None:
    actions.count_top_topics(by=actors.system("talk"))


def titles(page: TopicsPage) -> list[str]:
    return [topic.title for topic in page.topics]


def test_new_and_unread_and_mine_are_the_readers_own() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    make_topic(title="new", by=ben)
    unread, mine = make_topic(title="unread", by=ben), make_topic(title="mine", by=ada)
    actions.read_topic(unread, unread.id, by=ada)
    make_reply(unread, by=ben)
    found = {kind: titles(topics_page(ada, kind)) for kind in ("latest", "new", "unread", "mine")}
    assert found == {"latest": ["unread", "mine", "new"], "new": ["new"], "unread": ["unread"], "mine": ["mine"]}
    assert topics_page(VISITOR, "new").kind == "latest"
    make_reply(mine, by=ben)
    assert titles(topics_page(ada, "unread")) == ["mine", "unread"]


def test_of_those_who_wait_newcomers_with_their_first_topic_come_first() -> None:
    regular, newcomer = make_actor("Ada"), make_actor("Ben")
    for title in ("earlier", "newest of a regular"):
        make_topic(title=title, by=regular)
    make_topic(title="first of a newcomer", by=newcomer)
    make_topic(title="second of a newcomer", by=newcomer)
    make_reply(make_topic(title="answered", by=make_actor("Cem")), by=regular)
    assert titles(topics_page(regular, "unanswered")) == [
        "first of a newcomer", "earlier", "second of a newcomer", "newest of a regular",
    ]  # fmt: skip


def test_top_counts_each_person_once_by_replies_and_thanks_within_the_period() -> None:
    author, ada, ben = make_actor("Author"), make_actor("Ada"), make_actor("Ben")
    with clock.pinned(clock.now() - timedelta(days=20)):
        old = make_topic(title="old", by=author)
        for by in (ada, ada, ben, author):
            make_reply(old, by=by)
    fresh = make_topic(title="fresh", by=author)
    make_reply(fresh, by=ada)
    actions.leave_mark(fresh, "thanks", by=ada)
    actions.leave_mark(fresh, "love", by=ben)
    counted()
    people = list(TopTopic.objects.order_by("period", "-people").values_list("period", "topic__title", "people"))
    assert people == [
        ("all", "old", 2), ("all", "fresh", 1), ("month", "old", 2), ("month", "fresh", 1), ("week", "fresh", 1),
        ("year", "old", 2), ("year", "fresh", 1),
    ]  # fmt: skip
    assert titles(topics_page(ada, "top")) == ["old", "fresh"]
    assert titles(topics_page(ada, "top", period="week")) == ["fresh"]
    actions.leave_mark(fresh, "thanks", by=ben)
    actions.withdraw_reply(old.replies.get(author=ben.own_id), by=ben)
    counted()
    assert dict(TopTopic.objects.filter(period="all").values_list("topic__title", "people")) == {"old": 1, "fresh": 2}
    with pytest.raises(NotAllowed):
        actions.count_top_topics(by=ada)


def test_top_shows_nobody_what_they_may_not_see() -> None:
    secret = make_space(visibility="secret")
    inside = make_insider(secret)
    topic = make_topic(secret, title="secret", by=inside)
    make_reply(topic, by=make_insider(secret))
    counted()
    assert (titles(topics_page(inside, "top")), titles(topics_page(make_actor(), "top"))) == (["secret"], [])
    actions.withdraw_topic(topic, by=inside)
    assert titles(topics_page(make_insider(secret), "top")) == []


@pytest.mark.parametrize("kind", ["latest", "new", "unanswered", "top"])
def test_a_list_goes_on_where_it_stopped_and_shows_each_topic_once(kind: str) -> None:
    ada, ben, space = make_actor("Ada"), make_actor("Ben"), make_space()
    rows = [Topic(space=space, author_id=ben.own_id, title=f"Topic {number}", html="x") for number in range(65)]
    Topic.objects.bulk_create(rows)
    TopTopic.objects.bulk_create(
        [TopTopic(topic=row, period="month", people=number // 7 + 1) for number, row in enumerate(rows)]
    )
    seen, before = list[str](), ""
    for size in (30, 30, 5):
        page = topics_page(ada, kind, before, space)
        assert len(page.topics) == size
        seen, before = seen + titles(page), page.next
    assert (before, len(set(seen))) == ("", 65)


def test_a_place_that_nobody_wrote_begins_at_the_beginning() -> None:
    make_topic()
    for before in ("x", "99999999999999999999-0000000000000", "12-", "1e5-0000000000000"):
        assert len(topics_page(make_actor(), "unanswered", before).topics) == 1
    assert cursors.read_number("12-0000000000001") == (12, 1)


def test_each_list_has_a_page_everywhere_and_in_a_space() -> None:
    ada: Actor = make_actor("Ada")
    space = make_space()
    client = Client()
    client.force_login(Person.objects.get(id=ada.own_id).account)
    for address in ("/topics/", f"/spaces/{space.shown_id}/topics/"):
        for kind in ("latest", "new", "unread", "unanswered", "top", "mine"):
            assert client.get(f"{address}?list={kind}").status_code == 200
    assert "Each person counts once" in client.get("/topics/?list=top").content.decode()


def test_a_line_that_was_drawn_before_says_what_has_changed_since(client: Client) -> None:
    topic = make_topic(title="Glue", by=make_actor("Author"), space=make_space(name="Repairs", visibility="public"))

    def page() -> str:
        return client.get("/topics/").content.decode()

    def changed(row: Model, **values: object) -> None:
        type(row)._default_manager.filter(pk=row.pk).update(**values)

    before = page()
    assert [said for said in ("Glue", "Author", "Repairs") if said not in before] == []
    for row, values, said in (
        (topic, {"title": "Resin"}, "Resin"),
        (topic, {"replies_count": 7}, "7 replies"),
        (topic, {"tagged": "wood"}, "#wood"),
        (topic, {"kind": "question", "replies_count": 0}, "waits for an answer"),
        (topic, {"bumped_at": clock.now() - timedelta(hours=5)}, "5 h ago"),
        (topic.author, {"name": "Zoe"}, "Zoe"),
        (topic.author, {"name": ""}, "A topic whose author left"),
        (topic.space, {"name": "Workshop"}, "Workshop"),
    ):
        assert said not in page()
        changed(row, **values)
        assert said in page()
        assert page() == page()
