"""Topics of the demo to which their authors added something later, with what stood there before."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from stoa.base.demo import Story
from stoa.community.talk.models import Topic, Version

EVERY = 40  # of so many topics one was changed
WHYS = ("Added what I had left out", "Said it more clearly", "")


def edits(story: Story, topics: Iterable[Topic]) -> Iterator[Version]:
    """Of some topics the last sentence came later. Sets when they were changed; their rows are not written yet."""
    dice = story.dice("edits")
    for topic in topics:
        begun, stop, _last = topic.source.rstrip(".?!").rpartition(". ")
        moment = topic.opened_at + timedelta(minutes=dice.randint(20, 600))
        if dice.randrange(EVERY) or not stop or "\n" in topic.source or moment > story.now:
            continue
        with story.at(moment):
            topic.edited_at = moment
            yield Version(topic=topic, title=topic.title, source=f"{begun}.", why=dice.choice(WHYS), changed_at=moment)
