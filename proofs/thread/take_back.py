"""Step 9. The author takes the right back: down on both networks, read back; what was planned is held; each network's answer is shown.
So too when the text goes for another cause."""

import re
from typing import Any

from proofs.thread import causes
from proofs.thread.people import go, signed_in, words
from proofs.thread.publish import records
from proofs.thread.stage import Stage, hold, wait_for


def walk(stage: Stage) -> dict[str, Any]:
    record = stage.need("record", "step 6")
    hold(record in records(stage), "the record was not there before it was taken back")
    author = go(stage.page("wanda"), f"/stories/{stage.kept['right']}/")
    uses = author.locator("#uses li.row")
    hold(uses.count() == 4, f"the author sees {uses.count()} uses of 4")
    author.get_by_role("button", name="Take back").click()
    author.wait_for_load_state()
    wait_for(lambda: record not in records(stage), "the record to go from Bluesky")
    visitor = stage.page("visitor")
    wait_for(lambda: causes.gone(visitor.goto(stage.kept["on_plaza"])), "the post to go from Plaza")
    down = uses.filter(has_text="Taken down")
    wait_for(lambda: author.reload() and down.count() == 2, "both networks' answers on the author's page")
    held = uses.filter(has_text=re.compile("Held back"))
    hold(held.count() == 2, f"{held.count()} of 2 planned deliveries are held")
    page = go(signed_in(stage, "dov"), stage.kept["planned"])
    hold(not page.get_by_role("link", name="On the network").count(), "a held delivery is out")
    return {
        "withdrawn_on_bluesky": 1, "withdrawn_on_plaza": 1, "held": held.count(),
        "network_answers": down.filter(has_text="The network answered").count(),
        "staff_sees": "Taken back" in words(go(page, f"/desk/stories/{stage.kept['right']}/")), **causes.walk(stage),
    }  # fmt: skip
