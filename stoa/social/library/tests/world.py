"""What this room puts into the world of the access tests: an asset, a video brought twice, a folder. Nothing belongs to a space."""

import io

from stoa.base.actors import Actor
from stoa.base.tests.small_videos import mp4
from stoa.social.library.actions import About, bring_asset, bring_video, make_folder
from stoa.social.library.models import Asset
from stoa.social.library.tests.makers import bytes_of, drawing
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    if visibility == "public":
        by = world.actor("social media manager")
        world.put("library.folder", make_folder("Fair", by=by))
        asset = make(1, by)
        world.put("library.asset", asset)
        world.put("library.file", asset.file)
        film(12, by)
        film(13, by)  # the same once more: what is found twice is looked up


def grow(world: World, visibility: str) -> None:
    """Nine more, alike and not described, and the video once more: what asks the most."""
    if visibility == "public":
        by = world.actor("social media manager")
        for number in range(2, 11):
            make_folder(f"Fair {number}", by=by)
            make(number, by)
        film(11, by)


def film(number: int, by: Actor) -> Asset:
    return bring_video(io.BytesIO(mp4()), About(f"Lamp {number}", tags=("lamp",)), by=by)


def make(number: int, by: Actor) -> Asset:
    content = bytes_of(drawing(1, (96, 64)))
    return bring_asset(content, About(f"Lamp {number}", tags=("lamp", f"lamp {number}")), by=by)
