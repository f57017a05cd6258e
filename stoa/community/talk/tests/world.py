"""What talk puts into the world of the access tests: in each space a question of its member with a picture, mentions, notices, marks,
a report and replies; and, in the public space, a reply that quotes what stands in the secret one."""

import io
from collections.abc import Iterator
from datetime import time, timedelta

from django.conf import settings
from PIL import Image

from stoa.base import actors, clock, files, search
from stoa.base.actors import Actor
from stoa.base.files.pictures import Small
from stoa.base.models import File, PageElsewhere
from stoa.base.work.drain import drain
from stoa.community.talk.actions import (
    add_reply,
    answer_idea,
    begin_exchange,
    choose_who_writes,
    count_top_topics,
    edit_reply,
    edit_topic,
    give_badge,
    hide_reply,
    keep_ritual,
    leave_mark,
    merge_topic,
    open_topic,
    pin_topic,
    plan_topic,
    save_search,
    send_message,
    vote_for,
    vote_in,
    withdraw_message,
)
from stoa.community.talk.actions.digests import letter_of
from stoa.community.talk.asking import Question
from stoa.community.talk.digesting import lines_for
from stoa.community.talk.kinds import Particulars, PollPlan
from stoa.community.talk.models import Badge, Digest, SavedWelcome, Split, Topic
from stoa.community.talk.planning import RitualPlan, TopicPlan
from stoa.moderation import subjects
from stoa.moderation.actions.report import report
from stoa.moderation.models import Clause
from stoa.people.models import Person
from stoa.people.tests.makers import make_person
from stoa.spaces.readers import search_readable
from tests.access.world import World

COLOURS = {"public": "teal", "members": "olive", "private": "navy", "secret": "maroon"}


def build(world: World, visibility: str) -> None:
    """A topic with a reply that is here and one that a decision hid."""
    author, other = world.actor("space member"), world.actor("space moderator")
    space = world.spaces[visibility]
    named = f" @[person:{world.people['member'].shown_id}]"
    picture = make_picture(world, author)
    shown = f"\n\n![{world.words('picture.said')}]({picture.address})"
    elsewhere = make_card(world) if visibility in ("public", "members") else f"https://elsewhere.example/{visibility}"
    words = {"title": world.words("topic.title"), "source": f"{world.words('topic.text')}{named}{shown}\n\n{elsewhere}"}
    before = {"title": world.words("before.title"), "source": world.words("before.text")}
    tagged = Particulars(tags=(world.words("tag"), "shared"))
    topic = open_topic(space, **before, kind="question", by=author, particulars=tagged)
    reply = add_reply(topic, source=world.words("reply.before"), by=other)
    edit_topic(topic, **words, by=author, why=world.words("edit.why"))
    world.put("talk.version", topic.versions.get())
    add_reply(topic, source="So that the change of the reply is kept.", by=author)
    edit_reply(reply, source=world.words("reply.text") + named, by=other, why=world.words("reply.why"))
    hide_reply(add_reply(topic, source="What a decision hid.", by=author), by=other)
    if visibility != "public":  # a case stays with the site's moderators when its topic moves out of their sight
        make_report(world, topic)
    drain()
    world.put("talk.badge", make_badge(world, topic))
    world.put("talk.picture", picture)
    world.put("talk.topic", topic)
    world.put("talk.reply", reply)
    leave_mark(topic, "thanks", by=other)
    leave_mark(reply, "laugh", by=author)
    count_top_topics(by=actors.system("talk"))
    world.put("talk.own_reply", add_reply(topic, source=world.words("own.text"), by=author))

    make_kinds(world, visibility)
    make_direct(world, visibility)
    make_shapes(world, visibility)
    make_plans(world, visibility)
    if visibility == "public":
        make_kept(world)
    if visibility == "secret":
        named = open_topic(space, title=world.words("named.title"), source=world.words("named.text"), by=author)
        world.objects["talk.named", visibility] = named
        world.objects["talk.named_reply", visibility] = add_reply(named, source=world.words("named.reply"), by=other)


