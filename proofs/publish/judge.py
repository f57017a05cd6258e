"""What the network's log and our rows say about a run. The log is believed; the rows are judged by it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from proofs.publish.run import Run
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.times import LEASE

EARLY = 0.5  # of the product's seconds: the clocks of two processes of one machine are no nearer
ENDS = ("published", "asks", "refused", "held", "stopped")
NO_PERSON = 0.99  # of the unknown where the network can be asked
WAITS = {"20": 20.0, "date": 39.0, "315360000": 6 * 3600.0}
UNCLEAR = ("unknown", "lost", "unclear")


def judged(run: Run) -> dict[str, Any]:
    log = [json.loads(line) for line in (run.folder / "network.jsonl").read_text().splitlines()]
    posts = [each for each in log if each.get("what") == "post"]
    rows = list(Delivery.objects.select_related("channel"))
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.order_by("delivery", "number"):
        attempts[attempt.delivery_id].append(attempt)
    there = Counter(each["key"] for each in posts if each["made"])
    told: dict[str, Any] = {
        "deliveries": len(rows), "accepted": sum(there.values()), "calls": len(posts),
        "ended": dict(Counter(each.state for each in rows)),
        "asked": dict(Counter(f"{each.channel.network.partition('-')[0]} {each.question}" for each in rows if each.question)),
        "duplicates": sum(count - 1 for count in there.values() if count > 1),
        "silently_lost": sum(is_lost(each) for each in rows),
        "false_published": sum(each.state == "published" and not there[each.key] for each in rows),
        "published_share": round(sum(each.state == "published" for each in rows) / max(len(rows), 1), 4),
        "early": early(run, rows, posts), "out_of_order": out_of_order(rows, posts, attempts),
        **unknowns(rows, attempts), **stale(run, posts, attempts),
        "worst_lease_seconds": round(run.worst_lease, 1), "faults_met": dict(Counter(each["fault"] for each in posts)),
        **of_refreshing(log), **of_fault(run, posts), **run.told,
    }  # fmt: skip
    told["falls_short"] = shortcomings(run, told)
    return told


def is_lost(row: Delivery) -> bool:
    """It ended nowhere, or without a reason. What may be there waits until its channel can be asked again, and says so."""
    if row.state == "unknown" and row.channel.state == "reconnect" and row.mend:
        return False
    return row.state not in ENDS or (row.state != "published" and not row.reason)


def early(run: Run, rows: Iterable[Delivery], posts: Iterable[dict[str, Any]]) -> int:
    planned = {each.key: each.planned_for.timestamp() for each in rows}
    return sum(run.clockwork.shown(each["t"]) < planned[each["key"]] - EARLY for each in posts)


def out_of_order(rows: list[Delivery], posts: list[dict[str, Any]], attempts: dict[int, list[Attempt]]) -> int:
    """Of those of a channel that went there at the first try: how many before one that was planned earlier."""
    first = {each.key: each for each in rows if sum(tried.kind == "send" for tried in attempts[each.id]) == 1}
    lines: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for each in posts:
        if each["made"] and (row := first.get(each["key"])):
            lines[row.channel_id].append((row.planned_for.timestamp(), row.id))
    return sum(one > other for line in lines.values() for one, other in pairwise(line))


def unknowns(rows: list[Delivery], attempts: dict[int, list[Attempt]]) -> dict[str, Any]:
    """Deliveries that were unknown at some time: of how many a person was asked, where the network can be read, and where not."""
    were = [each for each in rows if any(a.kind == "send" and a.outcome in UNCLEAR for a in attempts[each.id])]
    can = [each for each in were if not each.channel.network.startswith("blind")]
    asked = [each for each in can if each.state == "asks" and each.question == "ambiguous"]
    share = 1 - len(asked) / len(can) if can else None
    blind = [each for each in were if each.channel.network.startswith("blind")]
    return {
        "unknown_where_it_can_be_read": len(can), "of_them_a_person_was_asked": len(asked),
        "resolved_share": round(share, 4) if share is not None else None,
        "unknown_where_it_cannot": len(blind), "of_those_a_person_was_asked": sum(each.state == "asks" for each in blind),
    }  # fmt: skip


def stale(run: Run, posts: list[dict[str, Any]], attempts: dict[int, list[Attempt]]) -> dict[str, int]:
    """Judged by instants, so not where the clocks that wrote them are wrong."""
    if run.fault.wrong_by:
        return {}
    return {"stale_calls": stale_calls(run, posts, attempts), "stale_writes": stale_writes(attempts)}


def stale_calls(run: Run, posts: list[dict[str, Any]], attempts: dict[int, list[Attempt]]) -> int:
    """Sendings under a claim after which another had begun its attempt by then; and two sendings under one claim."""
    stale, seen = 0, Counter[tuple[str, str]]()
    for each in posts:
        number, fence, _process = each["turn"].split(":")
        seen[(number, fence)] += 1
        shown = run.clockwork.shown(each["t"])
        later = (a for a in attempts[int(number)] if a.fence > int(fence) and a.kind != "person")
        stale += any(a.started_at.timestamp() < shown - EARLY * run.fault.rate / 10 for a in later)
    return stale + sum(count - 1 for count in seen.values() if count > 1)


def stale_writes(attempts: dict[int, list[Attempt]]) -> int:
    """Attempts that were closed with an answer after a later claim had begun its own."""
    found = 0
    for tried in attempts.values():
        for one, other in pairwise(tried):
            ended = one.ended_at and one.outcome != "lost" and one.kind != "person"
            found += bool(ended and one.ended_at > other.started_at and one.fence < other.fence)
    return found


def of_refreshing(log: list[dict[str, Any]]) -> dict[str, Any]:
    """How often tokens were renewed, and how many refresh tokens were shown a second time."""
    shown = [each for each in log if each.get("what") == "refresh"]
    if not shown:
        return {}
    twice = sum(not each["fits"] for each in shown)
    return {"refreshes": len(shown), "refreshed_twice": twice}


def of_fault(run: Run, posts: list[dict[str, Any]]) -> dict[str, Any]:
    """What only one fault asks for."""
    if run.fault.drive == "zones":
        from proofs.publish import zoned

        return zoned.told_of(run, posts)
    if run.fault.key == "F6":
        return {"calls_within_a_wait": calls_within_waits(run, posts)}
    if run.fault.drive == "poison":
        from stoa.base.models import Hearing

        kept = Hearing.objects.filter(subscriber="proof.poison").exclude(trouble="").count()
        return {"after_steps_kept_with_their_trouble": kept}
    return {}


def calls_within_waits(run: Run, posts: list[dict[str, Any]]) -> int:
    """Sendings to an account that had asked for patience which was not over: nonsense counts as a minute, ten years as six hours."""
    quiet: dict[tuple[str, str], float] = {}
    found = 0
    for each in posts:
        place, shown = (each["network"], each["account"]), run.clockwork.shown(each["t"])
        found += shown < quiet.get(place, 0) - EARLY
        if each["wait"] is not None:
            quiet[place] = shown + WAITS.get(each["wait"], 60)
    return found


def shortcomings(run: Run, told: dict[str, Any]) -> list[str]:
    nothing = (
        "duplicates", "silently_lost", "false_published", "early", "out_of_order", "stale_calls", "stale_writes",
        "wrong_instant", "calls_within_a_wait", "sent_while_paused",
    )  # fmt: skip
    found = [f"{told[name]} {name.replace('_', ' ')}" for name in nothing if told.get(name)]
    if told["resolved_share"] is not None and told["resolved_share"] < NO_PERSON:
        found.append(f"only {told['resolved_share']:.1%} of the unknown were resolved without a person")
    if run.fault.drive.startswith("kill") and run.worst_lease > 2 * LEASE.total_seconds():
        found.append(f"a lease stood for {run.worst_lease:.0f} s after its end")
    if told.get("refreshed_twice"):
        found.append("a refresh token was shown twice")
    if run.fault.posts and not set(dict(run.fault.posts)) & set(told["faults_met"]):
        found.append("the fault was not met")
    return found
