"""A plugin of pytest that sees which abilities of which connectors the tests call, and against what. Only what a passed test called, and
what came back without trouble, is counted: nothing is believed of a test's name.

    python -m pytest -p proofs.networks.watching --seen=FILE …
"""

import functools
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from proofs.networks.against import against

Call = tuple[str, str, str]  # network, ability, against what


class Watch:
    """What one test called, and what all that passed did."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.now: set[Call] = set()
        self.item: pytest.Item | None = None
        self.inside = 0
        self.tests: Counter[Call] = Counter()
        self.ended: dict[str, Counter[str]] = defaultdict(Counter)
        self.failed: list[str] = []
        self.told: list[tuple[str, Any]] = []

    def over(self, does: Any) -> None:
        """Every method of an ability of this connector is watched, on its own class."""
        from stoa.social.networks.protocol import ABILITIES, MEANS

        for ability in (*ABILITIES, *MEANS):
            methods = [name for name, value in vars(ability).items() if callable(value) and not name.startswith("_")]
            for name in methods if isinstance(does, ability) else ():
                seen = getattr(type(does), name)
                abilities = {*getattr(seen, "abilities", ()), ability.__name__.lower()}
                plain = getattr(seen, "__wrapped__", seen)
                setattr(type(does), name, self.watched(plain, abilities))

    def watched(self, method: Callable[..., Any], abilities: set[str]) -> Callable[..., Any]:
        @functools.wraps(method)
        def call(does: Any, *given: Any, **named: Any) -> Any:
            self.inside += 1
            try:
                answer = method(does, *given, **named)
            finally:
                self.inside -= 1
            if self.item is not None and not self.inside:  # what a method calls of its own is no test of that
                how = against(self.item, does, named)
                self.now |= {(does.key, ability, how) for ability in abilities}
            return answer

        call.abilities = abilities  # type: ignore[attr-defined]
        return call

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.now, self.item, self.inside = set(), item, 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)
        if report.when == "call" or report.outcome != "passed":
            self.ended[folder_of(report.nodeid)][report.outcome] += 1
        if report.when == "call" and report.passed:
            self.tests.update(self.now)
            self.told += report.user_properties

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        told = {
            "tests": [[*call, count] for call, count in sorted(self.tests.items())],
            "ended": {folder: dict(count) for folder, count in self.ended.items()},
            "failed": sorted(set(self.failed)),
            "told": self.told,
        }
        self.file.write_text(json.dumps(told))


def folder_of(nodeid: str) -> str:
    """The network in whose folder a test stands; "tests" for those of all."""
    return (nodeid.partition("stoa/social/networks/")[2].partition("/")[0] or nodeid).partition("::")[0]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seen", required=True, help="where to write what was seen")


def pytest_configure(config: pytest.Config) -> None:
    watch = Watch(Path(config.getoption("--seen")))
    config.pluginmanager.register(watch, "networks-watch")


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    from stoa.social.networks.registry import connectors

    watch: Any = session.config.pluginmanager.get_plugin("networks-watch")
    for connector in connectors().values():
        watch.over(connector)
