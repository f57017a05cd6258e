"""Due work of this room: imports that are being carried in."""

from stoa.base import work
from stoa.front.actions.moving_in import carry
from stoa.front.actions.moving_in.carrying import LEASE
from stoa.front.models import Import

work.register(work.Kind("front.import", Import, carry, lease=LEASE, batch=1, steps_back=True))
