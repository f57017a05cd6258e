"""Makers of assets and pictures for tests: this room's, and every higher one's."""

import io
import random

from PIL import Image, ImageDraw, ImageFilter

from stoa.base.actors import Actor
from stoa.base.tests.small_videos import mp4
from stoa.social.library.actions import About, bring_asset, bring_video
from stoa.social.library.models import Asset
from stoa.spaces.tests.makers import make_staff


def drawing(seed: int = 1, size: tuple[int, int] = (900, 600)) -> Image.Image:
    """Boxes and ovals, the same for the same seed."""
    dice, picture = random.Random(seed), Image.new("RGB", size, "#e9dfc8")
    pen = ImageDraw.Draw(picture)
    for _each in range(24):
        x, y = dice.randrange(size[0]), dice.randrange(size[1])
        wide, colour = dice.randrange(30, 300), f"#{dice.randrange(1 << 24):06x}"
        draw = pen.ellipse if dice.random() < 0.5 else pen.rectangle
        draw((x, y, x + wide, y + wide * dice.uniform(0.3, 1)), fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(2))


def bytes_of(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def noise(size: tuple[int, int]) -> bytes:
    """A picture that is heavy however it is written."""
    return bytes_of(Image.frombytes("RGB", size, random.Random(3).randbytes(size[0] * size[1] * 3)), "JPEG", quality=95)


def make_asset(
    title: str = "A lamp", *, seed: int = 1, content: bytes = b"", by: Actor | None = None, **about: object
) -> Asset:
    """An asset that is described and ours, unless it is said otherwise."""
    given = {"alt": "A lamp on a bench", "licence": "own", **about}
    keeper = by or make_staff("social_media_manager")
    return bring_asset(content or bytes_of(drawing(seed)), About(title, **given), name="lamp.png", by=keeper)  # type: ignore[arg-type]


def make_video(
    title: str = "A lamp, lit", *, seconds: float = 12.5, size: tuple[int, int] = (1280, 720), by: Actor | None = None,
    content: bytes = b"", **about: object,
) -> Asset:  # fmt: skip
    """A video that is described and ours, unless it is said otherwise."""
    given = {"alt": "A lamp is switched on", "licence": "own", **about}
    keeper = by or make_staff("social_media_manager")
    stream = io.BytesIO(content or mp4(seconds, size))
    return bring_video(stream, About(title, **given), name="lamp.mp4", by=keeper)  # type: ignore[arg-type]
