"""Proves the networks: network × ability × how tested, from tests that ran now. `--quick` leaves the real servers
out, `--only KEY` is one network."""

import argparse
import json
import time

from proofs.ground import ROOT
from proofs.networks import judge, paper
from proofs.networks.against import STRONGEST
from proofs.networks.running import runs

PAGE = ROOT / "docs" / "proofs" / "networks.md"


def main() -> int:
    reader = argparse.ArgumentParser(prog="bin/prove networks", description=__doc__)
    reader.add_argument("--quick", action="store_true", help="without real servers")
    reader.add_argument(
        "--only", action="append", default=[], metavar="KEY", help="this network alone (again for more)"
    )
    asked = reader.parse_args()
    began, seen = time.monotonic(), []
    for each in runs(asked.only, real=not asked.quick):
        said = f"{each.passed} passed, {each.skipped} left out, {len(each.failed)} failed"
        print(f"{each.name}: {said} ({each.seconds} s)", flush=True)
        seen.append(each)
    rows = [each for each in judge.rows(seen) if not asked.only or each.key in asked.only]
    short = [f"{each.name}: {failed}" for each in seen for failed in each.failed]
    short += [said for row in rows for said in judge.short(row, with_real=not asked.quick)]
    short += [f"{each.name}: {each.skipped} tests did not run" for each in seen[1:] if each.skipped]
    cases = judge.cases(seen)
    print(paper.on_screen(rows))
    if not asked.quick and not asked.only:
        day = f"{time.gmtime().tm_mday} {time.strftime('%B %Y', time.gmtime())}"
        PAGE.write_text(paper.on_paper(rows, seen, cases, short, day))
    print(json.dumps(told(rows, seen, cases, short, round(time.monotonic() - began)), ensure_ascii=False))
    return int(bool(short))


def told(
    rows: list[judge.Row], seen: list[judge.Seen], cases: dict[str, int], short: list[str], seconds: int
) -> dict[str, object]:
    """What was measured in this run, for programs."""
    strongest = [row.strongest(name) for row in rows for name in row.cells]
    return {
        "proof": "networks",
        "networks": len(rows),
        "abilities": len(strongest),
        "against": {how: sum(found is not None and found[0] == how for found in strongest) for how in STRONGEST},
        "passed": sum(each.passed for each in seen),
        "twitter_text_cases": sum(cases.values()) or "not available",
        "short": short,
        "seconds": seconds,
        "good": not short,
    }


if __name__ == "__main__":
    raise SystemExit(main())
