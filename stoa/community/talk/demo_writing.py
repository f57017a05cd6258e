"""The demo: a topic that shows how people talk, beside each space's writing box."""

from stoa.base.demo import Story
from stoa.base.text.plain import shortened
from stoa.community.talk.models import Presence, Topic
from stoa.spaces.models import Space


def fill(story: Story) -> None:
    """Each space shows how people talk there by its earliest question that was settled."""
    for space in Space.objects.exclude(norm=""):
        settled = Topic.objects.filter(space=space, presence=Presence.HERE).exclude(accepted=None)
        if topic := settled.order_by("id").first():
            address = topic.get_absolute_url()
            space.norm = f"{shortened(space.norm, 298 - len(address))} {address}"
            space.save(update_fields=["norm"])
