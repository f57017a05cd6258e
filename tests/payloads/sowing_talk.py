"""The hostile texts in what members do with topics: changed, split, merged, planned and repeated, kept for oneself, said directly."""

from datetime import time, timedelta
from urllib.parse import urlencode

from django.conf import settings

from stoa.base import clock
from stoa.community.talk.actions import (
    add_reply,
    answer_idea,
    begin_exchange,
    choose_who_writes,
    edit_reply,
    edit_topic,
    keep_ritual,
    merge_topic,
    open_topic,
    split_topic,
)
from stoa.community.talk.kinds import Particulars, PollPlan
from stoa.community.talk.models import PlannedTopic, Reply, SavedSearch, SavedWelcome, TagRule, TopicTag
from stoa.community.talk.planning import RitualPlan
from stoa.people.models import Bookmark, Draft
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.models import Space
from tests.access.world import World


def fill(world: World, number: int, payload: str, space: Space, reply: Reply) -> list[str]:
    """Gives the pages, in the same order for each payload."""
    return [
        *shapes(world, payload, reply),
        *kinds(world, payload),
        *plans(world, payload, space),
        *direct(world, payload),
        *kept(world, number, payload, reply),
    ]


def shapes(world: World, payload: str, reply: Reply) -> list[str]:
    """A history with a reason, a card of a link of ours, tags; a topic that was split and one that took another in."""
    author, owner, moderator = (world.actor(each) for each in ("space member", "owner", "space moderator"))
    topic = open_topic(reply.topic.space, title="Before", source="Before that.", by=author)
    edit_topic(topic, title=payload, source=payload, by=author, why=payload[:100])
    changed = add_reply(topic, source="Before.", by=author)
    edit_reply(changed, source=payload, by=author, why=payload[:100])
    card = f"{settings.STOA_URL}{reply.topic.get_absolute_url()}"
    moved = add_reply(topic, source=f"{card}\n\n{payload}", by=moderator)
    add_reply(topic, source=f"{settings.STOA_URL}{reply.get_absolute_url()}", by=moderator)
    TopicTag.objects.create(topic=topic, name=payload[:30])
    TagRule.objects.get_or_create(space=None, name=payload[:30], defaults={"becomes": payload[-30:]})
    split = split_topic(topic, [moved.id], title=payload, source=payload, to=topic.space, by=moderator)
    with clock.pinned(clock.now() + timedelta(minutes=1)):
        merged = open_topic(topic.space, title=payload, source=payload, by=actor_of(make_person(payload[:80])))
        merge_topic(merged, into=topic, by=owner)
    return [
        topic.get_absolute_url(), split.get_absolute_url(), f"/topics/{topic.shown_id}/history/",
        f"/replies/{changed.shown_id}/history/", f"/topics/{topic.shown_id}/split/", f"/topics/{topic.shown_id}/merger/",
        f"/tags/topics/?{urlencode({'tag': payload[:30]})}",
    ]  # fmt: skip


def kinds(world: World, payload: str) -> list[str]:
    """An idea with what became of it, and a poll."""
    space, author, moderator = world.spaces["public"], world.actor("space member"), world.actor("space moderator")
    idea = open_topic(space, title=payload, source=payload, kind="idea", by=author)
    answer_idea(idea, status="planned", source=payload, by=moderator)
    options = Particulars(PollPlan((payload.replace("\n", " ")[:100], "No")))
    poll = open_topic(space, title=payload, source=payload, kind="poll", by=author, particulars=options)
    return [idea.get_absolute_url(), poll.get_absolute_url()]


def plans(world: World, payload: str, space: Space) -> list[str]:
    """A topic that waits, held for a reason, and a ritual."""
    owner = world.actor("owner")
    planned = PlannedTopic(
        space=space, author_id=owner.own_id, title=payload[:160], source=payload, wall="2026-03-04T12:00",
        at=clock.now(), zone="Europe/Berlin", tzdata="1", state="held", reason=payload[:300], beginning={"tags": payload},
    )  # fmt: skip
    planned.save(force_insert=True)
    plan = RitualPlan(f"{payload} {{week}}"[:160], payload, "weekly", time(9), tags="")
    ritual = keep_ritual(space, plan, by=owner)
    type(ritual).objects.filter(id=ritual.id).update(state="paused", reason=payload[:300])
    return [f"/topics/planned/{planned.shown_id}/", f"/rituals/{ritual.shown_id}/"]


def direct(world: World, payload: str) -> list[str]:
    """A group that the owner is in, its name and its words; and a request to them."""
    owner, member = world.actor("owner"), world.people["member"]
    choose_who_writes("anyone", by=owner)
    choose_who_writes("anyone", by=actor_of(member))
    sender = make_person(payload[:80])
    group = begin_exchange([world.people["owner"], member], source=payload, name=payload[:60], by=actor_of(sender))
    return [f"/direct/{group.shown_id}/", f"/direct/{group.shown_id}/people/"]


def kept(world: World, number: int, payload: str, reply: Reply) -> list[str]:
    """What the owner keeps: searches, drafts, bookmarks; and words to welcome with."""
    owner = world.people["owner"]
    held = urlencode({"q": payload, "tag": payload[:80]})
    SavedSearch.objects.create(person=owner, question=held, words=payload[:100], seen_upto=0)
    Draft.objects.create(person=owner, place=f"topic-{number}", source=payload, title=payload, address="/topics/")
    Bookmark.objects.create(person=owner, thing_key="talk.reply", thing_id=reply.id, note=payload[:300])
    welcome = SavedWelcome.objects.create(title=payload[:80], source=payload)
    newcomer = make_person(payload[:80], joined_at=clock.now() - timedelta(days=1))
    return [
        f"/desk/welcomes/{welcome.shown_id}/", f"/desk/members/{newcomer.shown_id}/welcome/?saved={welcome.shown_id}",
        f"/desk/introductions/{newcomer.shown_id}/", f"/desk/members/{newcomer.shown_id}/trust/",
    ]  # fmt: skip
