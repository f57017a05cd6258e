"""The way back as the page draws it: stories used, rights that hold, readers, and who joined through them."""

from django.utils.translation import gettext as _

from stoa.base.charts.figure import whole
from stoa.measure.impact.funnel import Funnel
from stoa.measure.impact.stat import Stat
from stoa.measure.impact.thread import JOINED
from stoa.measure.readers.stories import Stories


def joined_through(found: Funnel, posts: set[int]) -> int | None:
    """Who joined by links in these posts: the sum of their shown rows. None when one of them is folded; 0 when nobody came by any."""
    keys = {f"post:{post}" for post in posts}
    came = {path for path in found.came if path[-1] in keys}
    shown = {line.path: line.counts[JOINED] for _above, table in found.thread.level(2) for line in table.lines}
    counts = [shown.get(path) for path in came]
    return None if None in counts else sum(n for n in counts if n is not None)


def said(told: Stories, joined: int | None) -> list[Stat]:
    """Four figures, each with what it is made of."""
    used = _("Uses that went live in the period.")
    silent = _("Posts on practice and disconnected channels; uses that were held and never sent.")
    absent = _("no story was used")
    if told.uses:
        absent = _("not offered by these networks") if told.refused else _("not read yet")
    return [
        Stat(
            _("Member stories used"), whole(told.stories), _("Different usage rights under which a post went out."),
            f"{whole(told.stories)}: {_('usage rights with at least one post that went out.')}", "", silent, window=used,
            note=_("in %(n)s posts") % {"n": told.uses},
        ),
        Stat(
            _("Rights that hold now"), whole(told.valid),
            _("Of these rights, those granted, not withdrawn and not expired at this moment."),
            f"{whole(told.valid)}: {_('rights that hold.')}", f"{whole(told.stories)}: {_('usage rights used.')}", silent,
            window=_("This moment, for the uses of the period."), note=_("of %(n)s") % {"n": told.stories},
        ),
        Stat(
            _("Readers of the stories"), whole(told.reach) if told.seen else None,
            _("The sum over these posts of the reach that the network reports for each."),
            _("Accounts that saw each post, as the network counts them, summed over posts."), "",
            _("Posts whose network does not offer reach; one person who saw two posts is counted twice."), absent=absent,
            window=_("The last reading within 7 days of each post."),
            note=_("%(seen)s of %(uses)s posts tell") % {"seen": told.seen, "uses": told.uses},
        ),
        Stat(
            _("Joined through a story"), None if joined is None else whole(joined),
            _("Joins of this month by links in posts that carry a member's words, as far as their rows are shown."),
            _("People whose last known touch was a link in such a post."), "",
            _("Ways by which fewer than 5 people came."), absent=_("too few to be shown"),
            window=_("Joins in the period; touches up to 30 days before the join."),
        ),
    ]  # fmt: skip
