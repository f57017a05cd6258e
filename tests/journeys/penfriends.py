"""A small community whose members have mailboxes, for the journey of answers by mail: laid out from within `manage.py shell`."""

import json

from stoa.base.ids import shown
from stoa.base.options import set_option
from stoa.community.talk.actions import close_topic
from stoa.community.talk.models import Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.actions.notice import read_all
from stoa.people.actions.profile import follow as follow_thing
from stoa.people.models import Account, Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.tests.makers import make_space, make_staff


def lay_out() -> None:
    """Ada, who asked, Bo, who will answer, Mallory, and the switch; prints what the journey needs to know."""
    answer_at("reply.example.org")
    for name in ("Ada", "Bo", "Mallory"):
        person = make_person(name)
        Account.objects.filter(person=person).update(email=f"{name.lower()}@members.example")
    topic = make_topic(make_space("Sewing", "public"), "Zip stuck", by=actor_of(person_of("Ada")))
    print(json.dumps({"topic": topic.id, "path": f"/topics/{shown(topic.id)}-zip-stuck/"}))


def answer_at(domain: str) -> None:
    set_option("talk.reply_domain", domain, by=make_staff("owner"))


def person_of(name: str) -> Person:
    return Person.objects.get(name=name)


def say(words: str, by: str = "Bo") -> None:
    """A reply on the page: who follows the topic gets a letter."""
    make_reply(Topic.objects.get(), words, by=actor_of(person_of(by)))


def read(name: str) -> None:
    """Everything, so that what comes next is a letter of its own."""
    read_all(by=actor_of(person_of(name)))


def follow(name: str) -> None:
    follow_thing(("talk.topic", Topic.objects.get().id), "watch", by=actor_of(person_of(name)))


def close() -> None:
    close_topic(Topic.objects.get(), by=make_staff("moderator"))


def trust(name: str) -> None:
    """The name under which the mail server is believed."""
    set_option("talk.mail_authserv", name, by=make_staff("owner", "Second"))
