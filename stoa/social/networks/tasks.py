"""Clock work of this room: sign-ins that end soon."""

from datetime import timedelta

from stoa.base.work import every
from stoa.social.networks.actions import endings


@every(timedelta(hours=1), name="networks.endings")
def warn_of_endings() -> None:
    endings.warn_of_endings()
