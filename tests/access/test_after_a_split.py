"""Split off or merged into another space: whoever lost sight by it lost it everywhere at once."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from stoa.base import clock, files
from stoa.community.talk.actions import merge_topic, open_topic, split_topic
from tests.access import afterwards
from tests.access.afterwards import canaries, concern, found, hears
from tests.access.test_after_a_change import LOST, picture_in, statuses
from tests.access.world import World, still


@pytest.fixture(autouse=True)
def as_they_stand(world: World) -> None:
    """What an earlier test changed in rows was undone: the objects follow."""
    for row in (*world.spaces.values(), *world.people.values(), *world.objects.values()):
        row.refresh_from_db()


def test_replies_that_were_split_into_a_private_space_are_gone_for_all_others(world: World) -> None:
    topic, reply = world.get("talk.topic", "public"), world.get("talk.reply", "public")
    forbidden = canaries(world, "public", "reply.")
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    drawn.seek(0)
    kept = files.keep_picture(drawn, by=world.actor("space moderator"), name="zip.png")
    files.attach([kept.id], ("talk.reply", reply.id), by=world.actor("space moderator"))
    with still():
        letters = concern(world, "member", ("talk.reply", reply.id))
        assert len(letters) == 1
        assert len(found(world, "member", "public", forbidden)) > 2
        assert statuses(world, kept.address, "anonymous") == {200}
        words = {"title": "Elsewhere", "source": "It goes on there."}
        split_topic(topic, [reply.id], **words, to=world.spaces["private"], by=world.actor("space moderator"))
        assert statuses(world, kept.address, *LOST) == {404}
        assert hears(world, "member", ("talk.reply", reply.id)) == []
        assert afterwards.send(letters) == {"stopped"}
        for person in LOST:
            assert found(world, person, "public", forbidden) == []
        assert found(world, "space member", "private", forbidden)


def test_a_topic_that_was_merged_into_one_of_a_private_space_is_gone_for_all_others(world: World) -> None:
    said = {"title": "Kanari kanarimerged", "source": "Kanari words kanarimerged."}
    with still():
        with clock.pinned(clock.now() + timedelta(minutes=1)):
            topic = open_topic(world.spaces["public"], **said, by=world.actor("space member"))
        picture = picture_in(topic, world)
        letters = concern(world, "member", ("talk.topic", topic.id))
        forbidden = [b"kanarimerged", topic.shown_id.encode()]
        assert found(world, "member", "public", forbidden)
        merge_topic(topic, into=world.get("talk.topic", "private"), by=world.actor("space moderator"))
        assert statuses(world, topic.get_absolute_url(), *LOST) == {404}
        assert statuses(world, picture, *LOST) == {404}
        assert hears(world, "member", ("talk.topic", topic.id), ("talk.reply", topic.id)) == []
        assert afterwards.send(letters) == {"stopped"}
        for person in LOST:
            assert found(world, person, "public", forbidden) == []
        assert found(world, "space member", "private", forbidden)
