"""What newsletters put into the world of the access tests: one with an issue and its picture, public as they are, and somebody who gets
it, whom only those who manage it may see (`test_private.py` looks for that address everywhere)."""

from __future__ import annotations

from stoa.base import clock
from stoa.social.networks.newsletter.home.actions.issues import Draft, write_issue
from stoa.social.networks.newsletter.home.actions.pictures import store_picture
from stoa.social.networks.newsletter.home.models import Mail
from stoa.social.networks.newsletter.home.models.mail import TAKEN
from stoa.social.networks.newsletter.home.tests.makers import drawn, make_letter, make_subscriber
from tests.access.world import World

ADDRESS = "kept-quiet@example.org"


def build(world: World, visibility: str) -> None:
    if visibility != "public":
        return
    letter = make_letter("guild-letter", name=world.words("newsletter.name"))
    picture = store_picture(drawn(), by=letter)
    world.put("newsletter.newsletter", letter)
    draft = Draft(world.words("newsletter.title"), world.words("newsletter.issue"), pictures=[(picture, "A square")])
    world.put("newsletter.issue", write_issue(draft, by=letter, key="first"))
    world.put("newsletter.picture", picture)
    world.put("newsletter.subscriber", make_subscriber(letter, ADDRESS))


def grow(world: World, visibility: str) -> None:
    if visibility == "public":
        letter = world.get("newsletter.newsletter", "public")
        for number in range(9):
            make_letter(f"more-{number}", name=f"More {number}")
            make_subscriber(letter, f"more{number}@example.org")
            write_issue(Draft(f"Number {number}", "And more."), by=letter, at=clock.now())
        Mail.objects.update(state=TAKEN)  # an issue is on its page once somebody has it
