"""`docs/metrics.md`, made from the catalogue and from the formulas' own docstrings.

Written anew by ``python -m stoa.measure.formulas.page``; a test fails when the page and the code differ.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from stoa.measure.formulas.catalogue import DEFINITIONS
from stoa.measure.formulas.definition import Definition

PAGE: Final = Path(__file__).parents[3] / "docs" / "metrics.md"
FORMULAS: Final = (
    "ratio",
    "intervals",
    "survival",
    "funnel",
    "attribution",
    "retention",
    "activity",
    "inequality",
    "suppression",
    "second_cut",
    "absent",
)
INTRODUCTION: Final = """\
# Metrics

Every figure in Stoa has a definition here: its formula, window, numerator, denominator, and who is not counted. A change
of meaning is a new version and starts a new series. What is not known is shown as such, never as 0.

This page is made from `stoa/measure/formulas/`: change the catalogue or a formula's docstring there, then run
`python -m stoa.measure.formulas.page`.
"""


def metrics_page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, "## Definitions\n", *map(_definition, DEFINITIONS), "## Formulas\n", *_formulas()]
    return "\n".join(parts)


def _definition(definition: Definition) -> str:
    rows = {
        "formula": definition.formula,
        "window": definition.window,
        "numerator": definition.numerator,
        "denominator": definition.denominator or "none: a plain count",
        "unit": definition.unit.value,
        "not counted": definition.not_counted,
        "worked out in": f"[`{definition.worked_out_in}.py`](#{definition.worked_out_in})",
        "source": definition.source,
    }
    table = "".join(f"| {term} | {text} |\n" for term, text in rows.items())
    return f"### {definition.name}\n\n`{definition.key}`, version {definition.version}\n\n| | |\n|---|---|\n{table}"


def _formulas() -> Iterator[str]:
    for name in FORMULAS:
        text = (import_module(f"stoa.measure.formulas.{name}").__doc__ or "").strip()
        yield f"### {name}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(metrics_page(), encoding="utf-8")
