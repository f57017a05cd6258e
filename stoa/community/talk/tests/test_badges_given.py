"""Badges by hand: by those who look after a place, with words, for something that others may see; taken back; and what is kept of them."""

import pytest

from stoa.base.errors import Invalid, NotAllowed
from stoa.base.models import FactRow
from stoa.base.work.drain import drain
from stoa.community.talk.actions import give_badge, settle_badges, take_badge_back
from stoa.community.talk.keeping import export
from stoa.community.talk.models import Badge
from stoa.community.talk.tests.makers import make_topic
from stoa.community.talk.tests.test_badges import SYSTEM, seen_by
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.people.tests.test_pages import signed_in
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
NAME, WORDS = "Lamp of the year", "You sat with Bo until his lamp worked."


def test_whoever_looks_after_the_place_gives_a_badge_with_words_and_its_holder_is_told() -> None:
    manager, ada = make_staff("community_manager", "Mara"), make_person("Ada")
    badge = give_badge(ada, f" {NAME} ", WORDS, by=manager)
    drain()
    assert (badge.name, badge.words, badge.space, badge.by_id) == (NAME, WORDS, None, manager.own_id)
    assert Notice.objects.get(person=ada, kind="talk.badge").by_id == manager.own_id
    page = signed_in(ada).get("/notices/").content.decode()
    assert "Mara gave you a badge" in page
    assert WORDS in page
    profile = signed_in(make_person("Reader")).get(ada.address).content.decode()
    assert NAME in profile
    assert "given by Mara" in profile
    assert settle_badges(by=SYSTEM) == 0
    assert Badge.objects.count() == 1


def test_nobody_gives_one_to_themselves_or_without_the_right_or_without_words() -> None:
    manager, ada = make_staff("community_manager"), make_person("Ada")
    for person, by in ((Person.objects.get(id=manager.own_id), manager), (ada, make_actor("Bo")), (ada, actor_of(ada))):
        with pytest.raises(NotAllowed):
            give_badge(person, NAME, WORDS, by=by)
    for name, words, field in (("", WORDS, "name"), (NAME, "  ", "words"), ("x" * 61, WORDS, "name")):
        with pytest.raises(Invalid) as refused:
            give_badge(ada, name, words, by=manager)
        assert refused.value.field == field
    assert not Badge.objects.exists()


def test_a_steward_gives_in_their_space_alone_and_it_is_seen_there_alone() -> None:
    den, other = make_space("Den", "private"), make_space("Other")
    steward, ada, outsider = make_insider(den, "space.steward"), make_insider(den, name="Ada"), make_actor("Out")
    person = Person.objects.get(id=ada.own_id)
    for space in (other, None):
        with pytest.raises(NotAllowed):
            give_badge(person, NAME, WORDS, by=steward, space=space)
    with pytest.raises(Invalid) as refused:
        give_badge(Person.objects.get(id=outsider.own_id), NAME, WORDS, by=steward, space=den)
    assert refused.value.field == "place"
    badge = give_badge(person, NAME, WORDS, by=steward, space=den)
    assert (seen_by(make_insider(den), ada), seen_by(outsider, ada)) == ([badge.key], [])
    assert seen_by(make_staff("owner"), ada) == []


def test_what_it_is_about_is_seen_by_whoever_sees_the_badge() -> None:
    den = make_space("Den", "private")
    steward, ada = make_insider(den, "space.steward"), make_insider(den, name="Ada")
    topic = make_topic(den, by=steward)
    manager, reader = make_staff("community_manager"), make_actor("Reader")
    person = Person.objects.get(id=ada.own_id)
    with pytest.raises(Invalid):
        give_badge(person, NAME, WORDS, by=steward, space=den, about=("talk.topic", 1), about_in=make_space("Else"))
    give_badge(person, NAME, WORDS, by=manager, about=("talk.topic", topic.id), about_in=den)
    assert seen_by(reader, ada) == []
    assert len(seen_by(steward, ada)) == 1


def test_the_form_finds_the_topic_and_says_what_is_wrong_beside_the_field() -> None:
    manager, ada, topic = make_staff("community_manager"), make_person("Ada"), make_topic()
    client = signed_in(Person.objects.get(id=manager.own_id))
    address = f"/people/{ada.shown_id}/badges/"
    assert "Give a badge" in client.get(ada.address).content.decode()
    refused = client.post(
        address, {"name": NAME, "words": WORDS, "place": "everywhere", "about": "https://elsewhere.example/x"}
    )
    assert refused.status_code == 422
    assert "There is no topic or reply here that you see at this address." in refused.content.decode()
    assert WORDS in refused.content.decode()
    given = {
        "name": NAME,
        "words": WORDS,
        "place": "everywhere",
        "about": f"https://stoa.example{topic.get_absolute_url()}",
    }
    assert client.post(address, given).status_code == 303
    assert Badge.objects.get().evidence.get().reference == ("talk.topic", topic.id)
    assert signed_in(ada).get(address).status_code == 403
    assert signed_in(make_person("Bo")).post(address, given).status_code == 403
    assert Badge.objects.count() == 1


def test_it_is_taken_back_by_whoever_may_give_it_there_and_no_other() -> None:
    den = make_space("Den", "private")
    steward, ada = make_insider(den, "space.steward"), make_insider(den, name="Ada")
    badge = give_badge(Person.objects.get(id=ada.own_id), NAME, WORDS, by=steward, space=den)
    address = f"/badges/given/{badge.shown_id}/taking-back/"
    manager = make_staff("community_manager")
    assert signed_in(Person.objects.get(id=manager.own_id)).post(address).status_code == 404
    assert signed_in(Person.objects.get(id=ada.own_id)).post(address).status_code == 403
    with pytest.raises(NotAllowed):
        take_badge_back(badge, by=ada)
    assert Badge.objects.count() == 1
    other = make_insider(den, "space.steward", "Other")
    assert signed_in(Person.objects.get(id=other.own_id)).post(address).status_code == 303
    assert not Badge.objects.exists()
    assert FactRow.objects.get(name="talk.badge_taken_back").content == {"person": ada.own_id, "space": den.id}


def test_an_earned_badge_is_taken_back_by_nobody() -> None:
    ada = make_person("Ada")
    badge = Badge.objects.create(person=ada, key="settled_first")
    with pytest.raises(NotAllowed):
        take_badge_back(badge, by=make_staff("owner"))


def test_both_sides_take_them_along_and_nothing_of_who_left_remains() -> None:
    manager, ada = make_staff("community_manager", "Mara"), make_person("Ada")
    give_badge(ada, NAME, WORDS, by=manager)
    assert export(ada)["badges"][0]["what"] == WORDS
    assert export(Person.objects.get(id=manager.own_id))["badges_given"][0]["words"] == WORDS
    erase_person(Person.objects.get(id=manager.own_id), by=manager)
    badge = Badge.objects.get()
    assert (badge.words, badge.by_id, badge.name) == ("", None, NAME)
    assert "given by somebody who left" in signed_in(make_person("Reader")).get(ada.address).content.decode()
    erase_person(ada, by=actor_of(ada))
    assert not Badge.objects.exists()


def test_in_an_open_space_those_who_look_after_the_community_take_back_too() -> None:
    space = make_space()
    steward, ada = make_insider(space, "space.steward"), make_person("Ada")
    badge = give_badge(ada, NAME, WORDS, by=steward, space=space)
    take_badge_back(badge, by=make_staff("community_manager"))
    assert not Badge.objects.exists()
