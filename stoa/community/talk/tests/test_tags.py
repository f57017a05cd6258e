"""Tags: how they are spelled, who tends the words, and that a tag of a closed space is known to nobody else."""

import pytest
from django.test import Client

from stoa.base import search
from stoa.base.actors import VISITOR, Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.search import Within
from stoa.community.talk import actions
from stoa.community.talk.check import check
from stoa.community.talk.keeping import KEEPING
from stoa.community.talk.kinds import Particulars
from stoa.community.talk.models import TagRule, Topic, TopicTag
from stoa.community.talk.models.tag import tags_in
from stoa.community.talk.tagging import Used, used_tags
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.models import Space
from stoa.spaces.readers import search_readable
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def tagged(space: Space, *names: str, by: Actor | None = None) -> Topic:
    by = by or make_actor("Ada")
    return actions.open_topic(space, title="Zips", source="Stuck.", by=by, particulars=Particulars(tags=names))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zips,  zips ,ZIPS", ["zips"]),
        ("#Sewing Machine, Straße", ["sewing-machine", "strasse"]),
        ("修理, , --", ["修理"]),
        ("a_b/c", ["a-b-c"]),
        ("x" * 40, ["x" * 30]),
    ],
)
def test_a_tag_has_one_spelling(typed: str, kept: list[str]) -> None:
    assert tags_in(typed) == kept


def test_a_topic_has_at_most_five_tags_and_is_found_by_them() -> None:
    space = make_space(visibility="public")
    with pytest.raises(Invalid) as refused:
        tagged(space, "a", "b", "c", "d", "e", "f")
    assert (refused.value.field, Topic.objects.count()) == ("tags", 0)
    topic = tagged(space, "Zips", "Coats")
    assert topic.tag_names == ["zips", "coats"]
    found = search.query("stuck", to=search_readable(VISITOR), within=Within(facets=["tag:coats"]))
    assert [hit.thing_id for hit in found] == [topic.id]
    actions.tag_topic(topic, ["coats"], by=make_staff("moderator"))
    assert list(TopicTag.objects.values_list("name", flat=True)) == ["coats"]
    with pytest.raises(NotAllowed):
        actions.tag_topic(topic, [], by=make_actor("Somebody else"))
    assert list(check()) == []


def test_a_word_is_renamed_merged_and_forbidden_by_who_tends_it() -> None:
    space, moderator = make_space(visibility="public"), make_staff("moderator")
    topic, other = tagged(space, "zip", "coats"), tagged(space, "zips")
    with pytest.raises(NotAllowed):
        actions.set_tag_rule(None, "zip", "zips", by=make_actor("Ada"))
    actions.set_tag_rule(None, "zip", "zips", by=moderator)
    topic.refresh_from_db()
    assert topic.tag_names == ["zips", "coats"]
    assert used_tags(VISITOR) == [Used("zips", 2), Used("coats", 1)]
    assert tagged(space, "zip").tag_names == ["zips"]
    actions.set_tag_rule(None, "zips", "fasteners", by=moderator)
    assert TagRule.objects.get(name="zip").becomes == "fasteners"
    other.refresh_from_db()
    assert other.tag_names == ["fasteners"]
    with pytest.raises(Invalid):
        actions.set_tag_rule(None, "fasteners", "zip", by=moderator)
    rule = actions.set_tag_rule(space, "coats", by=moderator)
    topic.refresh_from_db()
    assert topic.tag_names == ["fasteners"]
    with pytest.raises(Invalid):
        tagged(space, "coats")
    assert tagged(make_space("Elsewhere"), "coats").tag_names == ["coats"]
    actions.drop_tag_rule(rule, by=moderator)
    assert tagged(space, "coats").tag_names == ["coats"]
    assert list(check()) == []


def test_a_tag_of_a_closed_space_is_neither_shown_nor_counted_elsewhere(client: Client) -> None:
    secret, ada = make_space("Hidden", "secret"), make_actor("Ada")
    insider = make_insider(secret, "space.member", "Ina")
    tagged(secret, "lantern", "shared", by=insider)
    tagged(make_space(visibility="public"), "shared", by=ada)
    assert (used_tags(ada), used_tags(insider)) == ([Used("shared", 1)], [Used("shared", 2), Used("lantern", 1)])
    client.force_login(Person.objects.get(id=ada.own_id).account)
    assert "No topics with this tag" in client.get("/tags/topics/?tag=lantern").content.decode()
    assert "lantern" not in client.get("/tags/").content.decode()
    with pytest.raises(NotAllowed):
        actions.set_tag_rule(secret, "lantern", "lamp", by=make_staff("moderator"))


def test_who_leaves_takes_their_tags_along() -> None:
    ada = make_actor("Ada")
    topic = tagged(make_space(), "zips", by=ada)
    person = Person.objects.get(id=ada.own_id)
    assert KEEPING.export(person)["tags"] == ["zips"]
    KEEPING.erase(person)
    topic.refresh_from_db()
    assert (topic.tagged, TopicTag.objects.count(), list(check())) == ("", 0, [])


def test_the_pages_of_tags_do_their_work(client: Client) -> None:
    space, moderator = make_space(visibility="public"), make_staff("moderator")
    client.force_login(Person.objects.get(id=moderator.own_id).account)
    client.post(f"/spaces/{space.shown_id}/topics/new/", {"title": "Zips", "source": "Stuck.", "tags": "zips, coats"})
    topic = Topic.objects.get()
    assert "/tags/topics/?tag=coats" in client.get(topic.get_absolute_url()).content.decode()
    assert "Zips" in client.get("/tags/topics/?tag=coats").content.decode()
    assert client.post(f"/topics/{topic.shown_id}/tags/", {"tags": "a,b,c,d,e,f"}).status_code == 422
    assert client.post("/tags/vocabulary/", {"name": "coats", "becomes": "jackets"}).status_code == 303
    page = client.get("/tags/vocabulary/").content.decode()
    assert "is written #jackets" in page
    client.delete("/tags/vocabulary/")
    client.post("/tags/vocabulary/", {"_method": "DELETE", "rule": TagRule.objects.get().shown_id})
    assert TagRule.objects.count() == 0
