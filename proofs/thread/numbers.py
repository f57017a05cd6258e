"""Holds the page of numbers against what was done: deeds against rows counted plainly, rows against the cells that the page shows."""

from collections import Counter
from datetime import datetime
from typing import Any

from proofs.thread.people import go, signed_in
from proofs.thread.stage import ZONE, Stage, hold

PAGE = "/desk/insights/impact/"
CUTS, TOUCHES = ("channel", "campaign", "post"), ("first", "last")


def this_month() -> str:
    return f"{datetime.now(ZONE):%Y-%m}"


def before(stage: Stage) -> dict[str, Any]:
    """What stood there before anybody did anything."""
    stage.kept |= {"month": this_month(), "before": stage.house.rows(this_month())}
    unknown = stage.kept["before"]["joined"]["last"].get("", [0])[0]
    return {"month": stage.kept["month"], "of_unknown_origin_already": unknown}


def compare(stage: Stage) -> dict[str, Any]:
    """Raises Short at the first cell that is not what was done."""
    counted = stage.house.rows(stage.need("month", "the set-up"))
    for code, sent in stage.sent.items():
        hold(counted["visits"].get(code) == sent, f"link {code}: {counted['visits'].get(code)} visits, {sent} made")
    cells = done_cells = 0
    for touch in TOUCHES:
        done = deeds(stage, touch)
        done_cells += sum(map(len, done.values()))
        for code, counts in done.items():
            found = since(stage, counted, touch, code)
            hold(found == counts, f"{touch} touch, link {code or 'unknown'}: {found} counted, {counts} done")
    for cut in CUTS:
        cells += table(stage, cut, counted["tables"][cut])
    shown = counted["tables"]["post"]
    print("\n".join(f"    {' | '.join(row)}" for row in shown))
    sentence = signed_in(stage, "philippa").locator("#impact-sentence").inner_text()
    return {
        "cells_of_deeds": done_cells,
        "cells_on_the_page": cells,
        "impact": " ".join(sentence.split()),
    }


def deeds(stage: Stage, touch: str) -> dict[str, list[int]]:
    """By link: joined, wrote, answered, still here."""
    found: dict[str, list[int]] = {"": [0, 0, 0, 0]}
    for each in stage.need("newcomers", "step 8"):
        counts = found.setdefault(each.code(touch), [0, 0, 0, 0])
        for step, did in enumerate((True, each.wrote, each.answered, each.here)):
            counts[step] += did
    return found


def since(stage: Stage, counted: dict[str, Any], touch: str, code: str) -> list[int]:
    """What came since the walk began; the demo has newcomers of unknown origin of its own."""
    now = counted["joined"][touch].get(code, [0, 0, 0, 0])
    earlier = stage.kept["before"]["joined"][touch].get(code, [0, 0, 0, 0])
    return [a - b for a, b in zip(now, earlier, strict=True)]


def table(stage: Stage, cut: str, expected: list[list[str]]) -> int:
    """Every cell of one cut. Gives how many."""
    page = go(signed_in(stage, "philippa"), f"{PAGE}?month={stage.kept['month']}&by={cut}")
    shown = page.locator("[aria-label='The thread in numbers'] tbody tr")
    rows = [row.locator("th, td").all_inner_texts() for row in shown.all()]
    found, wanted = [plain(row) for row in rows], [plain(row) for row in expected]
    differing = (Counter(map(tuple, found)) - Counter(map(tuple, wanted))).most_common(1)
    hold(found == wanted, f"by {cut} the page shows {differing or found}, the rows say {wanted}")
    hold(any("unknown" in row[0] for row in found), f"the thread by {cut} has no row for what is unknown")
    small = [row for row in found for figure in row[2:] if figure.split(" ")[0] in ("1", "2", "3", "4")]
    hold(not small, f"the thread by {cut} shows fewer than five people: {small[:1]}")
    return sum(map(len, found))


def plain(row: list[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in row]
