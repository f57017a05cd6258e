"""What is too large to be held whole is sent in blocks, with its length, and again from the beginning when it is sent again."""

from collections.abc import Iterator
from typing import Any

import pytest

from stoa.base.http import GuardedClient
from stoa.base.tests.test_http import Listener


@pytest.fixture
def peer(settings: Any) -> Iterator[Listener]:
    made = Listener()
    settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{made.port}"]
    yield made
    made.close()


class Blocks:
    """A body that is walked anew with each sending."""

    def __init__(self) -> None:
        self.walks = 0

    def __len__(self) -> int:
        return 400_000

    def __iter__(self) -> Iterator[bytes]:
        self.walks += 1
        return iter([b"a" * 200_000, b"b" * 200_000])


def test_a_body_in_blocks_arrives_whole_with_its_length(peer: Listener) -> None:
    client, body = GuardedClient(trusted=True), Blocks()
    for walks in (1, 2):
        answer = client.request("POST", f"http://127.0.0.1:{peer.port}/media", content=body)
        head, _, heard = peer.heard[-1].partition(b"\r\n\r\n")
        assert (answer.status, body.walks) == (200, walks)
        assert b"content-length: 400000" in head.lower()
        assert b"transfer-encoding" not in head.lower()
        assert heard == b"a" * 200_000 + b"b" * 200_000
