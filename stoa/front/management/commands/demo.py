"""`manage.py demo`: fills a new data folder with the Brackwater Repair Guild, in one transaction, room by room."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from stoa.base import audit, clock, demo, ids
from stoa.base.demo import Story
from stoa.base.models import Site
from stoa.base.shell import forget_site
from stoa.demo_guild import SEED
from stoa.demo_guild.people import by_key
from stoa.people.demo import PASSWORD
from stoa.people.models import Person

NAME, ZONE = "Brackwater Repair Guild", "Europe/London"
SIGN_INS = (
    ("marta", "owner"),
    ("ines", "community manager"),
    ("bashir", "moderator"),
    ("dov", "social media manager"),
    ("philippa", "lead"),
    ("tomasz", "member"),
    ("amara", "newcomer, here since yesterday"),
)


class Command(BaseCommand):
    help = "Fills a new data folder with the demo: the Brackwater Repair Guild."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="1 is the demo, 10 ten times as much")
        parser.add_argument("--seed", type=int, default=SEED, help="another number gives another Guild")

    def handle(self, *args: Any, scale: int, seed: int, **options: Any) -> None:
        if Person.objects.exists():
            raise CommandError(
                "There are people in this folder already: name a new one, as in `bin/run --data FOLDER`."
            )
        for room, seconds in filled(Story(clock.now().replace(second=0, microsecond=0), seed, scale)):
            self.stdout.write(f"  {room.removeprefix('stoa.')} {seconds:.1f} s")
        leave_notes(scale, seed)


def filled(story: Story) -> Iterator[tuple[str, float]]:
    """Everything or nothing; gives each room with how long it took, then seals the log."""
    began = time.monotonic()
    with transaction.atomic(), ids.seeded(story.seed):
        Site.objects.update_or_create(
            id=1, defaults={"name": NAME, "zone": ZONE, "set_up_at": story.now, "is_demo": True}
        )
        for room in demo.fill(story):
            yield room, time.monotonic() - began
            began = time.monotonic()
    audit.seal_new()
    forget_site()
    yield "audit", time.monotonic() - began


def leave_notes(scale: int, seed: int) -> None:
    """The folder's mark, and who one can sign in as."""
    folder = settings.STOA_DATA
    (folder / "demo").write_text(f"scale {scale}\nseed {seed}\n")
    (folder / "demo-sign-ins.txt").write_text("\n".join(sign_ins(scale, seed)) + "\n")


def sign_ins(scale: int = 1, seed: int = SEED) -> Iterator[str]:
    """Lines for who opens the demo."""
    members = by_key(seed, scale)
    yield f"Sign in at {settings.STOA_URL}/sign-in/ as one of these; the password is {PASSWORD}"
    for key, role in SIGN_INS:
        yield f"  {members[key].email:<28} {members[key].name}, {role}"
    yield f"Letters that would have been mailed: {settings.STOA_URL}/mailbox/"
