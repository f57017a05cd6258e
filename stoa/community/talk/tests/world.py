"""What talk puts into the world of the access tests: in each space a question with replies, marks, a mention and a notice."""

from collections.abc import Iterator

from stoa.base import search
from stoa.base.work.drain import drain
from stoa.community.talk.actions import add_reply, hide_reply, leave_mark, open_topic
from stoa.spaces.readers import search_readable
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    """A topic with a reply that is here and one that a decision hid."""
    author, other = world.actor("space member"), world.actor("space moderator")
    space = world.spaces[visibility]
    named = f" @[person:{world.people['member'].shown_id}]"
    words = {"title": world.words("topic.title"), "source": world.words("topic.text") + named}
    topic = open_topic(space, **words, kind="question", by=author)
    reply = add_reply(topic, source=world.words("reply.text") + named, by=other)
    hide_reply(add_reply(topic, source="What a decision hid.", by=author), by=other)
    drain()
    world.put("talk.topic", topic)
    world.put("talk.reply", reply)
    leave_mark(topic, "thanks", by=other)
    leave_mark(reply, "laugh", by=author)
    world.put("talk.own_reply", add_reply(topic, source=world.words("own.text"), by=author))


def grow(world: World, visibility: str) -> None:
    """Nine more topics, and nine more replies to the first."""
    author = world.actor("space member")
    for number in range(9):
        topic = open_topic(world.spaces[visibility], title=f"Topic {number}", source="More words.", by=author)
        add_reply(topic, source="An answer.", by=world.actor("steward"))
        add_reply(world.get("talk.topic", visibility), source=f"Reply {number}", by=author)


def outputs(world: World, kind: str) -> Iterator[tuple[str, bytes]]:
    """What the search itself gives, without the page."""
    hits = search.query("kanari", to=search_readable(world.actor(kind)), limit=100)
    yield "search", "\n".join(f"{hit.title} {hit.body}" for hit in hits).encode()
