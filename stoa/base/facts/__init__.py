"""The fact log's door: declare a fact, announce it inside the transaction that changes the rows, subscribe to it.

    @fact("talk.topic_closed", about=("talk.topic", "topic"))
    @dataclass(frozen=True)
    class TopicClosed(Fact):
        topic: int
        space: int

    announce(TopicClosed(topic.id, topic.space_id), by=actor)

    @hears(TopicClosed, name="notices")
    def tell_followers(told: Told[TopicClosed]) -> None: ...

What is rolled back is never heard. A subscriber may run twice and must not mind.
"""

from stoa.base.facts.announce import announce
from stoa.base.facts.declare import Fact, all_facts, fact, load
from stoa.base.facts.hear import Told, all_subscribers, hears
from stoa.base.facts.past import Past, announce_past

__all__ = [
    "Fact", "Past", "Told", "all_facts", "all_subscribers", "announce", "announce_past", "fact", "hears", "load",
]  # fmt: skip
