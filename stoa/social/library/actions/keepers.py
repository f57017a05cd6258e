"""Whoever changes the library must hold the right."""

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.social.library import policy


def check_keeper(by: Actor) -> None:
    """Raises `NotAllowed`."""
    if not policy.may_keep(by):
        raise NotAllowed(_("You may not change the library."))
