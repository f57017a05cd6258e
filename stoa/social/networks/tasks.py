"""Work of this room: accounts to look at, sign-ins that are over, and such as end soon."""

from datetime import timedelta

from stoa.base import work
from stoa.base.work import every
from stoa.social.networks.actions import endings, looking, signing
from stoa.social.networks.models import Look

work.register(work.Kind("networks.look", Look, looking.look, lease=looking.LEASE, batch=4))


@every(timedelta(hours=1), name="networks.sign_ins")
def forget_sign_ins() -> None:
    signing.forget_sign_ins()


@every(timedelta(hours=1), name="networks.endings")
def warn_of_endings() -> None:
    endings.warn_of_endings()
