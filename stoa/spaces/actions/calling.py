"""The measure of calling groups, taken when a text is written."""

from collections.abc import Collection
from datetime import timedelta

from django.utils.translation import gettext as _

from stoa.base import limits
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, TooMany
from stoa.spaces.calling import Group, belonging
from stoa.spaces.models import Space
from stoa.spaces.options import CALLS, EVERYONE_MOST

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def take_call(groups: Collection[str], space: Space, *, by: Actor) -> None:
    """One call by this person, and of everyone one a day in a space that is not too large. Raises `Invalid` beside the text. Asks nothing
    where nobody is called."""
    if not groups:
        return
    if Group.EVERYONE.value in groups and len(belonging(space)) > (most := EVERYONE_MOST.get()):
        raise Invalid(
            _("This space has more than %(count)s members, so that nobody calls everyone here.") % {"count": most},
            _("Open an announcement instead: it stands on top of the space."),
            field="source",
        )
    try:
        limits.take(f"spaces.call {by.own_id}", per=HOUR, allowed=CALLS.get())
        if Group.EVERYONE.value in groups:
            limits.take(f"spaces.everyone {space.id}", per=DAY, allowed=1)
    except TooMany as refusal:
        raise Invalid(
            _("You cannot call a group again so soon."),
            _("Write it without the @, or wait a little."),
            field="source",
        ) from refusal
