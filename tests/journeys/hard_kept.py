"""What is hard to draw among the things that people keep: exchanges, planned topics, rituals, what was searched for, who moves in."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.urls import reverse

from stoa.base import actors, clock
from stoa.base.actors import Actor
from stoa.community.talk.actions import add_reply, begin_exchange, edit_reply, keep_ritual, open_topic, plan_topic
from stoa.community.talk.actions import save_search as keep_search
from stoa.community.talk.actions.welcomes import keep_welcome
from stoa.community.talk.asking import Question
from stoa.community.talk.planning import RitualPlan, TopicPlan
from stoa.front.actions import moving_in
from stoa.front.tests import archives
from stoa.people.actions.fields import Asked, write_field
from stoa.people.models import Person
from stoa.spaces.actions.invitation import invite
from stoa.spaces.actions.space import Settings, make_space, set_state
from stoa.spaces.models import Space

LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
NEXT = timedelta(days=12)


def kept(space: Space, marta: Actor, tomasz: Actor, ines: Actor) -> Iterator[tuple[str, str]]:
    """Makes all of it, and gives the addresses that no rule knows."""
    yield from changed(space, tomasz, ines)
    yield from exchanges(marta, tomasz, ines)
    begin = (clock.now() + NEXT).replace(tzinfo=None, microsecond=0)
    plan_topic(space, TopicPlan(f"{LONG} {LONG}", f"{LONG * 3}", begin, "poll", {"options": f"{LONG}\nNo"}), by=marta)
    ritual = keep_ritual(space, RitualPlan(f"{LONG} {{week}}", LONG * 3, "weekly", time(9), tags=LONG[:30]), by=marta)
    yield "ritual, long", reverse("talk:ritual", args=[ritual.id])
    for each in (marta, tomasz):
        keep_search(Question({"q": f"{LONG} kettle"}, each), by=each)
    keep_welcome(None, title=LONG[:60], source=f"Hello {{name}}, {LONG * 2}", by=marta)
    invite(None, by=marta)
    put_away = make_space(Settings(LONG[:60], LONG, visibility="public"), by=ines)
    set_state(put_away, "archived", by=ines)
    yield "space, archived", put_away.address
    write_field(None, Asked(LONG, "choices", hint=LONG, choices=(LONG[:60], "No")), by=marta)
    yield from archive()


def changed(space: Space, tomasz: Actor, ines: Actor) -> Iterator[tuple[str, str]]:
    """A reply with a history, in a topic of many."""
    topic = open_topic(space, title=f"What becomes of {LONG}", source=f"{LONG} of old.", kind="idea", by=tomasz)
    for number in range(24):
        add_reply(topic, source=f"{number}. {LONG * (number % 3)} and so on.", by=ines)
    reply = add_reply(topic, source=f"Once {LONG * 2} was written here.", by=tomasz)
    edit_reply(reply, source=f"Now {LONG * 2} is written here.\n\n```\n{LONG * 2}\n```", by=tomasz, why=LONG)
    yield "idea, long", topic.get_absolute_url()
    yield "reply, history", reverse("talk:reply_history", args=[reply.id])
    yield "reply, edit", reverse("talk:edit_reply", args=[reply.id])
    for name in ("split", "merger", "outcome", "slow_mode", "place", "pin", "topic_tags"):
        yield f"{name}, long", reverse(f"talk:{name}", args=[topic.id])


def exchanges(marta: Actor, tomasz: Actor, ines: Actor) -> Iterator[tuple[str, str]]:
    """A group in which the owner and a member take part, with words that know no end."""
    people = [Person.objects.get(id=each.own_id) for each in (tomasz, ines)]
    source = f"{LONG * 3}\n\n> quoted\n\n```\n{LONG * 3}\n```\n\n||{LONG}||"
    group = begin_exchange(people, source=source, by=marta, name=LONG[:60])
    for name in ("exchange", "exchange_people"):
        yield f"{name}, group", reverse(f"talk:{name}", args=[group.id])


def archive() -> Iterator[tuple[str, str]]:
    """One archive that waits for somebody's word, and one that was carried in."""
    with TemporaryDirectory() as folder:
        for made in (archives.discourse, archives.zulip):
            size = archives.Size(messages=40)
            row = moving_in.read_archive(made.__name__, made(Path(folder), size), by=actors.system("front"))
            yield f"archive of {made.__name__}", reverse("front:import", args=[row.id])
