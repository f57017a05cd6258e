"""Code and templates are written as STYLE.md says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.laws import fragments, templates, writing
from tests.house.laws.tree import ROOT

LAWS = [
    writing.oversized, writing.empty_names, writing.without_docstring, writing.other_ways_out, writing.signals,
    writing.other_clocks, writing.reads_of_the_environment, writing.raw_sql, writing.unscoped_reads, writing.work_in_save,
    templates.bare_or_inline, templates.phrases_of_others, templates.imports_in_pages, fragments.leaning_fragments,
]  # fmt: skip


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_house_has_no(law: Callable[[Path], list[str]]) -> None:
    assert law(ROOT) == []
