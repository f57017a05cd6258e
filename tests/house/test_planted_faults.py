"""Each law is shown one fault of its kind, and a like thing that is right: it catches the one and lets the other be."""

import ast
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import pytest
from django.db import models as django_models
from django.test.utils import isolate_apps

from stoa.base.facts import Fact
from tests.house.laws import facts, models, order
from tests.house.planted import FAULTS, IMPORTS, Fault, import_breaches, knows, plant


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_law_catches(fault: Fault, tmp_path: Path) -> None:
    plant(tmp_path / "faulty", fault.fault)
    said = fault.law(tmp_path / "faulty")
    assert said
    assert all(fault.says in each for each in said[:1])
    if fault.clean:
        plant(tmp_path / "clean", fault.clean)
        assert fault.law(tmp_path / "clean") == []


@pytest.mark.parametrize("name", IMPORTS)
def test_the_contracts_catch(name: str, tmp_path: Path) -> None:
    importer, imported = IMPORTS[name]
    package = f"miniature_{list(IMPORTS).index(name)}"
    plant(tmp_path, knows(package, importer, imported))
    assert import_breaches(tmp_path, package)


def test_a_house_in_order_breaks_no_contract(tmp_path: Path) -> None:
    plant(tmp_path, knows("miniature", "front", "measure"))
    assert import_breaches(tmp_path, "miniature") == []


def test_a_forgotten_room_is_caught(tmp_path: Path) -> None:
    plant(tmp_path, knows("miniature_forgotten", "front", "measure") | {"miniature_forgotten/cellar/__init__.py": ""})
    assert import_breaches(tmp_path, "miniature_forgotten")


def test_rooms_out_of_order_are_caught() -> None:
    assert order.out_of_order([("spaces", "spaces"), ("people", "people")])
    assert order.out_of_order([("cellar", "cellar")])
    assert order.out_of_order([("talk", "talk")])
    assert order.out_of_order([("base", "base"), ("talk", "community/talk")]) == []


@isolate_apps("stoa.people", "stoa.base")
def test_a_foreign_key_upwards_is_caught() -> None:
    class Space(django_models.Model):
        class Meta:
            app_label = "spaces"

    class Person(django_models.Model):
        space = django_models.ForeignKey(Space, on_delete=django_models.CASCADE)

        class Meta:
            app_label = "people"

    class Member(django_models.Model):
        person = django_models.ForeignKey(Person, on_delete=django_models.CASCADE)

        class Meta:
            app_label = "spaces"

    assert models.ties_out_of_order([Person, Member]) == ["people.Person.space: people may not know spaces"]


def test_a_fact_with_text_is_caught() -> None:
    class Word(Enum):
        YES = "yes"

    @dataclass(frozen=True)
    class Said(Fact):
        topic: int
        word: Word | None
        rows: tuple[int, ...]
        text: str

    Said.__annotations__ |= {"topic": int, "word": Word | None, "rows": tuple[int, ...], "text": str}
    assert [line.split(":")[0] for line in facts.holding_text({"talk.said": Said})] == ["talk.said.text"]


def test_a_lost_fact_and_a_lost_field_are_caught(tmp_path: Path) -> None:
    kept = {"talk.never": {"version": 1, "example": {}}}
    assert facts.lost({}, kept) == ["talk.never was shipped once and is gone: facts are additive only"]

    @dataclass(frozen=True)
    class Said(Fact):
        topic: int

    old = {"talk.said": {"version": 1, "example": {"topic": 1, "space": 2}}}
    assert facts.lost({"talk.said": Said}, old) == ["talk.said.space was shipped once and is gone"]
    facts.keep({"talk.said": Said}, tmp_path)
    assert facts.unkept({"talk.said": Said}, facts.golden(tmp_path)) == []


def test_the_planted_files_are_python() -> None:
    for fault in FAULTS:
        for path, text in fault.fault.items():
            if path.endswith(".py"):
                ast.parse(text)
