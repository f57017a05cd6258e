"""Storing a picture: opened, turned upright and written anew, so that nothing but the picture is kept."""

from __future__ import annotations

import hashlib
import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from stoa.social.networks.plaza.home.errors import not_valid
from stoa.social.networks.plaza.home.models import Account, Picture

BYTES = 5_000_000
PIXELS = 40_000_000
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def store_picture(content: bytes, *, by: Account) -> Picture:
    if len(content) > BYTES:
        raise not_valid(f"The picture has {len(content)} bytes; Plaza takes {BYTES}.", "Use a smaller version.")
    image, form = _opened(content)
    file = io.BytesIO()
    image.save(file, format=form)
    written = file.getvalue()
    name = f"plaza/{hashlib.sha256(written).hexdigest()}.{form.lower()}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(written))
    return Picture.objects.create(owner=by, stored=name, mime=FORMATS[form], width=image.width, height=image.height)


def _opened(content: bytes) -> tuple[Image.Image, str]:
    try:
        image = Image.open(io.BytesIO(content), formats=list(FORMATS))
        form = str(image.format)
        if image.width * image.height > PIXELS:
            raise not_valid("The picture has too many pixels.", "Use a smaller version.")
        turned = ImageOps.exif_transpose(image)
        turned.load()
        turned.info.pop("exif", None)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise not_valid("This is not a picture that Plaza knows.", "Use JPEG, PNG or WebP.") from error
    return turned, form
