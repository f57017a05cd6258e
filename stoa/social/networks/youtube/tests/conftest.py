"""A small YouTube, and a line to our channel there."""

from __future__ import annotations

import pytest

from stoa.social.networks.protocol import Line
from stoa.social.networks.youtube.connector import CONNECTOR
from stoa.social.networks.youtube.tests.rehearsal import REFRESH, SmallTube


@pytest.fixture
def server() -> SmallTube:
    return SmallTube()


@pytest.fixture
def line(server: SmallTube) -> Line:
    answers = {"client": server.desk.client, "secret": server.desk.secret, "refresh": REFRESH, "privacy": "public"}
    return Line(server, CONNECTOR.connect(answers, http=server)[1].credentials)
