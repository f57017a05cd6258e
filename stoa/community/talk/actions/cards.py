"""Cards of pages elsewhere that a topic or a reply links to: asked for only where every member may read the text."""

from stoa.base import actors, elsewhere
from stoa.base.actors import Actor
from stoa.base.facts import announce
from stoa.base.models import Linking
from stoa.community.talk.facts import CardFound
from stoa.community.talk.models import Reply, Topic

MOST = 200  # texts that are told of one page: those who open the others read it then


def ask_for_cards(written: Topic | Reply, *, by: Actor, is_new: bool = True) -> None:
    """Within the transaction that keeps the text. In closed spaces, and where each sees only their own topics, nothing is asked: the
    request alone would tell a stranger's server what is spoken of there."""
    topic = written if isinstance(written, Topic) else written.topic
    space = topic.space
    if not is_new:
        elsewhere.unlink([written.id], keep=written.html if space.is_open_to_bystanders else "")
    if space.is_open_to_bystanders:
        thing = ("talk.topic" if isinstance(written, Topic) else "talk.reply", written.id)
        elsewhere.ask(written.html, thing, is_public=space.visibility == "public", by=by)


def tell_of_card(page_id: int) -> None:
    """Open pages of the topics that link to it draw themselves anew."""
    linking = Linking.objects.filter(page=page_id).order_by("-id").values_list("thing_id", flat=True)[:MOST]
    numbers = list(linking)
    topics = set(Topic.objects.filter(id__in=numbers).values_list("id", "space_id"))
    topics |= set(Reply.objects.filter(id__in=numbers).values_list("topic_id", "topic__space_id"))
    for topic, space in sorted(topics):
        announce(CardFound(topic, space, page_id), by=actors.system("talk"))
