"""What these tests send."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from PIL import Image

from stoa.social.networks.protocol import (
    Outgoing,
    Picture,
)

ALT = "Eine grüne Bank, „schlicht“ – 灯 👩🏿‍🚒 \\ <b>&amp;"


def outgoing(text: str, key: str, **more: Any) -> Outgoing:
    now = datetime.now(UTC)
    return Outgoing(text=text, key=key, made_at=now, at=now, **more)


def picture(alt: str = ALT, mime: str = "image/png") -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (30, 120, 90)).save(file, format=mime.partition("/")[2])
    return Picture(file.getvalue(), mime, alt, 64, 48)
