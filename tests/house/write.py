"""Writes what the house tests compare: docs/settings.md, docs/facts.md, the golden facts. Run: python -m tests.house.write"""

import os

import django


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoa.settings")
    django.setup()
    from tests.house.laws import facts, papers
    from tests.house.laws.tree import ROOT

    (ROOT / "docs" / "settings.md").write_text(papers.settings_page(ROOT))
    (ROOT / "docs" / "facts.md").write_text(papers.facts_page(facts.shipped_facts()))
    facts.keep(facts.shipped_facts())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