def make_card(world: World) -> str:
    """A page elsewhere with a card, to which the topic links, and its address. Closed spaces link to theirs too, and have no card."""
    now, address = clock.now(), f"https://elsewhere.example/{world.visibility}"
    page = PageElsewhere.objects.create(
        address=address, host="elsewhere.example", state="found", is_public=world.visibility == "public", at=now, asked_at=now,
        expires_at=now + timedelta(days=30), title=world.words("card.title"), description=world.words("card.words"),
    )  # fmt: skip
    picture = files.keep_small(Small(world.words("card.picture").encode(), 32, 16), ("base.page_elsewhere", page.id))
    PageElsewhere.objects.filter(id=page.id).update(picture_id=picture.id, width=32, height=16)
    world.put("base.page_elsewhere", page)
    world.put("talk.card_picture", picture)
    return address


def make_kept(world: World) -> None:
    """What lies in no space: words to welcome with, and a search that somebody keeps."""
    searcher = actors.of_person(world.get("people.other", "public").id)
    kept = {"title": "Warm", "source": "Hello {name}, good that you are here."}
    world.put("talk.saved_welcome", SavedWelcome.objects.create(**kept))
    world.put("talk.saved_search", save_search(Question({"q": "kettle"}, searcher), by=searcher))


def make_kinds(world: World, visibility: str) -> None:
    """An idea with a word on what became of it, and a poll with a vote."""
    space, author, other = world.spaces[visibility], world.actor("space member"), world.actor("space moderator")
    words = {"title": world.words("idea.title"), "source": world.words("idea.text")}
    idea = open_topic(space, **words, kind="idea", by=author)
    vote_for(idea, by=other)
    answer_idea(idea, status="considered", source=world.words("idea.outcome"), by=other)
    world.put("talk.idea", idea)
    plan = Particulars(PollPlan((world.words("poll.first"), world.words("poll.second"))))
    words = {"title": world.words("poll.title"), "source": world.words("poll.text")}
    poll = open_topic(space, **words, kind="poll", by=author, particulars=plan)
    vote_in(poll, [poll.poll.options.get(place=1).id], by=other)
    pin_topic(poll, until=clock.now() + timedelta(days=30), by=other)
    world.put("talk.poll", poll)


def make_shapes(world: World, visibility: str) -> None:
    """A topic that became part of the first one, and a line in public of replies that stand in this space now."""
    author, other = world.actor("space member"), world.actor("space moderator")
    words = {"title": world.words("absorbed.title"), "source": world.words("absorbed.text")}
    with clock.pinned(clock.now() + timedelta(minutes=1)):
        absorbed = open_topic(world.spaces[visibility], **words, by=author)
        merge_topic(absorbed, into=world.get("talk.topic", visibility), by=other)
    opened = world.get("talk.topic", "public")
    if visibility != "public":
        Split.objects.create(topic=opened, into=world.get("talk.topic", visibility), count=3, by_id=other.own_id)


def make_plans(world: World, visibility: str) -> None:
    """A topic that waits, its author's alone, and a ritual, of which the space's readers see the title in the calendar."""
    space, opens = world.spaces[visibility], (clock.now() + timedelta(days=10)).replace(tzinfo=None)
    plan = TopicPlan(world.words("planned.title"), world.words("planned.text"), opens)
    world.put("talk.planned_topic", plan_topic(space, plan, by=world.actor("space member")))
    kept = RitualPlan(world.words("ritual.title") + " {week}", world.words("ritual.text"), "weekly", time(9))
    world.put("talk.ritual", keep_ritual(space, kept, by=world.actor("steward")))


def make_penpals(world: World) -> None:
    """Somebody for each space, who are there whether or not it is; they and another let anyone write to them."""
    for each in COLOURS:
        world.objects["talk.penpal", each] = make_person(f"Penpal {each}")
    for person in (world.get("people.other", "public"), *(world.get("talk.penpal", each) for each in COLOURS)):
        choose_who_writes("anyone", by=actors.of_person(person.id))


