"""The thread drawn under a topic that began outside."""

import pytest
from django.test import Client

from stoa.bridge.actions import open_loop
from stoa.bridge.tests.test_loops import make_conversation
from stoa.social.networks.models import Channel
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.spaces.tests.makers import make_space, make_staff

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
