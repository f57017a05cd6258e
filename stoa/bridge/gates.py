"""What this room asks before anything leaves: may a member's words (still) go out on this channel?"""

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import VISITOR
from stoa.bridge.actions.uses import MATERIAL
from stoa.bridge.models import UsageRight
from stoa.bridge.policy import can_be_asked_for
from stoa.bridge.targets import why_it_leads_nowhere
from stoa.bridge.words import own_pictures
from stoa.community.gather.models import Event
from stoa.social.publish.gates import gate
from stoa.social.publish.models import Delivery


@gate("bridge.usage_right")
def right_stands(delivery: Delivery) -> str:
    """Asked in the claiming transaction of every attempt; what it says is why the delivery is held."""
    if delivery.about_key != MATERIAL:
        return ""
    right = UsageRight.objects.filter(id=delivery.about_id or 0).with_all().first()
    if right is None:
        return _("There is no usage right for these words.")
    return why_not(right, delivery)


@gate("bridge.event")
def event_stands(delivery: Delivery) -> str:
    """A post about an event does not go out when that is cancelled, or no longer for everybody."""
    if delivery.about_key != "gather.event":
        return ""
    stands = Event.objects.visible_to(VISITOR).planned().here().filter(id=delivery.about_id or 0).exists()
    return "" if stands else _("The event is cancelled, or not for everybody any more.")


@gate("bridge.where_it_leads")
def leads_somewhere(delivery: Delivery) -> str:
    """What has moved out of sight, was hidden or withdrawn since the post was planned: its address goes nowhere either."""
    return why_it_leads_nowhere(delivery)


def why_not(right: UsageRight, delivery: Delivery) -> str:
    """Empty when the right holds now, here, for this text, with its credit."""
    if not right.is_granted:
        return WHY_NOT[right.state]()
    if not right.is_valid(clock.now()):
        return WHY_NOT["expired"]()
    if not right.covers(delivery.channel_id):
        return _("The author has not agreed to this channel.")
    if not can_be_asked_for(right.subject):
        return _("The text is no longer where every member reads it.")
    if not right.is_as_agreed:
        return _("The author has changed the text since they agreed: ask again.")
    if not delivery.follows_id and right.credit not in delivery.text:  # of a thread, the first part names them
        return _("The credit “%(credit)s” is missing.") % {"credit": right.credit}
    if not right.pictures and carries_pictures(right, delivery):
        return _("The author has not agreed to their pictures being used.")
    return ""


def carries_pictures(right: UsageRight, delivery: Delivery) -> bool:
    """Whether it shows a picture of the author's text, as it is or fitted to the network."""
    shown = {each.get(name) for each in delivery.content.get("pictures", ()) for name in ("file", "of")}
    return bool(shown & set(own_pictures(right.subject.html)))


WHY_NOT = {
    "requested": lambda: _("The author has not answered yet."),
    "declined": lambda: _("The author has declined."),
    "withdrawn": lambda: _("The usage right was taken back."),
    "expired": lambda: _("The usage right has run out."),
}
