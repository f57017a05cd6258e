"""What two people, or two clicks, do in the same moment; and where a form may lead."""

from copy import copy
from unittest.mock import patch

import pytest
from django.test import Client

from stoa.base.errors import NotAllowed
from stoa.community.talk.actions import add_reply, move_topic, open_topic
from stoa.community.talk.models import Topic
from stoa.spaces.actions.space import Settings, change_space, set_state
from stoa.spaces.models import Application, Space
from tests.access import asking
from tests.access.world import World


def test_who_comes_second_in_the_same_moment_is_told_so(world: World) -> None:
    """Both clicks have looked before either has written: only the database can tell them apart."""
    browser, space = asking.client(world, "lead"), world.spaces["private"]
    to, form = f"/spaces/{space.shown_id}/application/", {"answer": "I mend zips."}
    with patch("django.db.models.query.QuerySet.exists", lambda rows: False):
        assert [browser.post(to, form).status_code for _ in range(2)] == [303, 409]
    assert Application.objects.filter(space=space, person=world.people["lead"]).count() == 1


@pytest.mark.parametrize(
    "to", ["//evil.example/", "/\\evil.example", "https://evil.example/", "/a\r\nX-B: c", "///evil.example"]
)
def test_a_notice_leads_nobody_away(world: World, to: str) -> None:
    notice = world.get("people.notice", "public")
    browser = Client()
    browser.force_login(notice.person.account)
    answer = browser.post(f"/notices/{notice.shown_id}/reading/", {"to": to})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/notices/")


def test_a_fragment_and_its_page_are_told_apart_by_caches(world: World) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        assert "HX-Request" in Client().get("/topics/", headers=headers).headers["Vary"]


def test_who_managed_a_space_while_it_was_open_has_no_say_once_it_is_closed(world: World) -> None:
    """Both pages were loaded before either was sent: the row decides, not what the page saw."""
    space, stale = Space.objects.get(id=world.spaces["public"].id), Space.objects.get(id=world.spaces["public"].id)
    change_space(space, Settings("Ours", visibility="private"), by=world.actor("steward"))
    by = {kind: world.actor(kind) for kind in ("community manager", "owner", "member")}
    with pytest.raises(NotAllowed):
        open_topic(copy(stale), title="A", source="B", by=by["member"])
    with pytest.raises(NotAllowed):
        change_space(copy(stale), Settings("Mine", visibility="public"), by=by["community manager"])
    with pytest.raises(NotAllowed):
        set_state(copy(stale), "archived", by=by["owner"])
    space.refresh_from_db()
    assert (space.name, space.visibility, space.state) == ("Ours", "private", "active")


def test_a_reply_to_what_has_moved_meanwhile_is_refused(world: World) -> None:
    """Somebody writes while a moderator moves the topic into a private space."""
    topic = Topic.objects.select_related("space").get(id=world.get("talk.topic", "public").id)
    moved = Topic.objects.select_related("space").get(id=topic.id)
    move_topic(moved, to=world.spaces["private"], by=world.actor("space moderator"))
    before = topic.replies.count()
    with pytest.raises(NotAllowed):
        add_reply(topic, source="Still here?", by=world.actor("member"))
    with pytest.raises(NotAllowed):
        move_topic(moved, to=world.spaces["public"], by=world.actor("moderator"))
    assert topic.replies.count() == before
