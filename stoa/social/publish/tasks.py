"""Work of this room: deliveries that are due, and clock work."""

from datetime import timedelta

from stoa.base import work
from stoa.base.work import every
from stoa.social.publish.actions import clicks, resuming
from stoa.social.publish.actions.delivering import deliver
from stoa.social.publish.models import Delivery
from stoa.social.publish.times import LEASE

work.register(work.Kind("publish.delivery", Delivery, deliver, lease=LEASE, batch=12, ahead=3))


@every(timedelta(minutes=1), name="publish.resume")
def resume_held() -> None:
    resuming.resume_held()


@every(timedelta(hours=1), name="publish.zones")
def resolve_zones() -> None:
    resuming.resolve_zones()


@every(timedelta(hours=1), name="publish.salts")
def destroy_salts() -> None:
    clicks.destroy_salts()
