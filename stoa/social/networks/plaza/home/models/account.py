"""An account on Plaza: a channel of ours, or a stranger who passes by."""

from __future__ import annotations

import hashlib
import re

from django.db import models

from stoa.base.rows import Row

HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?")


class Account(Row):
    """`told` accounts learn their reach, `quiet` ones do not; a `stranger` has no token and only answers by hand.

    `bio` and `link` are what it says of itself. `crowd_followers` counts readers whom Plaza does not name one by one (the demo's).
    """

    class Kind(models.TextChoices):
        TOLD = "told"
        QUIET = "quiet"
        STRANGER = "stranger"

    handle = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    bio = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=500, blank=True)
    crowd_followers = models.PositiveIntegerField(default=0)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"@{self.handle}"

    @property
    def is_told_its_reach(self) -> bool:
        return self.kind == self.Kind.TOLD

    @property
    def initial(self) -> str:
        return (self.name.strip() or self.handle)[0].upper()

    @property
    def hue(self) -> int:
        """A colour of its own in twelve steps, for the avatar."""
        return hashlib.sha256(self.handle.encode()).digest()[0] % 12 * 30


def hash_of(token: str) -> str:
    """Tokens are random and long: a plain hash is enough, and only the hash is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
