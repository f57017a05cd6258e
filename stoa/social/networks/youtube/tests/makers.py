"""A post with a video, made ready and published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from stoa.social.networks.protocol import Line, Outgoing, Prepared, Published, Video
from stoa.social.networks.youtube.connector import CONNECTOR

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTENT = bytes(range(256)) * 9 + b"the end"
TEXT = "Zips can be saved\n\nHow it is done, step by step. #mending #zips"


def film(content: bytes = CONTENT) -> Video:
    return Video(lambda: BytesIO(content), len(content), "video/mp4", "", 1920, 1080, 12.0)


POST = Outgoing(TEXT, "key-1", MADE, MADE, language="en", video=film())


def readied(line: Line, post: Outgoing = POST) -> Outgoing:
    handle = ""
    for _again in range(20):
        answer = CONNECTOR.prepare(post, over=line, handle=handle)
        if isinstance(answer, Prepared):
            return replace(post, prepared=answer.handle)
        handle = answer.handle
    raise AssertionError("It was never ready.")


def published(line: Line, post: Outgoing = POST) -> Published:
    made = CONNECTOR.publish(readied(line, post), over=line)
    assert isinstance(made, Published)
    return made
