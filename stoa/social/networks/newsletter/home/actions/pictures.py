"""Storing a picture as it came, once it is known to be one; and forgetting it."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from stoa.base import clock, ids
from stoa.social.networks.newsletter.home.errors import not_valid
from stoa.social.networks.newsletter.home.models import Issue, Newsletter, Picture

BYTES, PIXELS = 1_000_000, 50_000_000
UNUSED, UNUSED_AT_ONCE = timedelta(days=1), 100
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}


def store_picture(content: bytes, *, by: Newsletter) -> Picture:
    forget_unused()
    if len(content) > BYTES:
        raise not_valid(f"The picture has more than {BYTES} bytes.", "Use a smaller version.")
    form, width, height = _measured(content)
    name = f"newsletters/{hashlib.sha256(content).hexdigest()}.{form.lower()}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    size = len(content)
    return Picture.objects.create(owner=by, stored=name, mime=FORMATS[form], size=size, width=width, height=height)


def drop_pictures(issue: Issue) -> None:
    """The rows, and after the commit those files that nothing else shows."""
    names = set(issue.pictures.values_list("stored", flat=True))
    issue.pictures.all().delete()
    Picture.objects.filter(owner=issue.newsletter_id, stored__in=names, issue=None).delete()
    transaction.on_commit(lambda: _forget(names))


def forget_unused() -> None:
    """Pictures that no issue took within a day: the call that stored them was sent twice, or no issue followed."""
    with transaction.atomic():
        old = Picture.objects.filter(issue=None, id__lt=ids.at(clock.now() - UNUSED)).order_by("id")[:UNUSED_AT_ONCE]
        found = dict(old.values_list("id", "stored"))
        if found:
            Picture.objects.filter(id__in=found, issue=None).delete()
            transaction.on_commit(lambda: _forget(set(found.values())))


def _forget(names: set[str]) -> None:
    kept = set(Picture.objects.filter(stored__in=names).values_list("stored", flat=True))
    for name in sorted(names - kept):
        default_storage.delete(name)


def _measured(content: bytes) -> tuple[str, int, int]:
    try:
        image = Image.open(io.BytesIO(content), formats=list(FORMATS))
        form, width, height = str(image.format), image.width, image.height
        image.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise not_valid("This is not a picture that a newsletter takes.", "Use JPEG, PNG, WebP or GIF.") from error
    if width * height > PIXELS:
        raise not_valid("The picture has too many pixels.", "Use a smaller version.")
    return form, width, height
