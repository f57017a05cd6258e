"""What this room puts into the world of the access tests: a picture on the space's card."""

import io

from PIL import Image

from stoa.base import files
from stoa.base.models import File
from stoa.people.tests.makers import make_person
from stoa.spaces.models import Application, Heading, Invitation, InvitationUse, Role
from stoa.spaces.tests.makers import give, make_invitation, make_space
from tests.access.world import World

COLOURS = {"public": "red", "members": "green", "private": "blue", "secret": "black"}


def build(world: World, visibility: str) -> None:
    space = world.spaces[visibility]
    space.heading = Heading.objects.create(title=world.words("heading", card=True))
    space.save(update_fields=["heading"])
    world.put("spaces.heading", space.heading)
    asking = world.get("people.other", "public")
    world.put(
        "spaces.application", Application.objects.create(space=space, person=asking, answer=world.words("application"))
    )
    member, steward = Role.objects.get(key="space.member"), world.people["steward"]
    world.put("spaces.invitation", make_invitation(f"c{space.id}", steward.id, space=space, role=member))
    mailed = make_invitation(f"m{space.id}", steward.id, space=space, role=member, email="guest@example.org")
    world.put("spaces.mailed_invitation", mailed)
    InvitationUse.objects.create(invitation=mailed, person=world.people["space member"])
    Invitation.objects.filter(id=mailed.id).update(used=1)
    if visibility == "public":
        world.put("spaces.role", Role.objects.create(key="made.here", name=world.words("role"), rights=["spaces.read"]))
        world.put("spaces.site_invitation", make_invitation("welcome", world.people["owner"].id))
    world.put("base.file", make_picture(world, ("spaces.space", world.spaces[visibility].id)))


def make_picture(world: World, thing: tuple[str, int]) -> File:
    """A small picture of the steward's, attached to a thing, with canaries in its name and its description."""
    steward, bytes_ = world.actor("steward"), io.BytesIO()
    Image.new("RGB", (8, 8), COLOURS[world.visibility]).save(bytes_, "PNG")
    bytes_.seek(0)
    name, alt = world.words("file.name", card=True), world.words("file.alt", card=True)
    kept = files.keep_picture(bytes_, by=steward, alt=alt, name=f"{name}.png")
    files.attach([kept.id], thing, by=steward)
    for digest in (kept.digest, kept.thumb):
        world.mark(digest[:32].encode(), "file.digest", card=True)
    return kept


def grow(world: World, visibility: str) -> None:
    for number in range(9):
        heading = Heading.objects.create(title=f"Under {visibility} {number}", place=number) if number % 3 else None
        make_space(f"More {visibility} {number}", visibility, heading=heading or world.spaces[visibility].heading)
        give(make_person(f"Insider {number}"), "space.member", world.spaces[visibility])
