"""A hostile network, one connected channel there, and an organisation in Berlin."""

import pytest

from stoa.base.models.site import Site
from stoa.base.shell import forget_site
from stoa.social.networks.models import Channel
from stoa.social.publish.tests.conftest import channel, network

__all__ = ["channel", "network"]


@pytest.fixture(autouse=True)
def in_berlin(channel: Channel) -> None:
    Site.objects.update_or_create(id=1, defaults={"zone": "Europe/Berlin"})
    forget_site()
