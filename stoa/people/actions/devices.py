"""Devices on which one wants to be told: adding the browser that asks, naming, removing. No facts: nobody else is to know."""

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.push import checked
from stoa.people.models import Device
from stoa.people.models.device import MOST, digest_of
from stoa.people.policy import may_follow

LONGEST = 60


def add_device(name: str, endpoint: str, p256dh: str, auth: str, *, session: str, by: Actor) -> Device:
    """Tells this browser from now on, until the session of that key ends. One that told somebody else before is now this person's: who
    holds it pressed the button."""
    if not may_follow(by):
        raise NotAllowed(_("You cannot add a device now."))
    address, digest = checked(endpoint, p256dh, auth), digest_of(endpoint)
    with transaction.atomic():
        here = Session.objects.select_for_update().filter(session_key=session).first()
        if here is None:  # signed out in the same moment
            raise NotAllowed(_("You are not signed in here any more."), _("Sign in, then press again."))
        Device.objects.filter(digest=digest).exclude(person_id=by.own_id).delete()
        if Device.objects.filter(person_id=by.own_id).exclude(digest=digest).count() >= MOST:
            raise NotPossible(_("You are told on %(most)s devices already.") % {"most": MOST}, _("Remove one first."))
        values = {"endpoint": endpoint, "p256dh": address.p256dh, "auth": address.auth, "trouble": "", "session": here}
        named = {"name": " ".join(name.split())[:LONGEST] or _("A browser")}
        device, _made = Device.objects.update_or_create(
            person_id=by.own_id, digest=digest, defaults=values, create_defaults={**values, **named}
        )
    return device


def name_device(device: Device, name: str, *, by: Actor) -> None:
    """What its person calls it."""
    if device.person_id != by.person_id:
        raise NotAllowed(_("This device is not yours."))
    said = " ".join(name.split())
    if not 0 < len(said) <= LONGEST:
        raise Invalid(_("Give it a name of 1 to 60 characters."), field="name")
    Device.objects.filter(id=device.id).update(name=said)


def remove_device(device: Device, *, by: Actor) -> None:
    """Tells nothing there any more; what waits for it goes too."""
    if device.person_id != by.person_id:
        raise NotAllowed(_("This device is not yours."))
    device.delete()


def forget_devices(person_id: int, *, but_of: str = "") -> None:
    """Tells nothing on any device of this person: their sessions ended, or their rights did. `but_of`: the key of a session that goes
    on."""
    Device.objects.filter(person_id=person_id).exclude(session_id=but_of).delete()
