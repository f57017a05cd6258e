"""The gate of licences: a picture whose rights turned out to be reserved does not go out, though it was planned before."""

from django.utils.translation import gettext as _

from stoa.social.publish.gates import gate
from stoa.social.publish.models import AssetUse, Delivery


@gate("library.licence")
def licences_allow(delivery: Delivery) -> str:
    if not delivery.post_id or not delivery.content.get("pictures"):
        return ""
    use = AssetUse.objects.filter(post=delivery.post_id, asset__licence="reserved").select_related("asset").first()
    return _("“%(picture)s” may not go out: all rights are reserved.") % {"picture": use.asset.title} if use else ""
