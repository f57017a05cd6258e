"""What opens an account goes over https alone, but to this machine and those beside it."""

from __future__ import annotations

import pytest

from stoa.social.networks.lemmy import wire as lemmy
from stoa.social.networks.mastodon import wire as mastodon
from stoa.social.networks.matrix import wire as matrix
from stoa.social.networks.protocol import Refused


@pytest.mark.parametrize("origin_of", [mastodon.origin_of, matrix.origin_of, lemmy.origin_of])
def test_what_opens_an_account_travels_in_the_open_only_nearby(origin_of: object) -> None:
    assert callable(origin_of)
    for server in ("https://social.example", "http://127.0.0.1:3000", "http://localhost"):
        assert origin_of(server) == server
    with pytest.raises(Refused):
        origin_of("http://social.example")
