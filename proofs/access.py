"""Proves who may see what: cells and differences of the matrix, canaries found, requests and differing bytes of the two worlds."""

import json
import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def count() -> dict[str, int]:
    from django.db import transaction

    from tests.access import asking, rules, sweep
    from tests.access import world as worlds
    from tests.access.test_two_worlds import two_worlds

    unruled = sweep.without_rule(asking.routes(), rules.ROUTES)
    with worlds.aside(), transaction.atomic():
        world = worlds.build()
        matrix, leaks = sweep.matrix(world), sweep.canaries(world)
        transaction.set_rollback(True)
    worlds_apart = two_worlds()
    print("\n".join([*unruled, *matrix.wrong, *leaks.wrong, *worlds_apart.wrong]))
    return {
        "routes": len(rules.ROUTES),
        "routes_without_rule": len(unruled),
        "cells": matrix.asked,
        "differences": len(matrix.wrong),
        "canaries": len(world.canaries),
        "outputs": leaks.asked,
        "leaks": len(leaks.wrong),
        "two_world_requests": worlds_apart.asked,
        "differing_answers": len(worlds_apart.wrong),
        "differing_bytes": worlds_apart.bytes,
    }


def main() -> int:
    """Counts in a database of its own, which is gone afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoa.settings")
    os.environ.setdefault("STOA_TEST_SQLITE", str(Path(__file__).resolve().parent.parent / "build" / "proof.sqlite3"))
    os.environ.setdefault("STOA_WAKE", "off")
    django.setup()
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    made = runner.setup_databases()
    try:
        told = count()
    finally:
        runner.teardown_databases(made)
        runner.teardown_test_environment()
    print(json.dumps(told))
    return int(any(told[name] for name in ("routes_without_rule", "differences", "leaks", "differing_answers")))


if __name__ == "__main__":
    raise SystemExit(main())
