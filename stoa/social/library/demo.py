"""The demo's library: what the guild has drawn of its workbench, in folders with tags, some in versions, one brought twice."""

import io
from dataclasses import dataclass
from datetime import timedelta

from PIL import Image

from stoa.base import actors
from stoa.base.actors import Actor
from stoa.base.demo import Story
from stoa.demo_guild.pictures.things import names, picture
from stoa.social.library.actions import About, add_version, bring_asset, make_folder
from stoa.social.library.models import Asset, Folder

BEFORE = ("lamp", "radio", "chair", "boot")
TALL = ("umbrella", "clock")


@dataclass(frozen=True)
class Said:
    """What is said of a thing's picture besides its description."""

    credit: str = ""
    licence: str = "own"
    note: str = ""
    tags: str = ""


SAID = {
    "bicycle": Said("Ruta Vale", "cc_by", tags="wheels"),
    "jumper": Said(
        "Mo Tansley", "permission", "Mo said yes at the September evening, for posts of the guild.", "textile"
    ),
    "bowl": Said("Town museum", "cc_by_nd", tags="ceramics"),
    "sewing-machine": Said("", "unknown", tags="textile"),
    "toaster": Said("A local newspaper", "reserved", tags="electric"),
    "lamp": Said(tags="electric, light"),
    "radio": Said(tags="electric"),
    "kettle": Said(tags="electric"),
    "umbrella": Said(tags="textile"),
}


def fill(story: Story) -> None:
    """Brought over half a year by whoever looks after social media."""
    number = story.known("person", "dov")
    if number is None:
        return
    by, begun = actors.of_person(number), story.now - timedelta(days=180)
    with story.at(begun):
        bench = make_folder("Workbench", by=by)
        mended, came = make_folder("Mended", parent=bench, by=by), make_folder("As they came in", parent=bench, by=by)
        twice = make_folder("Brought twice", by=by)
    for at, name in enumerate(names()):
        bring(story, name, mended, 175 - at * 12, by)
    for at, name in enumerate(BEFORE):
        bring(story, name, came, 30 - at * 3, by, after=False)
    double(story, twice, by)
    another_light(story, by)


def bring(story: Story, name: str, folder: Folder, days: int, by: Actor, *, after: bool = True) -> None:
    drawn, said = picture(name, after, seed=2), SAID.get(name, Said())
    tags = tuple(each.strip() for each in f"{said.tags}, {'mended' if after else 'broken'}".split(",") if each.strip())
    title = name.replace("-", " ").capitalize() + (", mended" if after else ", as it came in")
    alt = "" if name == "boot" and not after else drawn.alt  # one waits to be described
    about = About(title, alt, said.credit, said.licence, said.note, folder, tags)
    with story.at(story.now - timedelta(days=days)):
        asset = bring_asset(shaped(drawn.png, tall=name in TALL), about, name=f"{drawn.name}.png", by=by)
    story.remember("asset", f"{name}-{'after' if after else 'before'}", asset.id)


def shaped(png: bytes, *, tall: bool) -> bytes:
    """Some stand upright: the middle of what was drawn."""
    if not tall:
        return png
    with Image.open(io.BytesIO(png)) as drawn:
        wide, high = drawn.size
        out = io.BytesIO()
        drawn.crop((wide // 4, 0, wide * 3 // 4 + 20, high)).save(out, "PNG")
    return out.getvalue()


def double(story: Story, folder: Folder, by: Actor) -> None:
    """The kettle once more, as somebody sent it on by telephone."""
    drawn, out = picture("kettle", after=True, seed=2), io.BytesIO()
    with Image.open(io.BytesIO(drawn.png)) as whole:
        whole.convert("RGB").resize((480, 360)).save(out, "JPEG", quality=60)
    with story.at(story.now - timedelta(days=6)):
        bring_asset(
            out.getvalue(), About("Kettle from the telephone", drawn.alt, folder=folder), name="IMG_2041.jpg", by=by
        )


def another_light(story: Story, by: Actor) -> None:
    """The lamp was drawn anew, on a brighter wall."""
    lamp = Asset.objects.filter(id=story.known("asset", "lamp-after") or 0).first()
    if lamp:
        with story.at(story.now - timedelta(days=20)):
            add_version(lamp, picture("lamp", after=True, seed=5).png, why="On a brighter wall", by=by)
