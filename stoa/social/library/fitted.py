"""A picture written as its plan says, and what was done to it in words. The same picture, limit and place give the same bytes: what is
previewed is what goes out.
"""

import io
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image

from stoa.base import files
from stoa.base.models.file import File
from stoa.social.library.fitting import JPEG, PNG, Plan, plan, ratio_words
from stoa.social.networks.limits import PictureLimit

KINDS = {JPEG: "JPEG", PNG: "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
QUALITIES = (88, 80, 72, 64)
SMALLER = 0.85  # of each side, when no quality is enough
REMEMBERED = 64_000_000  # bytes of written pictures: while somebody composes, each is asked for many times


@dataclass(frozen=True)
class Fitted:
    """`content` None: it goes out as it is. `too_large`: no way was found to make it small enough. `before`, `after`: bytes.
    `was`: its format before."""

    plan: Plan
    content: bytes | None
    mime: str
    width: int
    height: int
    before: int
    after: int
    was: str
    too_large: bool = False

    @property
    def is_cut(self) -> bool:
        return self.plan.box is not None


def fitted(file: File, limit: PictureLimit, focal: str) -> Fitted:
    """The picture of this file as this network takes it."""
    asked = (file.digest, limit, focal, file.media_type, file.width or 1, file.height or 1)
    if (known := _remembered.get(asked)) is None:
        known = _written(file, limit, focal)
        _remembered.keep(asked, known)
    return known


class Remembered:
    """What was written last, up to so many bytes; threads share it."""

    def __init__(self, most: int) -> None:
        self.most, self.held = most, 0
        self._fits: OrderedDict[Hashable, Fitted] = OrderedDict()
        self._lock = Lock()

    def get(self, asked: Hashable) -> Fitted | None:
        with self._lock:
            if asked in self._fits:
                self._fits.move_to_end(asked)
            return self._fits.get(asked)

    def keep(self, asked: Hashable, fit: Fitted) -> None:
        with self._lock:
            if asked not in self._fits:
                self._fits[asked] = fit
                self.held += weight(fit)
            while self.held > self.most:
                self.held -= weight(self._fits.popitem(last=False)[1])


def weight(fit: Fitted) -> int:
    """Its bytes, and what it weighs without any."""
    return len(fit.content or b"") + 1000


_remembered = Remembered(REMEMBERED)


def _written(file: File, limit: PictureLimit, focal: str) -> Fitted:
    mime, width, height = file.media_type, file.width or 1, file.height or 1
    with files.open_file(file) as opened:
        content = opened.read()
    made = plan(width, height, mime, limit, focal)
    if made.is_untouched and len(content) <= limit.bytes_at_most:
        return Fitted(made, None, mime, width, height, len(content), len(content), mime)
    return write(content, made, limit, mime)


def write(content: bytes, made: Plan, limit: PictureLimit, mime: str) -> Fitted:
    """Cuts, makes smaller and encodes until it fits."""
    with Image.open(io.BytesIO(content)) as opened:
        opened.load()
        picture = opened.crop(made.box) if made.box else opened.copy()
    size, kind = made.size, made.mime or mime
    for _step in range(12):
        small = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
        for each in kinds(kind, limit):
            for quality in QUALITIES:
                out = encoded(small, each, quality)
                if len(out) <= limit.bytes_at_most:
                    return Fitted(made, out, each, *small.size, len(content), len(out), mime)
                if each == PNG:
                    break
        size = (max(1, int(size[0] * SMALLER)), max(1, int(size[1] * SMALLER)))
    return Fitted(made, None, mime, *picture.size, len(content), len(content), mime, too_large=True)


def kinds(kind: str, limit: PictureLimit) -> tuple[str, ...]:
    """What to try at each size: a drawing that is too heavy becomes a photograph before it becomes smaller."""
    return (kind, JPEG) if kind != JPEG and JPEG in limit.mimes else (kind,)


def encoded(picture: Image.Image, mime: str, quality: int) -> bytes:
    """Without profile, comment or place. JPEG knows no transparency: what shines through stands on white."""
    out = io.BytesIO()
    if mime == JPEG and picture.mode != "RGB":
        clear = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", clear.size, "#FFFFFF"), clear).convert("RGB")
    options = {"optimize": True} if mime == PNG else {"quality": quality}
    picture.save(out, KINDS.get(mime, "JPEG"), **options)
    return out.getvalue()


def said(fit: Fitted) -> list[str]:
    """What is done to it, each in a sentence; nothing when it goes out as it is."""
    if fit.content is None:
        return []
    words, box = [], fit.plan.box
    if box:
        words.append(_("Cut to %(ratio)s.") % {"ratio": ratio_words((box[2] - box[0]) / (box[3] - box[1]))})
    whole = (box[2] - box[0], box[3] - box[1]) if box else None
    if (whole and whole != (fit.width, fit.height)) or (not whole and fit.plan.size != (fit.width, fit.height)):
        words.append(_("Made smaller: %(wide)s × %(high)s.") % {"wide": fit.width, "high": fit.height})
    before, after = megabytes(fit.before), megabytes(fit.after)
    if fit.after < fit.before and before != after:
        words.append(_("%(before)s → %(after)s.") % {"before": before, "after": after})
    if fit.mime != fit.was:
        words.append(_("Written as %(format)s.") % {"format": KINDS.get(fit.mime, fit.mime)})
    return words


def megabytes(count: int) -> str:
    if count < 1_000_000:
        return _("%(number)s kB") % {"number": number_format(round(count / 1000), 0)}
    return _("%(number)s MB") % {"number": number_format(count / 1_000_000, 1)}
