"""Work of this room: deliveries that are due, and clock work."""

from datetime import timedelta

from stoa.base import work
from stoa.base.work import every
from stoa.social.publish.actions import clicks, occurring, resuming
from stoa.social.publish.actions.delivering import deliver
from stoa.social.publish.actions.fitting import fit_video
from stoa.social.publish.models import Delivery, Schedule, VideoFit
from stoa.social.publish.times import LEASE

FITTING = timedelta(minutes=30)  # longer than ffmpeg is given

work.register(work.Kind("publish.delivery", Delivery, deliver, lease=LEASE, batch=12, ahead=3, punctual=True))
work.register(work.Kind("publish.video_fit", VideoFit, fit_video, lease=FITTING, batch=1, steps_back=True, at_once=1))


@every(timedelta(minutes=1), name="publish.resume")
def resume_held() -> None:
    resuming.resume_held()


@every(timedelta(hours=1), name="publish.zones")
def resolve_zones() -> None:
    resuming.resolve_zones()


@every(timedelta(hours=1), name="publish.salts")
def destroy_salts() -> None:
    clicks.destroy_salts()


def make_occurrence(schedule_id: int, fence: int) -> None:
    occurring.make_occurrence(schedule_id, fence)


work.register(work.Kind("publish.schedule", Schedule, make_occurrence))
