"""Storing a video: known by its header, kept without place and time, never whole in memory."""

from __future__ import annotations

import tempfile
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage

from stoa.base.errors import Invalid
from stoa.base.files import videos
from stoa.social.networks.plaza.home.errors import not_valid
from stoa.social.networks.plaza.home.models import Account, Picture

BYTES, SECONDS, BLOCK = 20_000_000, 140, 262_144


def store_video(stream: IO[bytes], *, by: Account) -> Picture:
    """A row among the pictures, told from them by its media type."""
    with tempfile.TemporaryFile() as copy:
        while (block := stream.read(BLOCK)) and copy.tell() <= BYTES:
            copy.write(block)
        if copy.tell() > BYTES:
            raise not_valid(f"The video is too large; Plaza takes {BYTES} bytes.", "Use a smaller version.")
        try:
            found = videos.look(copy)
        except Invalid as refusal:
            raise not_valid("This is not a video that Plaza knows.", "Use MP4 or WebM.") from refusal
        if found.seconds > SECONDS:
            raise not_valid(f"The video is too long; Plaza takes {SECONDS} seconds.", "Use a shorter version.")
        videos.blank(copy, found.blanks)
        name = f"plaza/{videos.digest_of(copy)}.{found.media_type.rpartition('/')[2]}"
        copy.seek(0)
        if not default_storage.exists(name):
            default_storage.save(name, File(copy))
    return Picture.objects.create(owner=by, stored=name, mime=found.media_type, width=found.width, height=found.height)
