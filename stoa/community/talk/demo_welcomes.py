"""The demo's welcomes: words that the team keeps, and who welcomed the newcomers of the last weeks by answering their first topic."""

from collections.abc import Iterator
from datetime import timedelta

from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.community.talk.facts import Welcomed
from stoa.community.talk.models import Reply, SavedWelcome, Welcome
from stoa.demo_guild.people import staff

LATELY = timedelta(days=60)
KEPT = (
    (
        "A warm hello",
        "Hello {name}, good to have you here. You said that {interest} interests you: there are people in {space} who have mended a few "
        "of those. Say what is on your bench, and somebody will pull up a chair.\n\n{me}",
    ),
    (
        "For whoever brings a question",
        "Welcome, {name}. A photo of the part and what you have tried so far help most here. Nobody minds a small question.\n\n{me}",
    ),
)


def fill(story: Story) -> None:
    team = [story.id_of("person", each.key) for each in staff(story.seed)]
    with story.at(story.now - timedelta(days=90)):
        SavedWelcome.objects.bulk_create(
            [SavedWelcome(title=title, source=text, by_id=team[0]) for title, text in KEPT]
        )
    made = list(_welcomes(story, team))
    Welcome.objects.bulk_create(made)
    announce_past(
        [Past(Welcomed(row.newcomer_id, row.topic_id, row.reply_id), row.at, row.by_id) for row in made if row.topic_id]
    )


def _welcomes(story: Story, team: list[int]) -> Iterator[Welcome]:
    """The first answer of the team to what somebody opened within a fortnight of joining."""
    answers = Reply.objects.filter(author__in=team, presence="here", topic__author__joined_at__gt=story.now - LATELY)
    done: set[int] = set()
    for reply in answers.select_related("topic__author").order_by("id"):
        newcomer = reply.topic.author
        soon = reply.added_at - newcomer.joined_at < timedelta(days=14)
        if soon and newcomer.id not in done and newcomer.id not in team:
            done.add(newcomer.id)
            with story.at(reply.added_at):
                yield Welcome(newcomer=newcomer, by_id=reply.author_id, topic=reply.topic, reply=reply)
