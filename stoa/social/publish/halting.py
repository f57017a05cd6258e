"""What stops a sending that goes on piece by piece in this house for good: its delivery was taken back."""

from django.utils.translation import gettext as _

from stoa.base.going_on import Against, may_stop
from stoa.social.publish.models import Delivery


@may_stop
def taken_back(kind: str, owner: str, key: str) -> Against | None:
    asked = Delivery.objects.filter(key=key, channel__network=kind, channel__remote_id=owner, takedown="asked")
    found = asked.values_list("takedown_reason", flat=True)[:1]
    return Against(found[0] or _("It was withdrawn."), for_good=True) if found else None
