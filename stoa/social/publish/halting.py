"""What stops a sending that goes on piece by piece in this house for good: its delivery was taken back, or let go."""

from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base.going_on import Against, may_stop
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import WITHDRAWN


@may_stop
def taken_back(kind: str, owner: str, key: str) -> Against | None:
    over = Q(takedown="asked") | Q(state=WITHDRAWN)
    ended = Delivery.objects.filter(over, key=key, channel__network=kind, channel__remote_id=owner)
    found = ended.values_list("takedown_reason", "reason").first()
    return Against(found[0] or found[1] or _("It was withdrawn."), for_good=True) if found else None
