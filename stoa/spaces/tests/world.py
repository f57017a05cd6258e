"""What this room puts into the world of the access tests: a picture on the space's card."""

import io

from PIL import Image

from stoa.base import files
from stoa.base.models import File
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    world.put("base.file", make_picture(world, ("spaces.space", world.spaces[visibility].id)))


def make_picture(world: World, thing: tuple[str, int]) -> File:
    """A small picture of the steward's, attached to a thing, with canaries in its name and its description."""
    steward, bytes_ = world.actor("steward"), io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(bytes_, "PNG")
    bytes_.seek(0)
    name, alt = world.words("file.name", card=True), world.words("file.alt", card=True)
    kept = files.keep_picture(bytes_, by=steward, alt=alt, name=f"{name}.png")
    files.attach([kept.id], thing, by=steward)
    return kept
