"""The demo: everybody's next digest, none of them due."""

from stoa.base.demo import Story
from stoa.community.talk.models import Digest
from stoa.people.models import Person

BATCH = 500


def fill(story: Story) -> None:
    with story.at(story.now):
        rows = Person.objects.members().order_by("id").values_list("id", "zone")
        Digest.objects.bulk_create([Digest.new_for(*each, story.now) for each in rows], batch_size=BATCH)
