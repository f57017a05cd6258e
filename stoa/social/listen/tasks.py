"""Work of this room: channels to listen on, numbers to read, channels to look at as a stranger, all due rows; and clock work."""

from datetime import timedelta

from stoa.base import work
from stoa.base.work import every
from stoa.social.listen.actions import appearing, fetching, forgetting, measuring
from stoa.social.listen.models import Appearance, Fetch, Measuring
from stoa.social.listen.waiting import tell_of_waiting

work.register(work.Kind("listen.fetch", Fetch, fetching.listen, lease=fetching.LEASE, batch=4))
work.register(work.Kind("listen.measuring", Measuring, measuring.measure, lease=measuring.LEASE, batch=4))
work.register(work.Kind("listen.appearance", Appearance, appearing.look, lease=appearing.LEASE, batch=4))


@every(timedelta(hours=6), name="listen.forget")
def forget_old() -> None:
    forgetting.forget_old()


@every(timedelta(minutes=15), name="listen.waiting")
def tell_who_answers() -> None:
    """Of people who have waited for too long."""
    tell_of_waiting()
