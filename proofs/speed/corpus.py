"""The corpus: 1,000 members, 10 spaces, 2,000 topics, 40,000 replies of about 600 bytes; times the scale. Run as a module in a data
folder of its own; leaves `speed.json` there: the addresses to ask for, and sessions that are signed in.

The topics that are asked for have twenty replies each, as all have in the mean. Words come as often as in a language: a search for two
of the middling ones finds some dozens of replies, not most of them.
"""

import itertools
import json
import os
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

MEMBERS, SPACES, TOPICS, REPLIES, HOT = 1000, 10, 2000, 40_000, 200
A_TOPIC, SESSIONS, BATCH = 20, 64, 2000
VOCABULARY = 6000  # different words, used as often as Zipf's law has it: the nth word 1/n times as often as the first
START = datetime(2026, 1, 1, tzinfo=UTC)


def vocabulary() -> list[str]:
    """Invented words of two or three syllables, the commonest first."""
    parts = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
    made = dict.fromkeys(one + other + last for last in ("", "r", "n", "ta", "lo") for one in parts for other in parts)
    found = sorted(made)
    random.Random(11).shuffle(found)
    return found[:VOCABULARY]


WORDS = vocabulary()
OFTEN = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))


def main(scale: int) -> None:
    """Fills the data folder that STOA_DATA names."""
    django.setup()
    from django.db import connection, transaction

    from stoa.base import ids

    chance = random.Random(7)
    with transaction.atomic(), ids.seeded(7):
        people = members(scale)
        spaces = list(make_spaces(people))
        topics = fill(chance, spaces, people, scale)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    told = {
        "front": ["/"],
        "topics": ["/topics/"],
        "space": [f"/spaces/{space.shown_id}/topics/" for space in spaces],
        "topic": [topic.get_absolute_url() for topic in topics[:HOT]],
        "search": [f"/search/?q={WORDS[number]}+{WORDS[number // 3]}" for number in range(60, 260, 5)],
        "notices": ["/notices/"],
        "reply": [f"/topics/{topic.shown_id}/replies/" for topic in topics[:HOT]],
        "sessions": sessions(people[:SESSIONS]),
    }
    Path(os.environ["STOA_DATA"], "speed.json").write_text(json.dumps(told))


def members(scale: int) -> list[int]:
    """People with accounts; gives their ids."""
    from stoa.base.models import Site
    from stoa.people.models import Account, Person

    Site.objects.update_or_create(id=1, defaults={"name": "Speed", "zone": "UTC", "set_up_at": START})
    accounts = [Account(email=f"member{number}@example.org", password="!") for number in range(MEMBERS * scale)]
    Account.objects.bulk_create(accounts, batch_size=BATCH)
    people = [
        Person(account=account, name=f"Member {number}", standing="member", level=1, joined_at=START)
        for number, account in enumerate(accounts)
    ]
    Person.objects.bulk_create(people, batch_size=BATCH)
    return [person.id for person in people]


def make_spaces(people: list[int]) -> "Iterator":  # type: ignore[type-arg]
    from stoa.spaces.models import Grant, Role, Space

    role = Role.objects.get(key="space.member")
    for number in range(SPACES):
        space = Space.objects.create(name=f"Space {number}", slug=f"space-{number}", visibility="public")
        kind, place = space.scope
        mine = people[number::SPACES] + people[:SESSIONS]
        grants = [Grant(person_id=person, role=role, scope_kind=kind, scope_id=place) for person in dict.fromkeys(mine)]
        Grant.objects.bulk_create(grants, batch_size=BATCH)
        yield space


def fill(chance: random.Random, spaces: list, people: list[int], scale: int) -> list:  # type: ignore[type-arg]
    """Topics with replies, counters and the search; the first HOT topics have forty replies each."""
    from stoa.base import search
    from stoa.community.talk import finding
    from stoa.community.talk.models import Reply, Topic

    written = texts(chance)
    topics = [
        new_topic(number, chance.choice(spaces), chance.choice(people), chance.choice(written))
        for number in range(TOPICS * scale)
    ]
    replies: list[Reply] = []
    rest = (REPLIES * scale - HOT * A_TOPIC) // (len(topics) - HOT)
    for number, topic in enumerate(topics):
        for step in range(A_TOPIC if number < HOT else rest):
            replies.append(new_reply(topic, step, chance.choice(people), chance.choice(written)))
        count(topic, replies[-topic.replies_count :] if topic.replies_count else [])
    Topic.objects.bulk_create(topics, batch_size=BATCH)
    by_id = {topic.id: topic for topic in topics}
    for start in range(0, len(replies), 20_000):
        part = replies[start : start + 20_000]
        Reply.objects.bulk_create(part, batch_size=BATCH)
        search.index_many(
            finding.reply_document(reply, by_id[reply.topic_id], by_id[reply.topic_id].space) for reply in part
        )
    search.index_many(finding.topic_document(topic, topic.space) for topic in topics)
    return topics


def texts(chance: random.Random) -> list:  # type: ignore[type-arg]
    """Four thousand texts of about 600 bytes, rendered once."""
    from stoa.base.text import write

    return [write(prose(chance), mentions=lambda names: {}) for _ in range(4000)]


def prose(chance: random.Random) -> str:
    sentences = [" ".join(chance.choices(WORDS, cum_weights=OFTEN, k=12)).capitalize() + "." for _ in range(7)]
    return f"{' '.join(sentences[:3])}\n\n- **{sentences[3]}**\n- {sentences[4]}\n\n> {sentences[5]}\n\n{sentences[6]}"


def new_topic(number: int, space, author: int, text):  # type: ignore[no-untyped-def]
    from stoa.community.talk.models import Topic

    at = START + timedelta(minutes=number)
    topic = Topic(
        space=space,
        author_id=author,
        title=f"About the {WORDS[number % len(WORDS)]}, number {number}",
        opened_at=at,
        bumped_at=at,
    )
    topic.set_text(text)
    return topic


def new_reply(topic, step: int, author: int, text):  # type: ignore[no-untyped-def]
    from stoa.community.talk.models import Reply

    reply = Reply(topic=topic, author_id=author, added_at=topic.opened_at + timedelta(minutes=step + 1))
    reply.set_text(text)
    topic.replies_count = step + 1
    return reply


def count(topic, replies: list) -> None:  # type: ignore[no-untyped-def, type-arg]
    if replies:
        topic.bumped_at, topic.last_reply_by_id = replies[-1].added_at, replies[-1].author_id
        topic.answered_at = replies[0].added_at


def sessions(people: list[int]) -> list[dict[str, str]]:
    """Cookies and form tokens of people who are signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from stoa.people.models import Account

    made = []
    for number, account in enumerate(Account.objects.filter(person__id__in=people)):
        store = SessionStore()
        store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(account.pk), settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = account.get_session_auth_hash()
        store.create()
        token = f"{number:032d}".replace("0", "a")
        cookie = f"{settings.SESSION_COOKIE_NAME}={store.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
        made.append({"cookie": cookie, "token": token})
    return made


if __name__ == "__main__":
    main(int(sys.argv[1]))
