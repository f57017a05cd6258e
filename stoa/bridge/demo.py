"""The demo's passages between the wings: usage rights in every state, what was shared under them, campaigns and who joined by them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.bridge.actions.rights import sentence_of
from stoa.bridge.actions.uses import MATERIAL, state_of
from stoa.bridge.facts import (
    CampaignMade,
    Cause,
    TouchKept,
    UsageRightDeclined,
    UsageRightExpired,
    UsageRightGranted,
    UsageRightNarrowed,
    UsageRightRequested,
    UsageRightWithdrawn,
    UseStarted,
)
from stoa.bridge.models import Campaign, Placement, Touch, UsageRight, UsageRightEvent, Use
from stoa.bridge.models.right import STATES, hash_of_source, hash_of_terms
from stoa.community.talk.models import Topic
from stoa.demo_guild.reach import campaigns
from stoa.demo_guild.rows import Campaign as CampaignPlan
from stoa.demo_guild.rows import UsageRight as RightPlan
from stoa.demo_guild.social import usage_rights
from stoa.people.models import Person, SignUp
from stoa.social.publish.models import Delivery, Link, Post

PURPOSE = "To show neighbours what is mended here, and how."
TERM = timedelta(days=365)
ENDED_AFTER = timedelta(days=9)


def fill(story: Story) -> None:
    for plan in usage_rights():
        topic_id = story.known("topic", plan.thread)
        if topic_id:
            write_right(story, plan, Topic.objects.select_related("author").get(id=topic_id))
    for campaign in campaigns(story.seed, story.scale):
        write_campaign(story, campaign)


def write_right(story: Story, plan: RightPlan, topic: Topic) -> None:
    """The right with its ledger, as if it had been asked and answered in its time."""
    asked = max(story.ago(timedelta(days=plan.asked_day, hours=2)), topic.opened_at + timedelta(hours=3))
    channels = [number for key in plan.channels if (number := story.known("channel", key))]
    until = story.ago(timedelta(days=plan.until_day)) if plan.until_day is not None else asked + TERM
    asker = story.known("person", "dov")
    with story.at(asked):
        right = UsageRight(
            topic=topic, author=topic.author, asked_by_id=asker, asked_at=asked, purpose=PURPOSE, words=plan.words,
            is_whole=False, channels=sorted(channels), credit=plan.credit, until=until, since=asked,
            content_hash=hash_of_source(topic.source), state="requested",
        )  # fmt: skip
        right.asked_text = sentence_of(right)
        right.save(force_insert=True)
    told = [Past(UsageRightRequested(right.id, topic.id, topic.author_id), asked, asker)]
    steps = list(steps_of(plan, right, asked, story))
    UsageRightEvent.objects.bulk_create([line(right, 1, "requested", asked, asker)])
    for number, (state, at) in enumerate(steps, start=2):
        by = None if state == "expired" else topic.author_id
        UsageRightEvent.objects.bulk_create([line(right, number, state, at, by)])
        right.state, right.since = state, at
        told.append(Past(fact_of(right, state), at, by))
    right.cause = "author" if right.state == "withdrawn" else ""
    right.save()
    announce_past(told)
    story.remember("right", plan.key, right.id)
    if right.state in ("granted", "narrowed", "expired"):
        write_uses(story, plan, right)


def line(right: UsageRight, number: int, what: str, at: datetime, by_id: int | None) -> UsageRightEvent:
    return UsageRightEvent(
        right=right, number=number, what=what, by_id=by_id, at=at, terms_hash=hash_of_terms(right.terms)
    )


def steps_of(plan: RightPlan, right: UsageRight, asked: datetime, story: Story) -> Iterator[tuple[str, datetime]]:
    """What happened after it was asked."""
    answered = min(max(asked + timedelta(hours=5), asked + timedelta(days=1)), story.now)
    if plan.state in ("granted", "narrowed", "declined"):
        yield plan.state, answered
    elif plan.state in ("withdrawn", "expired"):
        yield "granted", answered
        over = right.until if plan.state == "expired" else answered + ENDED_AFTER
        yield plan.state, min(over, story.now)
    elif plan.state in STATES:
        raise ValueError(plan.state)


def fact_of(
    right: UsageRight, state: str
) -> UsageRightGranted | UsageRightNarrowed | UsageRightDeclined | UsageRightExpired | UsageRightWithdrawn:
    if state == "granted":
        return UsageRightGranted(right.id, right.until)
    if state == "narrowed":
        return UsageRightNarrowed(right.id, right.until)
    if state == "declined":
        return UsageRightDeclined(right.id)
    return UsageRightExpired(right.id) if state == "expired" else UsageRightWithdrawn(right.id, Cause.AUTHOR, 0)


def write_uses(story: Story, plan: RightPlan, right: UsageRight) -> None:
    """The posts that carry these words say so from now on, and each is a use."""
    posts = [number for key in plan.posts if (number := story.known("post", key))]
    Post.objects.filter(id__in=posts).update(material_key=MATERIAL, material_id=right.id, credit=right.credit)
    deliveries = Delivery.objects.filter(post__in=posts)
    deliveries.update(about_key=MATERIAL, about_id=right.id)
    uses = [
        Use(right=right, delivery=each, state=state_of(each), planned_at=each.made_at, live_at=each.published_at)
        for each in deliveries
    ]
    Use.objects.bulk_create(uses)
    announce_past(
        [Past(UseStarted(right.id, use.id, use.delivery_id), use.live_at) for use in uses if use.live_at is not None]
    )


def write_campaign(story: Story, plan: CampaignPlan) -> None:
    """The campaign with its links, and the people whose sign-up carried one of them."""
    starts = story.ago(timedelta(days=plan.first_day))
    by = story.known("person", "dov")
    with story.at(starts - timedelta(days=3)):
        campaign = Campaign.objects.create(
            name=plan.name[:120], goal=plan.goal[:300], words=plan.words[:600], starts_at=starts,
            ends_at=story.ago(timedelta(days=plan.last_day + 1)), by_id=by,
        )  # fmt: skip
    announce_past([Past(CampaignMade(campaign.id), campaign.made_at, by)])
    story.remember("campaign", plan.key, campaign.id)
    for placement in plan.placements:
        link = Link.objects.get(id=story.id_of("link", placement.key))
        Placement.objects.create(campaign=campaign, link=link, label=placement.label[:120])
        write_touches(link, [story.id_of("person", key) for key in placement.joined if story.known("person", key)])


def write_touches(link: Link, people: list[int]) -> None:
    SignUp.objects.filter(person__in=people).update(via=link.code)
    joined = Person.objects.filter(id__in=people, touches=None).filter(joined_at__isnull=False)
    touches = [Touch(link=link, person=each, kind="join", at=each.joined_at) for each in joined]
    Touch.objects.bulk_create(touches)
    announce_past([Past(TouchKept(each.id, link.id, each.person_id, join=True), each.at) for each in touches])
