"""Pictures made anew from their pixels: nothing of the bytes that came in is kept, so nothing hidden in them is either."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from stoa.base.errors import Invalid

MOST_BYTES = 15_000_000
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2400
LONGEST_THUMB_SIDE = 640
MOST_PIXELS_OF_A_CARD, LONGEST_CARD_SIDE = 12_000_000, 320
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
HEAVY = 1_500_000  # bytes: a PNG beyond this is a photograph, and becomes one

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True)
class Remade:
    """A picture as we keep it."""

    content: bytes
    media_type: str
    width: int
    height: int
    thumb: bytes


def remake(content: bytes) -> Remade:
    """Reads pixels (of the first frame), turns them upright, limits the sides and encodes anew. Raises `Invalid`."""
    if len(content) > MOST_BYTES:
        raise _refused(_("This picture is too large."), _("Use one of at most 15 MB."))
    picture, kind = _pixels(content)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    media_type, encoded = _encoded(picture, kind)
    small = picture.copy()
    small.thumbnail((LONGEST_THUMB_SIDE, LONGEST_THUMB_SIDE), Image.Resampling.LANCZOS)
    return Remade(encoded, media_type, picture.width, picture.height, _as(small, "WEBP", quality=80))


@dataclass(frozen=True)
class Small:
    """A small picture for a card, as WebP."""

    content: bytes
    width: int
    height: int


def shrunk(content: bytes) -> Small:
    """The same for the card of a page elsewhere: fewer pixels are read, since nobody waits for what is refused. Raises `Invalid`."""
    picture, _kind = _pixels(content, MOST_PIXELS_OF_A_CARD)
    picture.thumbnail((LONGEST_CARD_SIDE, LONGEST_CARD_SIDE), Image.Resampling.LANCZOS)
    return Small(_as(picture, "WEBP", quality=80), picture.width, picture.height)


def thumb_of(content: bytes) -> tuple[bytes, int, int]:
    """The small picture of one that we made ourselves, with the width and height of that one."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        wide, high = opened.size
        small = _bare(opened)
    small.thumbnail((LONGEST_THUMB_SIDE, LONGEST_THUMB_SIDE), Image.Resampling.LANCZOS)
    return _as(small, "WEBP", quality=80), wide, high


def moves(content: bytes) -> bool:
    """Whether it has more than one frame: of such a picture only the first one would be kept."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            return int(getattr(opened, "n_frames", 1)) > 1
    except Exception:  # what cannot be read is refused where it is read
        return False


def _pixels(content: bytes, most: int = MOST_PIXELS) -> tuple[Image.Image, str]:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > most:
                raise Image.DecompressionBombError
            opened.verify()
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            opened.load()
            kind = opened.format or "PNG"
            upright = ImageOps.exif_transpose(opened)
            return _bare(upright), kind
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _refused(_("This picture has too many pixels."), _("Use one of at most 40 megapixels.")) from None
    except Exception:  # decoders of hostile bytes fail in many ways; each means the same to whoever brought them
        raise _refused(_("This is not a picture that we can read."), _("Use a JPEG, PNG, WebP or GIF file.")) from None


def _bare(picture: Image.Image) -> Image.Image:
    """Pixels alone, in RGB or RGBA: no profile, no comments, no place, no palette."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    pixels = picture.convert(mode)
    bare = Image.new(mode, pixels.size)
    bare.paste(pixels)
    return bare


def _encoded(picture: Image.Image, kind: str) -> tuple[str, bytes]:
    """What it was, where that serves: photographs JPEG, drawings PNG, transparent photographs WebP."""
    if kind == "WEBP":
        return "image/webp", _as(picture, "WEBP", quality=85)
    if kind != "JPEG":
        drawn = _as(picture, "PNG", optimize=True)
        if len(drawn) <= HEAVY:
            return "image/png", drawn
    if picture.mode == "RGBA":
        return "image/webp", _as(picture, "WEBP", quality=85)
    return "image/jpeg", _as(picture, "JPEG", quality=85, progressive=True, optimize=True)


def _as(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _refused(reason: str, mend: str) -> Invalid:
    return Invalid(reason, mend, "file")
