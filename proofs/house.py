"""Proves the order of the house: rooms, arrows, cycles, the largest file and function, and that planted faults are caught."""

import json
import os
import sys
import tempfile
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def largest() -> dict[str, list[object]]:
    from tests.house.laws.tree import functions, sources
    from tests.house.laws.writing import function_length

    found = sources(ROOT, tests=True)
    file = max(found, key=lambda source: source.lines)
    lengths = [(function_length(node), f"{source.path}:{node.name}") for source in found for node in functions(source)]
    length, function = max(lengths)
    return {"largest_file": [file.path, file.lines], "largest_function": [function, length]}


def planted() -> dict[str, int]:
    """How many faults were planted, how many caught, and how many like things that are right were taken for faults."""
    from tests.house import planted as faults

    caught = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, fault in enumerate(faults.FAULTS):
            faulty, clean = Path(folder) / f"faulty{number}", Path(folder) / f"clean{number}"
            faults.plant(faulty, fault.fault)
            caught += any(fault.says in said for said in fault.law(faulty))
            faults.plant(clean, fault.clean)
            wrong += bool(fault.clean and fault.law(clean))
        for number, (importer, imported) in enumerate(faults.IMPORTS.values()):
            package = f"planted_{number}"
            faults.plant(Path(folder), faults.knows(package, importer, imported))
            caught += bool(faults.import_breaches(Path(folder), package))
    return {"planted": len(faults.FAULTS) + len(faults.IMPORTS), "caught": caught, "wrongly_caught": wrong}


def breaches() -> int:
    """How many breaches of all laws stand in the house now."""
    from django.apps import apps

    from tests.house.laws import imports, keys, models, templates
    from tests.house.test_writing import LAWS

    laws = [*LAWS, keys.named_networks, templates.includes_out_of_order]
    laws += [imports.connectors_that_know_too_much, imports.homes_that_know_too_much]
    found = [said for law in laws for said in law(ROOT)]
    found += models.ties_out_of_order(apps.get_models(include_auto_created=True))
    found += [said] if (said := imports.broken_contracts(ROOT)) else []
    print("\n".join(found))
    return len(found)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoa.settings")
    django.setup()
    from stoa.rooms import ROOMS
    from tests.house.laws.imports import arrows_and_cycles

    arrows, cycles = arrows_and_cycles()
    faults = planted()
    told = {"rooms": len(ROOMS), "arrows": len(arrows), "cycles": cycles, **largest(), **faults, "breaches": breaches()}
    print(json.dumps(told))
    return int(bool(cycles or told["breaches"] or faults["caught"] < faults["planted"] or faults["wrongly_caught"]))


if __name__ == "__main__":
    raise SystemExit(main())
