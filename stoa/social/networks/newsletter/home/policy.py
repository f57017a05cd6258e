"""Who may do what: newsletters and their subscribers are managed by those alone who hold that right."""

from __future__ import annotations

import hmac

from django.utils.translation import gettext as _

from stoa.base import crypto
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed

MANAGE, CONNECT = "newsletter.manage", "networks.connect"


def may_manage(actor: Actor) -> bool:
    return actor.is_system or actor.may(MANAGE)


def must_manage(actor: Actor) -> None:
    if not may_manage(actor):
        raise NotAllowed(_("Newsletters and their subscribers are managed by others here."))


def may_see_key(actor: Actor) -> bool:
    """What writes to every list is for those who connect channels, as any network's keys are."""
    return actor.is_system or actor.may(CONNECT)


def newsletters_key() -> str:
    """Opens newsletters of this installation to the connector."""
    return crypto.derived("newsletters key")


def is_newsletters_key(given: str) -> bool:
    return hmac.compare_digest(given.encode(), newsletters_key().encode())
