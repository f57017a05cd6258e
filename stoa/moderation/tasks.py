"""The clock's door: a restriction that is due ends."""

from stoa.base import work
from stoa.base.work import Kind
from stoa.moderation.actions.restriction import end_restriction
from stoa.moderation.models import Restriction


def handle(number: int, fence: int) -> None:
    end_restriction(Restriction.objects.get(id=number), fence=fence)


work.register(Kind("moderation.restriction", Restriction, handle))
