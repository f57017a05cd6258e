"""Bytes in the storage (STORAGES["default"]), named by their digest."""

import hashlib
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from stoa.base.models.file import File


def path_of(digest: str) -> str:
    """The name of these bytes below the storage's root."""
    return f"{digest[:2]}/{digest}"


def put(content: bytes) -> str:
    """Stores bytes, once, and gives their digest. Not inside a transaction: a storage may be far away."""
    digest = hashlib.sha256(content).hexdigest()
    name = path_of(digest)
    if not default_storage.exists(name):
        saved = default_storage.save(name, ContentFile(content))
        if saved != name:  # somebody else stored the same bytes meanwhile
            default_storage.delete(saved)
    return digest


def drop(digest: str) -> None:
    """Forgets bytes that no row names any more."""
    if digest and not File.objects.filter(digest=digest).exists() and not File.objects.filter(thumb=digest).exists():
        default_storage.delete(path_of(digest))


def open_file(file: File, *, thumb: bool = False) -> IO[bytes]:
    """The stored bytes, to be read and closed. Raises FileNotFoundError."""
    return default_storage.open(path_of(file.thumb if thumb and file.thumb else file.digest), "rb")
