"""The thread drawn under a topic that began outside."""

from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from stoa.base import clock
from stoa.bridge.actions import open_loop
from stoa.bridge.models import UsageRight, Use
from stoa.bridge.tests.makers import make_right, make_use
from stoa.bridge.tests.test_loops import make_conversation
from stoa.community.talk.models import Topic
from stoa.community.talk.tests.makers import make_topic
from stoa.people.tests.makers import make_actor
from stoa.social.networks.models import Channel
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import run
from stoa.spaces.tests.makers import make_space, make_staff

SHARED = "Shared with their authors"
pytestmark = pytest.mark.django_db


def test_a_topic_made_of_a_mention_says_where_it_began(
    network: HostileNetwork, channel: Channel, client: Client
) -> None:
    conversation, by = make_conversation(channel), make_staff("community_manager")
    loop = open_loop(conversation, space=make_space(visibility="public"), title="A kettle", source="Asked.", by=by)
    assert loop.topic.kind == "question"
    answer = client.get(loop.topic.get_absolute_url())
    assert answer.status_code == 200
    assert f"Began as a question on {channel.title}" in answer.content.decode()


def told(visibility: str = "public", author: str = "Amara", words: str = "The zip goes up again.") -> UsageRight:
    """A right with a use that is out."""
    topic = make_topic(make_space(visibility=visibility), source=words, by=make_actor(author))
    return make_right(topic, credit=f"{author}, Brackwater")


def out(right: UsageRight, channel: Channel) -> None:
    make_use(right, channel)
    run()


def test_visitors_see_whose_words_were_shared_with_consent_each_author_once(
    network: HostileNetwork, channel: Channel, client: Client
) -> None:
    for right in (told(), told(author="Bo", words="It rolls."), told("members", "Cy", "It is ours.")):
        out(right, channel)
    shown = client.get("/").content.decode()
    assert shown.count(SHARED) == 1
    assert Topic.objects.get(source="It rolls.").shown_id not in shown[shown.index(SHARED) :]
    assert [each in shown for each in ("Amara, Brackwater", "Bo, Brackwater", "It is ours.")] == [True, True, False]


@pytest.mark.parametrize("why", ["taken back", "run out", "edited", "withdrawn", "coming down"])
def test_what_may_no_longer_be_used_leaves_the_front_page(
    network: HostileNetwork, channel: Channel, client: Client, why: str
) -> None:
    right = told()
    out(right, channel)
    assert "The zip goes up again." in client.get("/").content.decode()
    rows: dict[str, tuple[QuerySet[Any], dict[str, object]]] = {
        "taken back": (UsageRight.objects.all(), {"state": "withdrawn"}),
        "run out": (UsageRight.objects.all(), {"until": clock.now()}),
        "edited": (Topic.objects.all(), {"source": "The zip is stuck again."}),
        "withdrawn": (Topic.objects.all(), {"presence": "withdrawn"}),
        "coming down": (Use.objects.all(), {"state": "taking_down"}),
    }
    found, change = rows[why]
    found.update(**change)
    assert SHARED not in client.get("/").content.decode()
