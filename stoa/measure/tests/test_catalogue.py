"""Every metric is defined once, in whole sentences, and stands on the page of metrics."""

import ast
import sys
from importlib import import_module
from pathlib import Path

import pytest

from stoa.measure import formulas
from stoa.measure.formulas.catalogue import CATALOGUE, DEFINITIONS
from stoa.measure.formulas.definition import Definition, Unit
from stoa.measure.formulas.page import FORMULAS, PAGE, metrics_page

FOLDER = Path(formulas.__file__).parent
NOT_FORMULAS = {"__init__", "catalogue", "definition", "page"}
by_key = pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.key)


def test_no_key_is_defined_twice() -> None:
    assert len(CATALOGUE) == len(DEFINITIONS)


def test_the_thread_of_impact_is_defined() -> None:
    assert CATALOGUE.keys() >= {
        "bridge.clicks",
        "bridge.joins",
        "bridge.joins_first_touch",
        "bridge.joins_last_touch",
        "bridge.first_words",
        "bridge.first_answer",
        "bridge.still_here",
        "social.reach",
        "social.engagement",
        "community.topic_wait",
        "social.mention_wait",
    }


@by_key
def test_a_definition_is_whole(definition: Definition) -> None:
    sentences = [definition.formula, definition.window, definition.numerator, definition.not_counted]
    sentences += [definition.denominator] if definition.denominator is not None else []
    assert all(sentence.endswith(".") and len(sentence) > 10 for sentence in sentences)
    assert definition.version >= 1
    assert definition.name
    assert definition.source
    assert definition.key.split(".")[0] in {"bridge", "community", "social"}


@by_key
def test_a_share_and_a_wait_name_what_they_are_taken_of(definition: Definition) -> None:
    assert (definition.denominator is not None) == (definition.unit in {Unit.SHARE, Unit.HOURS})


@by_key
def test_a_definition_names_the_formula_that_works_it_out(definition: Definition) -> None:
    assert definition.worked_out_in in FORMULAS
    assert import_module(f"stoa.measure.formulas.{definition.worked_out_in}").__doc__


def test_every_formula_stands_on_the_page_with_its_source() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - NOT_FORMULAS
    assert files == set(FORMULAS)
    for name in files - {"absent", "ratio"}:
        words = import_module(f"stoa.measure.formulas.{name}").__doc__ or ""
        assert "Source" in words, name
        assert "unit" in words.lower(), name


def test_the_page_of_metrics_is_made_from_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == metrics_page()


def test_formulas_know_neither_the_database_nor_a_library() -> None:
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for module in modules:
                assert module.startswith("stoa.measure.formulas") or module.split(".")[0] in sys.stdlib_module_names
