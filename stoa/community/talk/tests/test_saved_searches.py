"""A saved search tells its owner what is new for it, once, and nothing that they may not read; suggestions neither."""

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.community.talk.actions import delete_search, open_topic, save_search, tell_of_new
from stoa.community.talk.actions.saved_searches import MOST
from stoa.community.talk.asking import Question
from stoa.community.talk.keeping import erase, export
from stoa.community.talk.models import SavedSearch, Topic
from stoa.community.talk.suggesting import suggestions
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=2)


def keep(by: Actor, address: str = "q=kettle") -> SavedSearch:
    return save_search(Question(dict(parse_qsl(address)), by), by=by)


def open_(space: Space, title: str, by: Actor, kind: str = "discussion") -> Topic:
    return open_topic(space, title=title, source="Some words.", kind=kind, by=by)


def told_later() -> int:
    with clock.moved(by=LATER):
        return tell_of_new()


def test_what_is_new_is_told_once_and_merged_while_unread() -> None:
    ada, bo = actor_of(make_person("Ada")), make_actor()
    space = make_space()
    open_(space, "Kettle of old", bo)
    kept = keep(ada)
    assert told_later() == 0
    with clock.moved(by=LATER):
        open_(space, "Kettle one", bo)
        open_(space, "Kettle two", bo)
        open_(space, "Bicycle", bo)
        assert tell_of_new() == 0
    with clock.moved(by=2 * LATER):
        assert (tell_of_new(), tell_of_new()) == (1, 0)
        open_(space, "Kettle three", bo)
    with clock.moved(by=3 * LATER):
        assert tell_of_new() == 1
    notice = Notice.objects.get()
    assert (notice.person_id, notice.kind, notice.reference, notice.count) == (
        ada.person_id, "talk.saved_search", ("talk.saved_search", kept.id), 2,
    )  # fmt: skip


@pytest.mark.parametrize("visibility", ["public", "members", "private", "secret"])
def test_it_is_asked_with_its_owners_eyes(visibility: str) -> None:
    space = make_space(visibility=visibility)
    inside, outside = make_insider(space, "space.member"), actor_of(make_person("Ada"))
    for owner in (inside, outside):
        keep(owner)
    open_(space, "Kettle", make_insider(space, "space.member"))
    told_later()
    told = set(Notice.objects.filter(kind="talk.saved_search").values_list("person_id", flat=True))
    assert told == (
        {inside.person_id, outside.person_id} if visibility in ("public", "members") else {inside.person_id}
    )


def test_nothing_is_told_of_ones_own_words_or_of_what_does_not_fit() -> None:
    ada, bo, space = actor_of(make_person("Ada")), actor_of(make_person("Bo")), make_space()
    keep(ada)
    keep(bo, "q=kettle&kind=questions")
    keep(bo, f"q=kettle&by={bo.person_id and Person.objects.get(id=bo.person_id).shown_id}")
    open_(space, "Kettle", ada)
    assert told_later() == 0


def test_who_lost_sight_of_a_space_is_told_nothing_of_it_and_may_delete_the_search(client: Client) -> None:
    space = make_space(visibility="private")
    inside = make_insider(space, "space.member")
    kept = keep(inside, f"q=kettle&space={space.shown_id}")
    Space.objects.filter(id=space.id).update(visibility="private")
    from stoa.spaces.models import Grant

    Grant.objects.filter(person_id=inside.own_id).delete()
    open_(space, "Kettle", make_insider(space, "space.member"))
    assert told_later() == 0
    client.force_login(Person.objects.get(id=inside.own_id).account)  # type: ignore[arg-type]
    page = client.get("/search/saved/").content.decode()
    assert "is not shown to you any more" in page
    assert space.name not in page
    delete_search(kept, by=actor_of(Person.objects.get(id=inside.own_id)))
    assert SavedSearch.objects.count() == 0


def test_the_same_search_is_kept_once_whatever_its_order() -> None:
    ada = actor_of(make_person("Ada"))
    first = keep(ada, "q=kettle&kind=topics")
    assert keep(ada, "kind=topics&order=latest&q=kettle") == first
    assert first.question == "kind=topics&q=kettle"


def test_what_cannot_be_kept_is_refused_and_nothing_changes() -> None:
    ada = actor_of(make_person("Ada"))
    for asked in ("", "q=" + "a" * 101, "q=kettle&space=zzz"):
        with pytest.raises(Invalid):
            keep(ada, asked)
    with pytest.raises(NotAllowed):
        keep(Actor())
    for number in range(MOST):
        keep(ada, f"q=kettle{number}")
    with pytest.raises(NotPossible):
        keep(ada, "q=onemore")
    assert SavedSearch.objects.count() == MOST


def test_a_saved_search_is_its_owners_alone(client: Client) -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    kept = keep(actor_of(ada), "q=zephyrine")
    client.force_login(bo.account)  # type: ignore[arg-type]
    assert "zephyrine" not in client.get("/search/saved/").content.decode()
    assert client.delete(f"/search/saved/{kept.shown_id}/").status_code == 404
    with pytest.raises(NotAllowed):
        delete_search(kept, by=actor_of(bo))
    client.force_login(ada.account)  # type: ignore[arg-type]
    assert "zephyrine" in client.get("/search/saved/").content.decode()
    assert client.delete(f"/search/saved/{kept.shown_id}/").status_code == 303
    assert SavedSearch.objects.count() == 0


def test_the_page_of_results_keeps_a_search_and_says_that_it_is_kept(client: Client) -> None:
    open_(make_space(), "Kettle", make_actor())
    client.force_login(make_person("Ada").account)  # type: ignore[arg-type]
    assert "Tell me what is new" in client.get("/search/?q=kettle").content.decode()
    assert client.post("/search/saved/", {"question": "q=kettle"}).status_code == 303
    assert "You are told what is new" in client.get("/search/?q=kettle").content.decode()


def test_saved_searches_are_exported_and_erased_with_their_owner() -> None:
    ada = make_person("Ada")
    keep(actor_of(ada))
    assert [each["question"] for each in export(ada)["saved_searches"]] == [{"q": "kettle"}]
    erase(ada)
    assert SavedSearch.objects.count() == 0


def test_suggestions_are_what_begins_so_and_may_be_known(client: Client) -> None:
    ada = make_person("Ketil Moe")
    open_space, secret = make_space("Kettle makers"), make_space("Kettle cult", visibility="secret")
    open_(open_space, "A kettle that sings", actor_of(ada))
    open_(secret, "Kettle of the cult", make_insider(secret, "space.member"))
    client.force_login(make_person("Bo").account)  # type: ignore[arg-type]
    for asked, expected in {
        "ket": ["Kettle makers", "Ketil Moe", "A kettle that sings"],
        "kettle m": ["Kettle makers"],
        "sing": ["A kettle that sings"],
        "k": [],
        "": [],
        "%": [],
    }.items():
        found = client.get("/search/suggestions/", {"q": asked}).json()["suggestions"]
        assert [each["label"] for each in found] == expected, asked
    assert suggestions("ket", Actor()) == []


def test_somebody_blocked_is_not_suggested() -> None:
    from stoa.people.actions.profile import block_person

    ada, bo = make_person("Ada"), make_person("Bodil")
    block_person(bo, by=actor_of(ada))
    assert [each["label"] for each in suggestions("bod", actor_of(ada))] == []
    assert [each["label"] for each in suggestions("ad", actor_of(bo))] == ["Ada"]
