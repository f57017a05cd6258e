"""What the numbers do not tell, said beside them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from stoa.measure.impact.funnel import Funnel, folded_rows
from stoa.measure.impact.thread import HERE, JOINED
from stoa.measure.impact.waiting import Waiting
from stoa.measure.impact.words import count
from stoa.measure.readers.numbers import ChannelNumbers


def unknowns(found: Funnel, numbers: list[ChannelNumbers], *waits: Waiting) -> Iterator[str]:
    """Each as a sentence, with how much it is where that may be said."""
    if found.unknown[JOINED]:
        yield _(
            "Where %(n)s of those who joined came from: nothing is stored on a visitor's device, "
            "so who goes away and comes back by themselves is unknown."
        ) % {"n": count(found.unknown[JOINED])}
    silent = [one.title for one in numbers if one.refused and not one.reached]
    if silent:
        said = _("How many people saw the posts on %(channels)s: their networks do not offer reach.")
        yield said % {"channels": ", ".join(silent)}
    if HERE not in found.judged:
        yield _("Who of this month stays: it is too young to be judged.")
    if any(wait.curve.still_open for wait in waits if wait.is_shown):
        yield _("How long those will wait who still wait: they are counted with the time that they have waited so far.")
    if folded := folded_rows(found):
        yield _(
            "What came by %(n)s ways by which fewer than 5 people came, or which would give such a way away: "
            "they stand together as other."
        ) % {"n": folded}
    yield _("What was said in private and secret spaces: it is in no figure.")
    yield _(
        "What came before: of a visitor, first touch is the first of that visit; of a member, since they signed up."
    )
    yield _(
        "Whether a link is the reason. These numbers say who came by it, not who would have stayed away without it."
    )
