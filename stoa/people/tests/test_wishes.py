"""Levels per kind and way: what stands on the page, what also comes by mail, and who is asked about what at all."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from stoa.base.actors import Actor, Standing
from stoa.base.errors import Invalid
from stoa.base.mail import may_be_sent
from stoa.base.models.letter import Letter
from stoa.people import notices
from stoa.people.actions.notice import tell
from stoa.people.actions.wishes import wish, wish_all
from stoa.people.models import Notice, NoticeWish, Person
from stoa.people.notices import NoticeKind, all_kinds, who_holds
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.tests.test_pages import signed_in
from stoa.people.wish_groups import GROUPS
from stoa.people.wishing import wishes

pytestmark = pytest.mark.django_db
NUDGE, WORK = "test.nudge", "test.work"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    for key, gets in ((NUDGE, notices.everybody), (WORK, who_holds("test.act"))):
        sentence = lambda count, name, card: f"{name} {count}"  # noqa: E731
        notices.register(NoticeKind(key, lambda: "Nudges", sentence, lambda: "Look", "at_once", gets=gets))
    yield
    notices._kinds.pop(NUDGE)
    notices._kinds.pop(WORK)


def nudged(person: Person, by: Person, kind: str = NUDGE) -> tuple[int, int]:
    """How many notices and letters there are once they were told."""
    tell([person.id], kind, ("people.person", by.id), by=actor_of(by))
    return Notice.objects.count(), Letter.objects.count()


def test_who_wants_it_only_here_gets_no_letter_and_who_wants_nothing_no_notice() -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    wish(NUDGE, "mail", "never", by=actor_of(ada))
    assert nudged(ada, bo) == (1, 0)
    Notice.objects.all().delete()
    wish_all({(NUDGE, "mail"): "at_once", (NUDGE, "page"): "never"}, by=actor_of(ada))
    assert nudged(ada, bo) == (0, 0)


def test_a_kind_that_is_always_told_stands_on_the_page_whatever_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(notices._kinds, NUDGE, replace(notices._kinds[NUDGE], always_told=True))
    ada, bo = make_person("Ada"), make_person("Bo")
    wish(NUDGE, "page", "never", by=actor_of(ada))
    assert (nudged(ada, bo), NoticeWish.objects.count()) == ((1, 1), 0)


def test_a_letter_that_waits_is_not_sent_to_who_wants_nothing_of_the_kind_any_more() -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    nudged(ada, bo)
    wish(NUDGE, "page", "never", by=actor_of(ada))
    assert not may_be_sent(actor_of(ada), Letter.objects.get())


def test_what_is_for_staff_is_shown_and_sent_only_to_those_who_can_get_it() -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    holds = Actor(person_id=ada.id, standing=Standing.MEMBER, rights={("channel", 7): frozenset({"test.act"})})
    assert WORK in {each.kind.key for each in wishes(holds)}
    assert WORK not in {each.kind.key for each in wishes(actor_of(ada))}
    nudged(ada, bo, WORK)
    letter = Letter.objects.get()
    assert (may_be_sent(holds, letter), may_be_sent(actor_of(ada), letter)) == (True, False)


def test_the_page_of_a_member_names_no_kind_that_is_for_staff() -> None:
    page = signed_in(make_person("Ada")).get("/notices/wishes/").content.decode()
    assert f'value="{NUDGE}"' in page
    assert f'value="{WORK}"' not in page
    assert "For what you do here" not in page


def test_every_kind_stands_in_a_group_of_the_page() -> None:
    assert [kind.key for kind in all_kinds().values() if kind.stands_with not in GROUPS] == []


def test_only_what_stood_in_the_form_is_changed() -> None:
    ada = make_person("Ada")
    client = signed_in(ada)
    assert client.post("/notices/wishes/", {"kinds": [NUDGE], "ways": ["page"]}).status_code == 303
    assert NoticeWish.objects.values_list("kind", "way", "level").get() == (NUDGE, "page", "never")
    form = {"kinds": [NUDGE], "ways": ["page", "mail"], "page": [NUDGE], "mail": [NUDGE]}
    assert client.post("/notices/wishes/", form).status_code == 303
    assert NoticeWish.objects.values_list("kind", "way", "level").get() == (NUDGE, "page", "at_once")


def test_a_kind_or_a_way_that_is_not_there_is_refused_and_nothing_is_kept() -> None:
    ada = make_person("Ada")
    for chosen in ({("no.such", "mail"): "never"}, {(NUDGE, "pigeon"): "never"}, {(NUDGE, "mail"): "often"}):
        with pytest.raises(Invalid):
            wish_all({(NUDGE, "page"): "never", **chosen}, by=actor_of(ada))
    client = signed_in(ada)
    assert client.post("/notices/wishes/", {"kinds": ["no.such"], "ways": ["mail"]}).status_code == 422
    assert NoticeWish.objects.count() == 0
