"""The statement of reasons: what article 17(3) of Regulation (EU) 2022/2065 asks for, frozen as plain values.

(a) what is restricted, where and for how long; (b) the facts relied on, and whether somebody reported it; (c) whether a machine took
part; (e) the ground in our terms and why the thing is incompatible with it; (f) the ways to object. (d) is about illegal content as
such: we judge by our guidelines alone.
"""

from typing import Any

from stoa.moderation.models import Decision


def content_of(decision: Decision, *, reports: int) -> dict[str, Any]:
    """The statement's fields; the clause as it was worded when the decision was made."""
    clause = decision.clause
    return {
        "outcome": decision.outcome,
        "hidden": decision.hid,
        "where": "space" if decision.is_within else "site",
        "space": decision.case.space.name if decision.is_within and decision.case.space else "",
        "until": decision.until.isoformat() if decision.until else None,
        "facts": decision.relied_on,
        "reported": reports > 0,
        "automated": False,
        "clause": {
            "number": clause.number,
            "title": clause.title,
            "text": clause.text,
            "version": clause.version.number,
        },
        "reasons": decision.reasons,
        "decided_at": decision.at.isoformat(),
        "appeal_until": decision.appeal_until.isoformat() if decision.restricts else None,
    }
