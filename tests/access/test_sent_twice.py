"""A form that is sent twice does its work once; the same form with other words in it is another."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from stoa.bridge.models import Campaign
from stoa.community.gather.models import Contribution, Event
from stoa.community.talk.models import Reply, Topic
from stoa.social.publish.models import Delivery, Post
from stoa.spaces.models import Invitation, Space
from tests.access import asking
from tests.access.rules import EVENT_FORM, WRITTEN
from tests.access.world import World, still


def token_on(browser: Client, page: str) -> str:
    return re.findall(r'name="once" value="([^"]+)"', browser.get(page).content.decode())[0]


def send_twice(browser: Client, page: str, form: dict[str, Any], to: str = "") -> None:
    """Both are answered with the same address."""
    sent = {**form, "once": token_on(browser, page)}
    first, second = (browser.post(to or page, sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]


def grown(counted: Callable[[], int], act: Callable[[], None]) -> int:
    before = counted()
    act()
    return counted() - before


def test_a_topic_is_opened_once(world: World) -> None:
    browser, page = asking.client(world, "steward"), f"/spaces/{world.spaces['public'].shown_id}/topics/new/"
    assert grown(Topic.objects.count, lambda: send_twice(browser, page, WRITTEN)) == 1


def test_a_reply_is_added_once_and_another_one_is_not_swallowed(world: World) -> None:
    browser, topic = asking.client(world, "steward"), world.get("talk.topic", "public")
    page, to = topic.get_absolute_url(), f"/topics/{topic.shown_id}/replies/"
    assert grown(Reply.objects.count, lambda: send_twice(browser, page, {"source": "Yes."}, to)) == 1
    token = token_on(browser, page)
    both = [browser.post(to, {"source": words, "once": token}).status_code for words in ("One.", "Two.")]
    assert both == [303, 303]
    assert sorted(topic.replies.order_by("-id").values_list("source", flat=True)[:2]) == ["One.", "Two."]


def test_a_form_that_was_refused_can_be_sent_again(world: World) -> None:
    browser, page = asking.client(world, "steward"), f"/spaces/{world.spaces['public'].shown_id}/topics/new/"
    empty = {"title": "Zips", "source": " ", "once": token_on(browser, page)}
    assert [browser.post(page, empty).status_code for _ in range(2)] == [422, 422]


def test_somebody_elses_token_is_not_ours(world: World) -> None:
    page = f"/spaces/{world.spaces['public'].shown_id}/topics/new/"
    one, other = asking.client(world, "steward"), asking.client(world, "space member")
    sent = {**WRITTEN, "once": token_on(one, page)}
    assert grown(Topic.objects.count, lambda: [each.post(page, sent) for each in (one, other)] and None) == 2


def test_an_event_and_a_count_are_written_once(world: World) -> None:
    browser = asking.client(world, "owner")
    page = f"/spaces/{world.spaces['public'].shown_id}/events/new/"
    with still():
        assert grown(Event.objects.count, lambda: send_twice(browser, page, EVENT_FORM)) == 1
    to = "/goal/contributions/"
    assert grown(Contribution.objects.count, lambda: send_twice(browser, "/goal/", {"number": "1"}, to)) == 1


def test_invitations_spaces_campaigns_links_and_formats_are_made_once(world: World) -> None:
    owner, steward = asking.client(world, "owner"), asking.client(world, "steward")
    invitation = {"uses": "1", "days": "14", "role": "space.member"}
    assert grown(Invitation.objects.count, lambda: send_twice(owner, "/desk/invitations/", invitation)) == 1
    space = f"/spaces/{world.spaces['private'].shown_id}/invitations/"
    assert grown(Invitation.objects.count, lambda: send_twice(steward, space, invitation)) == 1
    new = {"name": "Annex", "visibility": "public", "joining": "open"}
    assert grown(Space.objects.count, lambda: send_twice(owner, "/desk/spaces/", new)) == 1
    effort = {"name": "Spring", "goal": "Twenty new people.", "starts": "2026-03-01", "ends": "2026-04-01"}
    assert grown(Campaign.objects.count, lambda: send_twice(owner, "/desk/campaigns/", effort)) == 1


def test_a_post_goes_out_once(world: World) -> None:
    browser = asking.client(world, "owner")
    page = "/desk/posts/new/"
    channel = re.findall(r'name="channels" value="([^"]+)"', browser.get(page).content.decode())[0]
    form = {"channels": [channel], "text": "The doors are open on Sunday.", "act": "now"}
    counted = lambda: Delivery.objects.count() + Post.objects.count()  # noqa: E731
    assert grown(counted, lambda: send_twice(browser, page, form)) == 2
