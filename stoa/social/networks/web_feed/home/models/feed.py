"""A feed: a channel of ours that readers fetch."""

from __future__ import annotations

import hashlib
import re

from django.db import models
from django.urls import reverse

from stoa.base.rows import Row

HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class Feed(Row):
    """`authority` is the host and day that all its ids begin with (RFC 4151): they stay when the house moves. `changed_at` is the
    newest change of anything that it serves."""

    handle = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=500)
    authority = models.CharField(max_length=300)
    token_hash = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.handle

    @property
    def tag(self) -> str:
        return f"tag:{self.authority}:{self.handle}"

    def get_absolute_url(self) -> str:
        return reverse("web_feed:feed", kwargs={"handle": self.handle})


def hash_of(token: str) -> str:
    """Tokens are random and long: a plain hash is enough, and only the hash is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
