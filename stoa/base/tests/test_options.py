"""Options have a type, limits, a sentence, and a fact for each change."""

from typing import Any

import pytest

from stoa.base import options
from stoa.base.actors import SITE, VISITOR, Actor, Standing
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.models import FactRow, OptionRow
from stoa.base.options import Option, declare, set_option

pytestmark = pytest.mark.django_db
OWNER = Actor(person_id=5, standing=Standing.MEMBER, rights={SITE: frozenset({"base.change_options"})})


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> dict[str, Option[Any]]:
    monkeypatch.setattr(declare, "_options", {})
    options.option("base.minutes", 30, "For how many minutes.", least=0, most=60)
    options.option("base.open", True, "Whether it is open.")
    options.option("base.tone", "warm", "How it sounds.", choices=["warm", "dry"])
    options.option("base.share", 0.5, "Which part.", least=0, most=1)
    return declare._options


def test_an_option_is_its_default_until_somebody_changes_it() -> None:
    minutes = options.find("base.minutes")
    assert minutes is not None
    assert minutes.get() == 30
    set_option("base.minutes", 45, by=OWNER)
    assert minutes.get() == 45
    fact = FactRow.objects.get()
    assert (fact.name, fact.by_id, fact.content) == ("base.option_changed", 5, {"option": OptionRow.objects.get().id})
    set_option("base.minutes", 45, by=OWNER)
    assert FactRow.objects.count() == 1
    assert options.values() == {"base.minutes": 45, "base.open": True, "base.share": 0.5, "base.tone": "warm"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("base.minutes", 61), ("base.minutes", -1), ("base.minutes", "45"), ("base.minutes", True), ("base.minutes", 4.5),
        ("base.minutes", None), ("base.open", 1), ("base.open", "on"), ("base.tone", "loud"), ("base.tone", 1),
        ("base.share", 2), ("base.share", float("nan")), ("base.nothing", 1),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused_and_nothing_changes(key: str, value: Any) -> None:
    with pytest.raises(Invalid):
        set_option(key, value, by=OWNER)
    assert (OptionRow.objects.count(), FactRow.objects.count()) == (0, 0)


def test_only_those_with_the_right_change_options() -> None:
    for actor in (VISITOR, Actor(person_id=6, standing=Standing.MEMBER)):
        with pytest.raises(NotAllowed):
            set_option("base.minutes", 45, by=actor)
    assert OptionRow.objects.count() == 0


def test_a_whole_number_is_a_fine_fraction() -> None:
    set_option("base.share", 1, by=OWNER)
    share = options.find("base.share")
    assert share is not None
    assert share.get() == 1.0


def test_two_options_cannot_share_a_key() -> None:
    with pytest.raises(ValueError, match="two options"):
        options.option("base.open", False, "Again.")
