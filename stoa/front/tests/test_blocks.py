"""What one reads of somebody whom one blocked or muted: every output in one table (decision 24)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import actors, clock, ids
from stoa.base.actors import Actor
from stoa.base.mail.rights import may_be_sent
from stoa.base.models.letter import Letter
from stoa.base.work.drain import drain
from stoa.community.talk.actions import accept_answer, count_top_topics, open_topic, save_search
from stoa.community.talk.actions.saved_searches import count_new as finds_new
from stoa.community.talk.actions.tags import put_tags
from stoa.community.talk.asking import Question
from stoa.community.talk.direct_reading import count_waiting, exchanges_page
from stoa.community.talk.introducing import propose
from stoa.community.talk.listing import topics_page
from stoa.community.talk.models import SavedSearch, Topic
from stoa.community.talk.suggesting import suggestions
from stoa.community.talk.tests.makers import make_exchange, make_reply, make_topic
from stoa.community.talk.unread import news_by_space
from stoa.people.actions.profile import block_person, follow, followers, unblock_person
from stoa.people.directory import directory_page
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import give, make_space

pytestmark = pytest.mark.django_db
WORD = "kanarienvogel"


@dataclass
class Scene:
    """Ada reads; Bo wrote two topics in a space of hers, a reply in her own that settled it, and to her. Somebody else answered in the
    second topic, quoting Bo."""

    ada: Person
    bo: Person
    space: Space
    theirs: Topic
    own: Topic
    second: Topic
    search: SavedSearch
    client: Client

    @property
    def reader(self) -> Actor:
        return actor_of(self.ada)

    def page(self, address: str) -> str:
        return self.client.get(address).content.decode()


@pytest.fixture
def scene(client: Client) -> Scene:
    ada = make_person("Ada", interests=["birds"])
    bo = make_person("Bo Kanarienvogel", helps_with="zips", interests=["birds"], welcomes=True)
    space = make_space("Workshop", "members")
    give(ada, "space.member", space)
    give(bo, "space.member", space)
    search = save_search(Question({"q": WORD}, actor_of(ada)), by=actor_of(ada))
    theirs = open_topic(space, title=f"My {WORD}", source="It sings.", kind="question", by=actor_of(bo))
    put_tags(theirs, ["birds"])
    own = open_topic(space, title="My own question", source="Why does it squeak?", kind="question", by=actor_of(ada))
    reply = make_reply(own, f"Ask the {WORD}.", by=actor_of(bo))
    accept_answer(reply, by=actor_of(ada))
    second = open_topic(space, title="Second song", source="It sings again.", by=actor_of(bo))
    said = make_reply(second, "A bird in the hand.", by=actor_of(bo))
    make_reply(second, f"> [quote:{said.shown_id}:0-6]\n\nIndeed.")
    count_top_topics(by=actors.system("talk"))
    make_exchange(actor_of(bo), actor_of(ada), source=WORD)
    drain()
    Letter.objects.filter(person_id=ada.id).update(state="waiting")
    client.force_login(ada.account)
    return Scene(ada, bo, space, theirs, own, second, search, client)


def shows(address: str) -> Callable[[Scene], bool]:
    return lambda scene: WORD in scene.page(address)


OUTPUTS: dict[str, Callable[[Scene], bool]] = {
    "latest": shows("/topics/"),
    "new": shows("/topics/?list=new"),
    "unanswered": shows("/topics/?list=unanswered"),
    "a tag": shows("/tags/topics/?tag=birds"),
    "home": shows("/"),
    "search": shows(f"/search/?q={WORD[:7]}"),
    "notices": lambda scene: scene.bo.name in scene.page("/notices/"),
    "people": lambda scene: scene.bo in directory_page(scene.reader, {}).people,
    "a space": lambda scene: WORD in scene.page(scene.space.address),
    "suggestions": lambda scene: WORD in str(suggestions("kanarien", scene.reader)).lower(),
    "kept notices": lambda scene: Notice.objects.filter(person=scene.ada, by_id=scene.bo.id).exists(),
    "mail that waits": lambda scene: any(
        may_be_sent(scene.reader, letter)
        for letter in Letter.objects.filter(person_id=scene.ada.id, kind="talk.reply", state="waiting")
    ),
    "what settled it": lambda scene: "What settled it" in scene.page(scene.own.get_absolute_url()),
    "unread": lambda scene: scene.own in topics_page(scene.reader, "unread").topics,
    "counts of spaces": lambda scene: news_by_space(scene.reader)[scene.space.id] > 0,
    "top": lambda scene: scene.second in topics_page(scene.reader, "top", period="all").topics,
    "quotes": lambda scene: "<q>A bird" in scene.page(scene.second.get_absolute_url()),
    "introductions": lambda scene: any(
        match.person == scene.bo for each in propose([scene.ada], scene.reader) for match in each.matches
    ),
    "saved searches": lambda scene: finds_new(scene.search, scene.reader, ids.at(clock.now() + timedelta(days=1))) > 0,
    "direct messages": lambda scene: exchanges_page(scene.reader).rows != [],
    "direct messages that wait": lambda scene: count_waiting(scene.reader) > 0,
    "replies, open": lambda scene: "You chose not to read" not in scene.page(scene.own.get_absolute_url()),
}


@pytest.mark.parametrize("kind", ["block", "mute"])
def test_nothing_of_theirs_is_read_anywhere_until_it_is_taken_back(scene: Scene, kind: str) -> None:
    before = {name for name, shown in OUTPUTS.items() if shown(scene)}
    assert before == set(OUTPUTS)
    block_person(scene.bo, by=scene.reader, kind=kind)
    assert {name for name, shown in OUTPUTS.items() if shown(scene)} == set()
    unblock_person(scene.bo, by=scene.reader)
    gone = {"notices", "kept notices", "mail that waits"}  # those were taken away with the block
    assert {name for name, shown in OUTPUTS.items() if shown(scene)} == set(OUTPUTS) - gone


@pytest.mark.parametrize("kind", ["block", "mute"])
def test_they_are_found_by_name_and_by_address_so_that_it_can_be_taken_back(scene: Scene, kind: str) -> None:
    block_person(scene.bo, by=scene.reader, kind=kind)
    assert directory_page(scene.reader, {"q": "kanarien"}).people == [scene.bo]
    assert "Hear from them again" in scene.page(scene.bo.address)
    assert scene.client.get(scene.theirs.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", ["block", "mute"])
def test_what_they_do_from_then_on_tells_nothing(scene: Scene, kind: str) -> None:
    block_person(scene.bo, by=scene.reader, kind=kind)
    letters = Letter.objects.filter(person_id=scene.ada.id).count()
    make_reply(scene.own, f"And then, @[person:{scene.ada.id}]?", by=actor_of(scene.bo))
    make_topic(scene.space, "For Ada", f"@[person:{scene.ada.id}]", by=actor_of(scene.bo))
    drain()
    assert Notice.objects.filter(person=scene.ada).count() == 0
    assert Letter.objects.filter(person_id=scene.ada.id).count() == letters


@pytest.mark.parametrize(("kind", "told"), [("block", False), ("mute", True)])
def test_who_was_blocked_follows_on_and_is_told_nothing(scene: Scene, kind: str, told: bool) -> None:
    follow(("people.person", scene.ada.id), "watch", by=actor_of(scene.bo))
    block_person(scene.bo, by=scene.reader, kind=kind)
    assert (scene.bo.id in followers(("people.person", scene.ada.id))) is told
    assert actor_of(scene.bo).blocked == frozenset()


def test_a_block_ends_ones_own_following(scene: Scene) -> None:
    follow(("people.person", scene.bo.id), "watch", by=scene.reader)
    block_person(scene.bo, by=scene.reader)
    assert followers(("people.person", scene.bo.id)) == []


def test_an_announcement_is_for_everybody(scene: Scene) -> None:
    Topic.objects.filter(id=scene.theirs.id).update(kind="announcement")
    block_person(scene.bo, by=scene.reader)
    assert WORD in scene.page("/topics/")
