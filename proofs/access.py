"""Proves who may see what: cells and differences of the matrix, canaries found, requests and differing bytes of the two worlds."""

import argparse
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

    unruled = sweep.without_rule(asking.routes(), rules.ROUTES)
    with worlds.aside(), transaction.atomic():
        world = worlds.build()
        swept = sweep.sweep(world)
        with worlds.without_secret(world):
            apart = sweep.differences(swept, sweep.again(world, swept))
        transaction.set_rollback(True)
    print("\n".join([*unruled, *swept.matrix.wrong, *swept.leaks.wrong, *apart.wrong]))
    return {
        "routes": len(rules.ROUTES),
        "routes_without_rule": len(unruled),
        "cells": swept.matrix.asked,
        "differences": len(swept.matrix.wrong),
        "canaries": len(world.canaries) + len(world.marks),
        "outputs": swept.leaks.asked,
        "leaks": len(swept.leaks.wrong),
        "two_world_requests": len(swept.answers),
        "two_world_outputs": apart.asked - len(swept.answers),
        "differing_answers": len(apart.wrong),
        "differing_bytes": apart.bytes,
    }


def main() -> int:
    """Counts in a database of its own, which is gone afterwards; with `--postgres` on a PostgreSQL of its own."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own")
    if not reader.parse_args().postgres:
        return counted()
    from proofs.ground import postgres_database

    with postgres_database() as database:
        os.environ["STOA_DATABASE"] = database.address
        return counted()


def counted() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoa.settings")
    os.environ.setdefault("STOA_TEST_SQLITE", str(Path(__file__).resolve().parent.parent / "build" / "proof.sqlite3"))
    os.environ.setdefault("STOA_WAKE", "off")
    django.setup()
    from django.db import connection
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    made = runner.setup_databases()
    try:
        told = count()
    finally:
        runner.teardown_databases(made)
        runner.teardown_test_environment()
    print(json.dumps({"database": connection.vendor, **told}))
    return int(any(told[name] for name in ("routes_without_rule", "differences", "leaks", "differing_answers")))


if __name__ == "__main__":
    raise SystemExit(main())
