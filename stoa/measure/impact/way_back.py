"""The way back as the page draws it: stories used, rights that hold, readers, and who joined through them."""

from django.utils.translation import gettext as _

from stoa.base.charts.figure import whole
from stoa.measure.impact.funnel import Funnel
from stoa.measure.impact.thread import JOINED
from stoa.measure.readers.stories import Stories


def joined_through(found: Funnel, posts: set[int]) -> int | None:
    """Who joined by links in these posts: the sum of their shown rows. None when one of them is folded; 0 when nobody came by any."""
    keys = {f"post:{post}" for post in posts}
    came = {path for path in found.came if path[-1] in keys}
    shown = {line.path: line.counts[JOINED] for _above, table in found.thread.level(2) for line in table.lines}
    counts = [shown.get(path) for path in came]
    return None if None in counts else sum(n for n in counts if n is not None)


def said(told: Stories, joined: int | None) -> list[dict[str, str | None]]:
    """Four figures, each with what it is made of."""
    note = _("%(seen)s of %(uses)s posts tell") % {"seen": told.seen, "uses": told.uses}
    views = whole(told.reach) if told.seen else None
    absent = (
        _("not offered by these networks")
        if told.refused
        else _("not read yet")
        if told.uses
        else _("no story was used")
    )
    return [
        {
            "label": _("Member stories used"), "figure": whole(told.stories), "note": _("in %(n)s posts") % {"n": told.uses},
            "formula": _("Different usage rights under which a post went out in this month."), "absent": "",
        },
        {
            "label": _("Rights that hold now"), "figure": whole(told.valid), "note": _("of %(n)s") % {"n": told.stories},
            "formula": _("Of these rights, those granted, not withdrawn and not expired at this moment."), "absent": "",
        },
        {
            "label": _("Readers of the stories"), "figure": views, "note": note,
            "formula": _("Reach that networks report within 7 days, summed over these posts."), "absent": absent,
        },
        {
            "label": _("Joined through a story"), "figure": None if joined is None else whole(joined), "note": "",
            "formula": _("Joins of this month by links in posts that carry a member's words, as far as their rows are shown."),
            "absent": _("too few to be shown"),
        },
    ]  # fmt: skip
