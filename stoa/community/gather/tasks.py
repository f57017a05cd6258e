"""Clock work of this room."""

from datetime import timedelta

from stoa.base import actors
from stoa.base.work import every
from stoa.community.gather import actions


@every(timedelta(minutes=1), name="gather.reminders")
def remind() -> None:
    actions.send_reminders(by=actors.system("gather"))
