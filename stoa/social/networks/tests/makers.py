"""Makers of channels for tests: this room's, and every higher one's."""

from stoa.base.actors import Actor
from stoa.social.networks import registry
from stoa.social.networks.actions.channels import keep_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Granted
from stoa.spaces.tests.makers import make_staff


def make_channel(network: str = "", handle: str = "porch", *, by: Actor | None = None, server: str = "") -> Channel:
    """A connected channel (of the practice network, unless another is named), without speaking to anybody."""
    account = Account(id=f"id-{handle}", handle=handle, name=handle.title(), address=f"https://plaza.example/@{handle}")
    credentials = {"server": server or "https://plaza.example", "token": f"token-of-{handle}-1"}
    by = by or make_staff("social_media_manager")
    return keep_channel(network or registry.practice().key, account, Granted(credentials), by=by)
