"""Settings, sockets, places of panels, connectors and facts are documented; facts hold no text and are never lost."""

from stoa.base import panels
from tests.house.laws import facts, papers
from tests.house.laws.facts import shipped_facts
from tests.house.laws.tree import ROOT

MEND = "run python -m tests.house.write"


def test_every_setting_has_a_sentence_and_the_page_has_them_all() -> None:
    assert papers.silent_settings(ROOT) == []
    assert (ROOT / "docs" / "settings.md").read_text() == papers.settings_page(ROOT), MEND


def test_every_socket_is_listed_in_architecture() -> None:
    assert papers.unlisted_sockets(ROOT) == []


def test_every_place_of_panels_is_listed_and_every_panel_has_a_place() -> None:
    assert papers.unlisted_places(ROOT, panels.places()) == []


def test_every_connector_has_its_papers() -> None:
    assert papers.unfurnished_connectors(ROOT) == []


def test_facts_hold_no_text() -> None:
    assert facts.holding_text(shipped_facts()) == []


def test_every_fact_ever_shipped_still_loads() -> None:
    assert facts.lost(shipped_facts(), facts.golden()) == []


def test_every_fact_is_kept_and_documented() -> None:
    assert facts.unkept(shipped_facts(), facts.golden()) == []
    assert (ROOT / "docs" / "facts.md").read_text() == papers.facts_page(shipped_facts()), MEND


def test_every_dependency_is_explained() -> None:
    assert papers.unexplained_dependencies(ROOT) == []
