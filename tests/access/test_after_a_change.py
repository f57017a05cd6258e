"""Moved, closed, left, taken, over, suspended, gone, hidden, cancelled: whoever lost sight by it lost it everywhere at once."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from PIL import Image

from stoa.base import clock, files
from stoa.base.things import Reference
from stoa.base.work.drain import drain
from stoa.community.gather.actions import cancel_event, hide_event, say_yes
from stoa.community.talk.actions import hide_reply, hide_topic, move_topic, withdraw_topic
from stoa.community.talk.models import Topic
from stoa.people.actions.leaving import erase_person
from stoa.people.actions.standing import suspend_person
from stoa.people.models import Person
from stoa.spaces.actions.entry import leave_space
from stoa.spaces.actions.invitation import invite, revoke_invitation, use_invitation
from stoa.spaces.actions.roles import take_role
from stoa.spaces.actions.space import change_space, set_state
from stoa.spaces.forms import SpaceForm
from stoa.spaces.models import Grant, Space
from stoa.spaces.tests.makers import give
from tests.access import afterwards, asking
from tests.access.afterwards import addresses, canaries, concern, found, hears
from tests.access.rules import Kind
from tests.access.world import World, still

TALK = ("topic.", "reply.", "own.", "right.")
LOST = ("anonymous", "member", "ex-member", "owner", "moderator")


def things_of(world: World, visibility: str) -> list[Reference]:
    return [(key, world.get(key, visibility).id) for key in afterwards.PIECES]


def picture_in(topic: Topic, world: World) -> str:
    """The address of a picture that its author shows in it."""
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    drawn.seek(0)
    kept = files.keep_picture(drawn, by=world.actor("space member"), name="zip.png")
    files.attach([kept.id], ("talk.topic", topic.id), by=world.actor("space member"))
    return kept.address


def statuses(world: World, address: str, *people: str) -> set[int]:
    return {asking.ask(asking.client(world, each), "GET", address).status for each in people}


@pytest.fixture(autouse=True)
def as_they_stand(world: World) -> None:
    """What an earlier test changed in rows was undone: the objects follow."""
    for row in (*world.spaces.values(), *world.people.values(), *world.objects.values()):
        row.refresh_from_db()


def close(space: Space, world: World, **values: object) -> None:
    """As its steward does on the page."""
    settings = SpaceForm({**SpaceForm.of(space).initial, **values})
    assert settings.is_valid(), settings.errors
    change_space(space, settings.settings(), by=world.actor("steward"))


def test_a_topic_that_moved_to_a_private_space_is_gone_for_all_others(world: World) -> None:
    topic: Topic = world.get("talk.topic", "public")
    forbidden = canaries(world, "public", *TALK)
    picture = picture_in(topic, world)
    with still():
        letters = concern(world, "member", ("talk.topic", topic.id))
        assert len(letters) == 1
        assert found(world, "member", "public", forbidden)
        move_topic(topic, to=world.spaces["private"], by=world.actor("space moderator"))
        assert statuses(world, topic.get_absolute_url(), *LOST) == {404}
        assert statuses(world, picture, *LOST) == {404}
        assert hears(world, "member", ("talk.topic", topic.id)) == []
        assert afterwards.send(letters) == {"stopped"}
        for person in LOST:
            assert found(world, person, "public", forbidden) == []


@pytest.mark.parametrize(("before", "after"), [("public", "private"), ("public", "secret"), ("members", "secret")])
def test_a_space_that_was_closed_is_gone_for_all_others(world: World, before: str, after: str) -> None:
    space, things = world.spaces[before], things_of(world, before)
    forbidden = canaries(world, before, card=after == "secret")
    with still():
        letters = concern(world, "member", *things[:2])
        close(space, world, visibility=after, joining="invite")
        assert hears(world, "member", *things) == []
        assert afterwards.send(letters) == {"stopped"}
        for person in ("member", "owner", "anonymous"):
            assert found(world, person, before, forbidden) == []


def test_a_space_that_shows_each_their_own_shows_no_others_at_once(world: World) -> None:
    """*Ask the team*: begun later, it holds for what stands there already; ended again, all is found again."""
    forbidden = canaries(world, "members", *TALK)
    with still():
        close(world.spaces["members"], world, ask_team="on")
        drain()
        assert found(world, "member", "members", forbidden) == []
        close(world.spaces["members"], world, ask_team="")
        drain()
        assert "search" in found(world, "member", "members", forbidden)


def test_an_archived_or_readonly_space_takes_no_acts_from_its_members(world: World) -> None:
    """Besides what is theirs (leaving it, their words, reports, marks and place in it), and what those do who look after it."""
    kept = {
        "POST spaces:membership", "DELETE spaces:membership", "POST moderation:report", "DELETE talk:topic_presence",
        "DELETE talk:reply_presence", "POST bridge:refusal", "DELETE gather:rsvp", "POST people:follow", "POST talk:progress",
        "POST talk:space_progress",
    }  # fmt: skip
    kept |= {  # what people write to each other lies in no space
        "POST talk:direct_messages",
        "DELETE talk:direct_message_presence",
        "POST talk:exchange_name",
        "POST talk:exchange_people",
        "DELETE talk:exchange_place",
        "POST talk:exchange_progress",
    }
    kept |= {"POST people:bookmark", "DELETE people:bookmark", "DELETE talk:planned_topic"}
    for state in ("readonly", "archived"):
        set_state(world.spaces["private"], state, by=world.actor("steward"))
        done = afterwards.acts(world, "space member", "private", only=lambda rule: rule.kind is Kind.SPACE)
        assert {act for act, status in done.items() if status < 400} - kept - {"POST gather:rsvp"} == set()
    assert statuses(world, reverse("spaces:spaces"), "steward") == {200}
    for person, is_listed in (
        ("space member", False),
        ("member", False),
        ("steward", True),
    ):  # who looks after it may restore it
        listed = asking.ask(asking.client(world, person), "GET", reverse("spaces:spaces")).body
        assert (person, world.spaces["private"].name.encode() in listed) == (person, is_listed)


def let_in(world: World, visibility: str) -> Grant:
    """The plain member is in, comes to the event, and is on the way to be told of things."""
    grant = give(world.people["member"], "space.member", world.spaces[visibility])
    say_yes(world.get("gather.event", visibility), by=world.actor("member"))
    return grant


@pytest.mark.parametrize("visibility", ["private", "secret"])
@pytest.mark.parametrize("how", ["taken", "left", "over"])
def test_who_is_no_longer_in_a_space_has_lost_all_of_it(world: World, visibility: str, how: str) -> None:
    forbidden = canaries(world, visibility, card=visibility == "secret")
    things = things_of(world, visibility)
    with still():
        grant = let_in(world, visibility)
        letters = concern(world, "member", *things[:2])
        assert hears(world, "member", *things) == things
        assert len(found(world, "member", visibility, forbidden)) > 10
        if how == "taken":
            take_role(grant, by=world.actor("steward"))
        elif how == "left":
            leave_space(world.spaces[visibility], by=world.actor("member"))
        else:
            Grant.objects.filter(id=grant.id).update(ends_at=clock.now())
        assert found(world, "member", visibility, forbidden) == []
        assert hears(world, "member", *things) == []
        assert afterwards.send(letters) == {"stopped"}


@pytest.mark.parametrize("how", ["revoked", "over", "used up"])
def test_an_invitation_that_is_over_opens_nothing_and_shows_nothing(world: World, how: str) -> None:
    space, member = world.spaces["secret"], world.people["member"]
    forbidden = canaries(world, "secret", card=True)
    with still():
        made = invite(space, by=world.actor("steward"), email="" if how == "used up" else member.account.email)
        page = reverse("spaces:invitation", kwargs={"code": made.code})
        unknown = asking.ask(asking.client(world, "member"), "GET", reverse("spaces:invitation", kwargs={"code": "x"}))
        assert statuses(world, page, "member") == {200}
        if how == "revoked":
            revoke_invitation(made, by=world.actor("steward"))
        elif how == "over":
            type(made).objects.filter(id=made.id).update(ends_at=clock.now())
        else:
            use_invitation(made, world.people["lead"], by=world.actor("lead"))
        for method in ("GET", "POST"):
            answer = asking.ask(asking.client(world, "member"), method, page)
            assert (answer.status, answer.body) == (404, unknown.body)
        accepting = reverse("spaces:acceptance", kwargs={"space_id": space.id})
        assert asking.ask(asking.client(world, "member"), "POST", accepting).status == 404
        assert found(world, "member", "secret", forbidden) == []


@pytest.mark.parametrize("person", ["pending", "suspended"])
def test_an_invitation_lets_in_members_only(world: World, person: str) -> None:
    with still():
        made = invite(world.spaces["private"], by=world.actor("steward"), uses=5)
        answer = asking.client(world, person).post(reverse("spaces:invitation", kwargs={"code": made.code}))
    assert answer.status_code == 403
    assert not Grant.objects.within(world.spaces["private"].scope).filter(person=world.people[person]).exists()


@pytest.mark.parametrize("person", ["owner", "moderator", "community manager", "steward", "space moderator"])
def test_who_looks_after_things_and_is_suspended_does_no_more_of_it(world: World, person: str) -> None:
    """They still read where they belong, as any suspended member does."""
    hide_reply(world.get("talk.reply", "public"), by=world.actor("space moderator"))
    hidden = canaries(world, "public", "reply.")
    suspend_person(world.people[person], None, by=world.actor("owner" if person != "owner" else "moderator"))
    done = afterwards.acts(world, person, "public", only=lambda rule: rule.kind in (Kind.DESK, Kind.SPACE))
    own = {"DELETE talk:reply_presence", "DELETE gather:rsvp", "DELETE spaces:membership"}
    assert {act for act, status in done.items() if status < 400 or status == 422} - own == set()
    if person != "space moderator":  # whose own words these are
        assert found(world, person, "public", hidden) == []
    desk = [
        asking.address(rule, world)
        for rule in afterwards.ROUTES
        if rule.kind is Kind.DESK and rule.reads and not rule.of
    ]
    assert {status for each in desk for status in statuses(world, each, person)} <= {302, 303, 403, 404}


def test_who_left_the_community_is_a_visitor_at_once(world: World) -> None:
    person: Person = world.people["member"]
    browser = asking.client(world, "member")
    with still():
        let_in(world, "secret")
        letters = concern(world, "member", *things_of(world, "secret")[:2])
        erase_person(person, by=world.actor("member"))
        assert not world.actor("member").is_member
        for address in addresses(world, "secret", "member"):
            said = asking.ask(browser, "GET", address).all
            assert not any(each in said for each in canaries(world, "secret", card=True)), address
        assert afterwards.send(letters) <= {"stopped"}


@pytest.mark.parametrize("how", ["hidden", "withdrawn"])
def test_a_topic_that_is_out_of_sight_is_so_everywhere(world: World, how: str) -> None:
    topic: Topic = world.get("talk.topic", "public")
    forbidden = canaries(world, "public", "topic.", "reply.", "own.")
    picture = picture_in(topic, world)
    with still():
        letters = concern(world, "member", ("talk.topic", topic.id))
        if how == "hidden":
            hide_topic(topic, by=world.actor("space moderator"))
        else:
            withdraw_topic(topic, by=world.actor("space member"))
        lost = ("anonymous", "member", "lead")
        assert statuses(world, picture, *lost) == {404}
        assert hears(world, "member", ("talk.topic", topic.id)) == []
        assert afterwards.send(letters) == {"stopped"}
        for person in lost:
            assert found(world, person, "public", forbidden) == []


def test_a_hidden_reply_is_out_of_sight_everywhere(world: World) -> None:
    forbidden = canaries(world, "public", "reply.")
    with still():
        hide_reply(world.get("talk.reply", "public"), by=world.actor("space moderator"))
        for person in ("anonymous", "member", "space member", "lead"):
            assert found(world, person, "public", forbidden) == []


def test_a_cancelled_event_calls_nobody_any_more(world: World) -> None:
    event = world.get("gather.event", "public")
    with still():
        say_yes(world.get("gather.begun", "public"), by=world.actor("member"))
        afterwards.KINDS["gather.event"] = "gather.tomorrow"
        letters = concern(world, "space moderator", ("gather.event", event.id))
        afterwards.KINDS["gather.event"] = "gather.changed"
        cancel_event(event, reason="A storm.", by=world.actor("steward"))
        assert afterwards.send(letters) == {"stopped"}
        rsvp = reverse("gather:rsvp", kwargs={"event_id": event.id})
        assert asking.ask(asking.client(world, "member"), "POST", rsvp).status == 409


def test_a_hidden_event_is_out_of_sight_everywhere(world: World) -> None:
    event = world.get("gather.event", "public")
    forbidden = canaries(world, "public", "event.")
    with still():
        letters = concern(world, "member", ("gather.event", event.id))
        hide_event(event, by=world.actor("space moderator"))
        assert afterwards.send(letters) == {"stopped"}
        for person in ("anonymous", "member", "space member", "lead"):
            assert found(world, person, "public", forbidden) == []


def test_seats_in_a_space_that_was_closed_go_to_those_who_are_in_it(world: World) -> None:
    event = world.get("gather.event", "public")
    with still():
        for kind in ("space moderator", "space member"):
            asking.client(world, kind).delete(reverse("gather:rsvp", kwargs={"event_id": event.id}))
        say_yes(event, by=world.actor("member"))
        close(world.spaces["public"], world, visibility="private", joining="invite")
        with clock.moved(by=timedelta()):
            drain()
        mine = event.rsvps.filter(person=world.people["member"]).values_list("answer", flat=True)
        assert list(mine) == ["no"]
