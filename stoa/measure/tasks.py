"""Due work of this room: marked days, and the clock work that marks those which became old enough to be judged."""

from datetime import timedelta

from stoa.base import clock, work
from stoa.base.work import every
from stoa.measure import actions
from stoa.measure.models import DirtyDay

work.register(work.Kind("measure.dirty_day", DirtyDay, actions.settle, lease=timedelta(minutes=2), batch=4))


@every(timedelta(hours=1), name="measure.days")
def mark_what_ripened() -> None:
    actions.mark(actions.ripened(clock.now()))
