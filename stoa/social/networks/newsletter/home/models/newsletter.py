"""A newsletter: a channel of ours that people have sent to them."""

from __future__ import annotations

import hashlib
import re

from django.db import models
from django.urls import reverse

from stoa.base.rows import Row

HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
TAKEN = ("api", "asked", "choices", "confirmations", "pictures", "requests", "stops")  # addresses of our own pages


class Newsletters(models.QuerySet["Newsletter"]):
    def offered(self) -> Newsletters:
        """Those that anybody may subscribe to."""
        return self.filter(is_open=True)


class Newsletter(Row):
    """`sender` is who it says that it is from, `reply_to` where answers go, `imprint` the line at its foot that says whose it is and where
    they are reached. `is_open`: strangers may subscribe on its page; `is_shown`: its issues can be read there by everybody."""

    handle = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=500)
    sender = models.CharField(max_length=120)
    reply_to = models.EmailField()
    imprint = models.CharField(max_length=500)
    is_open = models.BooleanField(default=True)
    is_shown = models.BooleanField(default=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    at = models.DateTimeField()

    objects = Newsletters.as_manager()

    def __str__(self) -> str:
        return self.handle

    @property
    def is_connected(self) -> bool:
        return bool(self.token_hash)

    def get_absolute_url(self) -> str:
        return reverse("newsletter:newsletter", kwargs={"handle": self.handle})


def hash_of(token: str) -> str:
    """Tokens are random and long: a plain hash is enough, and only the hash is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
