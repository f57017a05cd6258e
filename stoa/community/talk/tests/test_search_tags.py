"""Tags in the search: a filter that follows every change of a topic's tags, and suggestions of those that the reader may see."""

import pytest
from django.test import Client

from stoa.base.actors import Actor
from stoa.community.talk.actions import open_topic, set_tag_rule, tag_topic
from stoa.community.talk.asking import Question
from stoa.community.talk.kinds import Particulars
from stoa.community.talk.models import Topic
from stoa.community.talk.suggesting import suggestions
from stoa.community.talk.views.search import _results
from stoa.people.tests.makers import make_actor
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def tagged(space: Space, title: str, tags: tuple[str, ...], by: Actor) -> Topic:
    return open_topic(space, title=title, source="Some words.", by=by, particulars=Particulars(tags=tags))


def titles(actor: Actor, **asked: str) -> set[str]:
    question = Question(asked, actor)
    return {card.title for card, _, _ in _results(question, question.text, "", actor)["results"]}


def test_a_search_is_narrowed_to_a_tag_however_it_is_typed() -> None:
    ada, clay = make_actor(), make_space("Clay")
    one = tagged(clay, "Kettle one", ("hard-water",), ada)
    tagged(clay, "Kettle two", ("lids",), ada)
    assert titles(ada, q="kettle", tag="#Hard Water") == {"Kettle one"}
    assert titles(ada, tag="lids") == {"Kettle two"}
    tag_topic(one, ["lids"], by=ada)
    assert titles(ada, q="kettle", tag="hard-water") == set()
    assert titles(ada, tag="lids") == {"Kettle one", "Kettle two"}
    set_tag_rule(None, "lids", "covers", by=make_staff("moderator"))
    assert titles(ada, tag="covers") == {"Kettle one", "Kettle two"}
    assert titles(ada, tag="lids") == set()


def test_a_tag_stands_among_what_narrows_and_in_the_address(client: Client) -> None:
    ada = make_actor()
    question = Question({"q": "kettle", "tag": "Hard Water"}, ada)
    assert [chip.label for chip in question.chips] == ["#hard-water"]
    assert question.chips[0].without == "/search/?q=kettle"
    assert client.get("/search/?tag=%2B%2B%2B").status_code == 200


def test_tags_are_suggested_to_those_who_may_see_a_topic_with_them() -> None:
    secret = make_space("Vault", visibility="secret", joining="invite")
    insider = make_insider(secret, "space.member")
    tagged(secret, "Behind the door", ("quietly",), insider)
    assert [each for each in suggestions("#quiet", insider) if each["kind"] == "Tag"] == [
        {"kind": "Tag", "label": "#quietly", "address": "/tags/topics/?tag=quietly"}
    ]
    assert not [each for each in suggestions("#quiet", make_actor()) if each["kind"] == "Tag"]
