"""Puts each hostile text into every text that is shown: here what stood in the community and at the desk from the beginning."""

from collections.abc import Sequence
from datetime import timedelta

from stoa.base import clock
from stoa.base.models.site import Site
from stoa.bridge.models import Campaign
from stoa.bridge.tests.world import make_row
from stoa.community.gather.actions import plan_event
from stoa.community.gather.actions.formats import FormatPlan, keep_format
from stoa.community.gather.models import Contribution, Goal
from stoa.community.gather.tests.makers import make_plan
from stoa.community.talk.actions import add_reply, open_topic
from stoa.community.talk.models import Reply
from stoa.moderation.actions.guidelines import write_norm
from stoa.moderation.actions.report import report
from stoa.moderation.models import Clause
from stoa.moderation.subjects import subject_of
from stoa.people.models import DoorQuestionWords, Identity, Purpose
from stoa.people.tests.makers import actor_of, make_person
from stoa.social.listen.tests.makers import make_conversation
from stoa.social.networks.models import Channel, Hold
from stoa.social.networks.plaza.home.actions.accounts import open_account
from stoa.social.networks.plaza.home.actions.posts import Draft as PlazaDraft
from stoa.social.networks.plaza.home.actions.posts import write_post
from stoa.social.networks.plaza.home.policy import practice_key
from stoa.social.publish.models import Delivery
from stoa.spaces.models import Application, Space
from stoa.spaces.tests.makers import give, make_space
from tests.access.world import World
from tests.payloads import sowing_people, sowing_talk
from tests.payloads.texts import PAYLOADS, SCHEME


def fill(world: World, payloads: Sequence[str] = PAYLOADS) -> list[list[str]]:
    """Gives, for each payload, the pages of what was made of it: as many for each, and in the same order."""
    fill_what_is_there_once()
    pages: list[list[str]] = []
    for number, payload in enumerate(payloads):
        space, reply, in_the_community = fill_community(world, payload)
        pages.append([
            *in_the_community, *fill_desk(world, number, payload, reply), *sowing_talk.fill(world, number, payload, space, reply),
            *sowing_people.fill(world, number, payload, space, reply),
        ])  # fmt: skip
    Channel.objects.update(handle=PAYLOADS[2], name=PAYLOADS[1], reason=PAYLOADS[2])
    Delivery.objects.update(reason=PAYLOADS[1])
    return pages


def fill_what_is_there_once() -> None:
    """Texts of which there is one."""
    Site.objects.update_or_create(id=1, defaults={"name": PAYLOADS[2]})
    Purpose.objects.update_or_create(id=1, defaults={"sentence": "".join(PAYLOADS)[:300]})
    DoorQuestionWords.objects.update(label=PAYLOADS[1], hint=PAYLOADS[2])
    Goal.objects.update(sentence=PAYLOADS[1], unit=PAYLOADS[16][:40])
    Clause.objects.update(title=PAYLOADS[2], text="\n\n".join(PAYLOADS))
    Hold.objects.create(reason=PAYLOADS[2])


def fill_community(world: World, payload: str) -> tuple[Space, Reply, list[str]]:
    """A person, a space, a topic with replies, an event and a format of this name. Gives the space, a reply, and the pages."""
    steward, author = world.actor("steward"), world.actor("space member")
    space = world.spaces["public"]
    person = make_person(payload[:80], bio=payload, helps_with=payload, interests=[payload], shown_to="everyone")
    give(person, "space.member", space)
    made = make_space(
        payload[:80], "public", description=payload, standards=f"{payload}\n- {payload}", norm=payload, question=payload,
        interests=[payload], joining="apply",
    )  # fmt: skip
    Application.objects.create(space=made, person=person, answer=payload)
    topic = open_topic(space, title=payload, source="\n\n".join(PAYLOADS), by=actor_of(person))
    reply = add_reply(topic, source=f"{payload} @[person:{person.shown_id}]", by=author)
    add_reply(topic, source=f"> [quote:{reply.shown_id}:0-90]\n\n[x]({SCHEME})", by=actor_of(person))
    event = plan_event(space, make_plan(payload, source=payload, place=payload), by=steward)
    plan = FormatPlan(
        payload[:80], "event", "weekly", 1, clock.now().time(), payload, payload, how=payload, place=payload
    )
    format = keep_format(space, plan, by=steward)
    pages = [
        person.address, made.address, f"/spaces/{made.shown_id}/manage/", f"/spaces/{made.shown_id}/topics/new/",
        topic.get_absolute_url(), event.get_absolute_url(), f"/desk/programme/{format.shown_id}/",
    ]  # fmt: skip
    return made, reply, pages


def fill_desk(world: World, number: int, payload: str, reply: Reply) -> list[str]:
    """A usage right, a report, a campaign, a conversation with a stranger of this name. Gives the pages."""
    right = make_row(world, reply.topic, purpose=payload, words=payload, credit=payload[:120])
    Contribution.objects.create(goal=Goal.objects.get(), number=1, day=clock.now().date(), note=payload)
    subject = subject_of("talk.reply")
    assert subject
    case = report(
        subject, reply.id, clause=Clause.objects.in_force().order_by("id")[0], words=payload, by=world.actor("owner")
    ).case
    ends = clock.now() + timedelta(days=9)
    campaign = Campaign.objects.create(name=payload, goal=payload, words=payload, starts_at=clock.now(), ends_at=ends)
    heard = make_conversation(Channel.objects.order_by("id")[0], "\n".join(PAYLOADS), handle=f"h{number}")
    Identity.objects.filter(remote_id=f"id-h{number}").update(handle=payload, name=payload)
    write_norm(payload[:80], payload, by=world.actor("community manager"))
    write_post(PlazaDraft(payload), by=open_account(f"hostile{number}", payload, key=practice_key())[0])
    return [
        f"/desk/stories/{right.shown_id}/", case.address, f"/desk/campaigns/{campaign.shown_id}/",
        f"/desk/inbox/{heard.shown_id}/",
    ]  # fmt: skip
