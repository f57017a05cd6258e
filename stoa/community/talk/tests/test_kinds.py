"""Ideas, polls, announcements and pins: who may, what is counted, who is told, what is kept of a person."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock, search
from stoa.base.actors import VISITOR, Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.base.work.drain import drain
from stoa.community.talk import actions
from stoa.community.talk.check import check
from stoa.community.talk.keeping import KEEPING
from stoa.community.talk.kinds import Particulars, PollPlan
from stoa.community.talk.listing import topics_page
from stoa.community.talk.models import Ballot, IdeaVote, PollOption, Topic
from stoa.community.talk.pieces import PollPiece
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.models import Space
from stoa.spaces.readers import search_readable
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
PLAN = PollPlan(("Tuesday", "Thursday", "Thursday ", ""), open_for=timedelta(days=7))


def make_idea(space: Space | None = None, by: Actor | None = None) -> Topic:
    where = space or make_space(visibility="public")
    return actions.open_topic(where, title="Lend tools", source="A shelf.", kind="idea", by=by or make_actor("Ada"))


def make_poll(space: Space, plan: PollPlan | None = PLAN, by: Actor | None = None) -> Topic:
    return actions.open_topic(
        space, title="Which evening", source="Choose.", kind="poll", by=by or make_actor("Ada"), particulars=Particulars(plan)
    )  # fmt: skip


def options_of(topic: Topic) -> list[int]:
    return list(PollOption.objects.filter(poll__topic=topic).order_by("place").values_list("id", flat=True))


def counted(topic: Topic) -> list[int]:
    topic.refresh_from_db()
    rows = PollOption.objects.filter(poll__topic=topic).order_by("place")
    return [topic.votes_count, *rows.values_list("votes_count", flat=True)]


def test_one_member_votes_once_for_an_idea_and_may_take_it_back() -> None:
    idea, ben = make_idea(), make_actor("Ben")
    assert idea.status == "open"
    for _ in range(2):
        actions.vote_for(idea, by=ben)
    assert idea.votes_count == 1
    for _ in range(2):
        actions.take_vote_back(idea, by=ben)
    assert (idea.votes_count, IdeaVote.objects.count(), list(check())) == (0, 0, [])
    with pytest.raises(NotAllowed):
        actions.vote_for(idea, by=VISITOR)


def test_what_becomes_of_an_idea_is_said_by_who_may_and_told_to_author_and_voters() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    idea, moderator = make_idea(by=ada), make_staff("moderator")
    actions.vote_for(idea, by=ben)
    with pytest.raises(NotAllowed):
        actions.answer_idea(idea, status="planned", source="In May.", by=ada)
    with pytest.raises(Invalid) as refused:
        actions.answer_idea(idea, status="declined", source="  ", by=moderator)
    assert (refused.value.field, idea.status) == ("source", "open")
    drain()
    Notice.objects.all().delete()
    actions.answer_idea(idea, status="done", source="The **shelf** stands.", by=moderator)
    drain()
    assert set(Notice.objects.values_list("person_id", "kind")) == {
        (ada.person_id, "talk.idea"),
        (ben.person_id, "talk.idea"),
    }
    assert [hit.thing_id for hit in search.query("shelf stands", to=search_readable(ben))] == [idea.id]
    with pytest.raises(NotAllowed):
        actions.take_vote_back(idea, by=ben)


def test_a_poll_has_two_to_twelve_options_each_once() -> None:
    space = make_space()
    for options in ((), ("One",), ("Same", "Same "), tuple(str(each) for each in range(13)), ("a" * 121, "b")):
        with pytest.raises(Invalid) as refused:
            make_poll(space, PollPlan(options))
        assert refused.value.field == "options"
    with pytest.raises(Invalid):
        make_poll(space, None)
    assert Topic.objects.count() == 0
    topic = make_poll(space)
    assert list(PollOption.objects.order_by("place").values_list("words", flat=True)) == ["Tuesday", "Thursday"]
    assert topic.poll.closes_at == topic.opened_at + timedelta(days=7)


def test_members_of_the_space_vote_and_change_their_vote_until_it_closes() -> None:
    space = make_space(visibility="public")
    topic, ben = make_poll(space), make_insider(space, "space.member", "Ben")
    first, second = options_of(topic)
    with pytest.raises(NotAllowed):
        actions.vote_in(topic, [first], by=make_actor("Not of the space"))
    with pytest.raises(Invalid):
        actions.vote_in(topic, [first, second], by=ben)
    actions.vote_in(topic, [first], by=ben)
    assert counted(topic) == [1, 1, 0]
    actions.vote_in(topic, [second], by=ben)
    assert counted(topic) == [1, 0, 1]
    actions.vote_in(topic, [], by=ben)
    assert (counted(topic), Ballot.objects.count()) == ([0, 0, 0], 0)
    with clock.pinned(clock.now() + timedelta(days=8)), pytest.raises(NotPossible):
        actions.vote_in(topic, [first], by=ben)
    assert list(check()) == []


def test_a_poll_that_takes_several_counts_people_and_options_apart() -> None:
    space = make_space()
    topic, ben = make_poll(space, PollPlan(("a", "b", "c"), takes_several=True)), make_insider(space, "space.member")
    actions.vote_in(topic, options_of(topic)[:2], by=ben)
    assert counted(topic) == [1, 1, 1, 0]


def test_nothing_that_is_kept_says_who_chose_what() -> None:
    space = make_space()
    topic, ben = make_poll(space), make_insider(space, "space.member", "Ben")
    with clock.pinned(clock.now() + timedelta(hours=5)):
        actions.vote_in(topic, options_of(topic)[:1], by=ben)
    ballot = Ballot.objects.get()
    assert str(ben.person_id) not in ballot.voter
    assert ballot.id >> 22 == int((topic.opened_at.timestamp() - 1577836800) * 1000 + 0.0005)
    assert list(FactRow.objects.filter(name="talk.poll_voted_in").values_list("by_id", flat=True)) == [None]
    assert list(Ballot.objects.visible_to(make_staff("owner"))) == []


def test_results_are_seen_after_voting_or_only_after_closing() -> None:
    space = make_space()
    ben, cleo = make_insider(space, "space.member", "Ben"), make_insider(space, "space.member", "Cleo")
    shown = {}
    for shows in ("voted", "closed"):
        topic = make_poll(space, PollPlan(("a", "b"), shows=shows, open_for=timedelta(days=1)))
        actions.vote_in(topic, options_of(topic)[:1], by=ben)
        for who in (ben, cleo):
            piece = PollPiece.of(topic, who)
            assert piece
            shown[shows, who is ben] = [each.votes for each in piece.choices]
        with clock.pinned(clock.now() + timedelta(days=2)):
            piece = PollPiece.of(topic, cleo)
            assert piece
            assert [each.votes for each in piece.choices] == [1, 0]
    hidden = [None, None]
    assert shown == {
        ("voted", True): [1, 0],
        ("voted", False): hidden,
        ("closed", True): hidden,
        ("closed", False): hidden,
    }


def test_who_leaves_takes_an_open_vote_along_and_leaves_a_closed_result_as_it_is() -> None:
    space = make_space()
    ben = make_insider(space, "space.member", "Ben")
    still, over = make_poll(space), make_poll(space, PollPlan(("a", "b")))
    for topic in (still, over):
        actions.vote_in(topic, options_of(topic)[:1], by=ben)
    idea = make_idea(space)
    actions.vote_for(idea, by=ben)
    actions.close_topic(over, by=make_insider(space, "space.moderator", "Mo"))
    person = Person.objects.get(id=ben.own_id)
    said = KEEPING.export(person)
    assert [each["chosen"] for each in said["ballots"]] == [["Tuesday"], ["a"]]
    KEEPING.erase(person)
    idea.refresh_from_db()
    assert (counted(still), counted(over), idea.votes_count) == ([0, 0, 0], [1, 1, 0], 0)
    assert list(Ballot.objects.values_list("voter", flat=True)) == [""]
    assert (KEEPING.export(person)["ballots"], list(check())) == ([], [])


def test_announcements_take_a_right_stand_first_and_may_take_no_replies() -> None:
    space, ada = make_space(), make_actor("Ada")
    words = {"title": "Closed in August", "source": "We rest.", "kind": "announcement"}
    with pytest.raises(NotAllowed):
        actions.open_topic(space, by=ada, **words)
    moderator = make_staff("moderator")
    topic = actions.open_topic(
        space, by=moderator, particulars=Particulars(stands_first_for=timedelta(days=7), takes_replies=False), **words
    )
    assert (topic.is_pinned, topic.is_closed) == (True, True)
    other = actions.open_topic(space, title="Later", source="Words.", by=ada)
    page = topics_page(ada, "latest", space=space)
    assert ([each.id for each in page.pinned], [each.id for each in page.topics]) == ([topic.id], [other.id])
    with clock.pinned(clock.now() + timedelta(days=8)):
        page = topics_page(ada, "latest", space=space)
        assert (page.pinned, [each.id for each in page.topics]) == ([], [other.id, topic.id])
    assert [each.id for each in topics_page(ada, "latest", of_kind="announcement").topics] == [topic.id]


def test_pinning_is_for_who_tends_the_space() -> None:
    ada = make_actor("Ada")
    idea, until = make_idea(by=ada), clock.now() + timedelta(days=1)
    with pytest.raises(NotAllowed):
        actions.pin_topic(idea, until=until, by=ada)
    moderator = make_staff("moderator")
    with pytest.raises(Invalid):
        actions.pin_topic(idea, until=clock.now(), by=moderator)
    assert actions.pin_topic(idea, until=until, by=moderator).is_pinned
    assert not actions.unpin_topic(idea, by=moderator).is_pinned


def test_the_pages_of_each_kind_are_drawn_and_do_their_work(client: Client) -> None:
    space = make_space(visibility="public")
    ben = make_insider(space, "space.moderator", "Ben")
    client.force_login(Person.objects.get(id=ben.own_id).account)
    words = {"title": "Which day", "source": "Say.", "kind": "poll", "options": "Monday\nFriday", "open_days": "3"}
    made = client.post(f"/spaces/{space.shown_id}/topics/new/", words)
    assert made.status_code == 303
    poll = Topic.objects.get()
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "Monday" in page
    assert "The ballot is secret" in page
    chosen = PollOption.objects.get(words="Friday").shown_id
    assert client.post(f"/topics/{poll.shown_id}/ballot/", {"option": chosen}).status_code == 303
    assert "your choice" in client.get(poll.get_absolute_url()).content.decode()
    wrong = client.post(f"/spaces/{space.shown_id}/topics/new/", {**words, "options": "One"})
    assert wrong.status_code == 422
    assert "A poll has 2 to 12 options" in wrong.content.decode()
    idea = make_idea(space)
    client.post(f"/topics/{idea.shown_id}/vote/")
    client.post(f"/topics/{idea.shown_id}/outcome/", {"status": "planned", "source": "In May."})
    shown = client.get(idea.get_absolute_url()).content.decode()
    assert "In May." in shown
    assert "1 vote" in shown
    assert "Planned" in shown
    client.post(f"/topics/{idea.shown_id}/pin/", {"days": "7"})
    listed = client.get(f"/spaces/{space.shown_id}/topics/?kind=idea").content.decode()
    assert "Pinned" in listed
    assert "Which day" not in listed
