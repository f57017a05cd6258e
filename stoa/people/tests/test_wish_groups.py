"""The page of wishes by groups: one choice for what belongs together, each kind by itself on demand, without scripts, nothing lost."""

from collections.abc import Iterator

import pytest

from stoa.base.errors import Invalid
from stoa.people import notices
from stoa.people.actions.wishes import wish
from stoa.people.models import NoticeWish, Person
from stoa.people.notices import NoticeKind, who_holds
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.tests.test_pages import signed_in
from stoa.people.wish_groups import chosen_levels, wish_groups
from stoa.people.wishing import wishes

pytestmark = pytest.mark.django_db
LOUD, SOFT, FIRM, WORK = "test.loud", "test.soft", "test.firm", "test.work"
PAGE = "/notices/wishes/"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Of one group of their own: mailed from the start, quiet from the start, always told; and one that is work."""
    before = dict(notices._kinds)
    notices._kinds.clear()
    sentence = lambda count, name, card: f"{name} {count}"  # noqa: E731
    for key, given in {
        LOUD: {"mail": "at_once", "group": "answers"},
        SOFT: {"group": "answers"},
        FIRM: {"always_told": True},
        WORK: {"gets": who_holds("test.act")},
    }.items():
        notices.register(NoticeKind(key, lambda key=key: key, sentence, lambda: "Look", **given))  # type: ignore[arg-type,misc]
    yield
    notices._kinds.clear()
    notices._kinds.update(before)


def shown(person: Person, *ways: str) -> dict[str, str]:
    return {group.key: group.choice for group in wish_groups(actor_of(person), ways or ("page", "mail"))}


def levels(person: Person) -> dict[str, str]:
    """By which ways each kind is told now, as letters: p, m, d."""
    letters = {"page": "p", "mail": "m", "push": "d"}
    return {
        each.kind.key: "".join(letters[way] for way in letters if each.levels[way] == "at_once")
        for each in wishes(actor_of(person))
    }


def sent(person: Person, **values: object) -> int:
    """The status of the page's form with its boxes as they stand, and these choices."""
    form: dict[str, object] = {"kinds": [], "ways": ["page", "mail"], "page": [], "mail": []}
    for group in wish_groups(actor_of(person), ("page", "mail")):
        form[f"was-{group.key}"] = form[f"choice-{group.key}"] = group.choice
        for row in group.rows:
            form["kinds"].append(row.kind.key)  # type: ignore[attr-defined]
            for way in ("page", "mail"):
                if row.levels[way] == "at_once":
                    form[way].append(row.kind.key)  # type: ignore[attr-defined]
    return signed_in(person).post(PAGE, {**form, **values}).status_code


def test_groups_stand_in_their_order_and_work_only_with_those_who_do_it() -> None:
    ada = make_person("Ada")
    assert list(shown(ada)) == ["answers", "place"]
    page = signed_in(ada).get(PAGE).content.decode()
    assert page.index("Answers to you") < page.index("You and this place")
    assert "Looking after people" not in page
    assert 'name="choice-answers"' in page


def test_a_group_says_as_suggested_until_something_else_is_said() -> None:
    ada = make_person("Ada")
    assert shown(ada) == {"answers": "suggested", "place": "suggested"}
    wish(LOUD, "mail", "never", by=actor_of(ada))
    assert shown(ada)["answers"] == "page"
    wish(SOFT, "page", "never", by=actor_of(ada))
    assert shown(ada)["answers"] == "own"


@pytest.mark.parametrize(
    ("choice", "loud", "soft"),
    [("mail", "pm", "pm"), ("page", "p", "p"), ("never", "", ""), ("suggested", "pm", "p")],
)
def test_one_choice_holds_for_all_of_its_group_and_for_no_other(choice: str, loud: str, soft: str) -> None:
    ada = make_person("Ada")
    wish(SOFT, "mail", "at_once", by=actor_of(ada))
    wish(LOUD, "page", "never", by=actor_of(ada))
    assert sent(ada, **{"choice-answers": choice}) == 303
    assert levels(ada) == {LOUD: loud, SOFT: soft, FIRM: "p"}
    assert shown(ada)["answers"] == choice


def test_what_is_ticked_by_itself_is_kept_though_the_choice_stayed_and_no_script_ran() -> None:
    ada = make_person("Ada")
    assert sent(ada, mail=[LOUD, SOFT], page=[SOFT]) == 303
    assert levels(ada) == {LOUD: "m", SOFT: "pm", FIRM: "p"}
    assert shown(ada)["answers"] == "own"
    assert "<details open>" in signed_in(ada).get(PAGE).content.decode()


def test_what_stands_as_it_was_writes_nothing() -> None:
    ada = make_person("Ada")
    assert sent(ada) == 303
    assert NoticeWish.objects.count() == 0


def test_what_is_always_told_stays_here_whatever_the_choice() -> None:
    ada = make_person("Ada")
    (group,) = [each for each in wish_groups(actor_of(ada), ("page", "mail")) if each.key == "place"]
    assert [choice for choice, _label in group.choices] == ["suggested", "mail", "page", "own"]
    assert sent(ada, **{"choice-place": "never"}) == 303
    assert levels(ada)[FIRM] == "p"


def test_devices_are_offered_once_there_is_one_and_left_alone_before() -> None:
    ada = make_person("Ada")
    wish(LOUD, "push", "at_once", by=actor_of(ada))
    assert sent(ada, **{"choice-answers": "never"}) == 303
    assert levels(ada)[LOUD] == "d"
    (group, _place) = wish_groups(actor_of(ada), ("page", "mail", "push"))
    assert [choice for choice, _label in group.choices] == ["suggested", "all", "mail", "push", "page", "never", "own"]


def test_a_choice_that_is_none_is_refused_and_nothing_is_kept() -> None:
    ada = make_person("Ada")
    assert sent(ada, **{"choice-answers": "louder", "choice-place": "mail"}) == 422
    assert NoticeWish.objects.count() == 0
    with pytest.raises(Invalid):
        chosen_levels([LOUD], ["mail"], {"choice-answers": "louder"}, {"mail": set()})