def make_direct(world: World, visibility: str) -> None:
    """Among the space's member and two others: a group with a picture, and a request that waits. What stands there is for nobody else, so
    its canaries are those of a closed space."""
    if visibility == "public":
        make_penpals(world)
    people = [world.get("talk.penpal", visibility), world.get("people.other", "public")]
    author, penpal = world.actor("space member"), actors.of_person(people[0].id)
    with world.at("private" if visibility in ("public", "members") else visibility):
        picture = make_picture(world, author, "crimson")
        shown = f"\n\n![{world.words('direct.picture')}]({picture.address})"
        words = {"name": world.words("direct.name"), "source": world.words("direct.text") + shown}
        group = begin_exchange(people, by=author, **words)
        send_message(group, source=world.words("direct.answer"), by=penpal)
        withdraw_message(send_message(group, source=world.words("direct.withdrawn"), by=penpal), by=penpal)
        member = Person.objects.get(id=author.own_id)
        request = begin_exchange([member], source=world.words("direct.request"), by=penpal)
    world.put("talk.exchange", group)
    world.put("talk.request", request)
    world.put("talk.direct_message", group.messages.get(author=author.own_id))


def make_badge(world: World, topic: Topic) -> Badge:
    """One that the steward gave in this space, for its topic."""
    person, steward = world.people["space member"], world.actor("steward")
    words = (world.words("badge.name")[:60], world.words("badge.words"))
    return give_badge(
        person, *words, by=steward, space=topic.space, about=("talk.topic", topic.id), about_in=topic.space
    )


def make_picture(world: World, by: Actor, colour: str = "") -> File:
    """A picture that no other space has, in the topic's text."""
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), colour or COLOURS[world.visibility]).save(drawn, "PNG")
    drawn.seek(0)
    alt, name = world.words("picture.alt"), world.words("picture.name")
    kept = files.keep_picture(drawn, by=by, alt=alt, name=f"{name}.png")
    for thumb in (False, True):
        with files.open_file(kept, thumb=thumb) as stored:
            world.mark(stored.read(), "picture.bytes")
    for digest in (kept.digest, kept.thumb):
        world.mark(digest[:32].encode(), "picture.digest")
    return kept


def make_report(world: World, topic: Topic) -> None:
    """The topic is reported, and its case is open."""
    subject, clause = subjects.subject_of("talk.topic"), Clause.objects.in_force().first()
    made = report(subject, topic.id, clause=clause, words=world.words("topic.report"), by=world.actor("steward"))
    world.put("talk.case", made.case)


def beside(world: World) -> None:
    """Somebody quotes a secret reply in public, and links to its topic."""
    reply, topic = (world.get(f"talk.{each}", "secret") for each in ("named_reply", "named"))
    alone = f"{settings.STOA_URL}/topics/{topic.shown_id}/\n\n{settings.STOA_URL}/replies/{reply.shown_id}/"
    quote = f"> [quote:{reply.shown_id}:0-40]\n\nSee [there](/topics/{topic.shown_id}/).\n\n{alone}"
    with world.at("public"):
        world.put("talk.quoting", add_reply(world.get("talk.topic", "public"), source=quote, by=world.actor("steward")))


def grow(world: World, visibility: str) -> None:
    """Nine more topics, and nine more replies to the first."""
    author = world.actor("space member")
    for number in range(9):
        topic = open_topic(world.spaces[visibility], title=f"Topic {number}", source="More words.", by=author)
        add_reply(topic, source="An answer.", by=world.actor("steward"))
        add_reply(world.get("talk.topic", visibility), source=f"Reply {number}", by=author)
        send_message(world.get("talk.exchange", visibility), source=f"Message {number}", by=author)
        stranger = make_person(f"Stranger {visibility} {number}")
        begin_exchange([Person.objects.get(id=author.own_id)], source="Hello.", by=actors.of_person(stranger.id))


def outputs(world: World, kind: str) -> Iterator[tuple[str, bytes]]:
    """What the search itself gives, without the page."""
    to = search_readable(world.actor(kind))
    for asked in ("kanari", "topic", "event", "reply"):
        hits = search.query(asked, to=to, limit=100)
        drawn = [f"{hit.title} {hit.body} {search.snippet(hit.body, asked)}" for hit in hits]
        yield f"search for {asked}", "\n".join([str(search.count(asked, to=to)), *drawn]).encode()
    yield "digest", letter_to(world.actor(kind)).encode()


def letter_to(actor: Actor) -> str:
    """The digest as it would be mailed now, whatever they read before."""
    if not actor.is_member:
        return ""
    since = clock.now() - timedelta(days=7)
    lines = lines_for(actor, Digest(person_id=actor.own_id, told_from=since, told_to=since))
    return letter_of(lines, actor)["text"] if lines else ""
