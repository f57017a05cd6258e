"""The small picture that stands for a video: a frame of it where ffmpeg is there, else one that we draw."""

import io

from PIL import Image, ImageDraw

from stoa.base import ffmpeg
from stoa.base.files.pictures import LONGEST_THUMB_SIDE, MOST_PIXELS

GROUND, SIGN = "#2b3a42", "#f4efe4"
EARLY = 1.0  # seconds: the very first frame is often black


def first_frame(path: str, media_type: str, seconds: float) -> bytes:
    """As WebP; nothing when there is no ffmpeg, or it cannot read the file."""
    at, most = f"{min(EARLY, seconds / 2):.3f}", str(LONGEST_THUMB_SIDE)
    fit = f"scale={most}:{most}:force_original_aspect_ratio=decrease"
    one = ("-frames:v", "1", "-vf", fit, "-f", "image2pipe", "-c:v", "png", "pipe:1")
    asked = ("-ss", at, *ffmpeg.reading(path, media_type), *one)
    made = ffmpeg.output(asked, seconds=20)
    try:
        with Image.open(io.BytesIO(made), formats=("PNG",)) as opened:
            return webp(opened.convert("RGB")) if opened.width * opened.height <= MOST_PIXELS else b""
    except OSError:
        return b""


def drawn(width: int, height: int) -> bytes:
    """A dark ground in the video's shape with the sign for playing."""
    scale = LONGEST_THUMB_SIDE / max(width, height)
    wide, high = max(2, round(width * scale)), max(2, round(height * scale))
    picture = Image.new("RGB", (wide, high), GROUND)
    x, y, arm = wide / 2, high / 2, min(wide, high) / 7
    ImageDraw.Draw(picture).polygon([(x - arm * 0.8, y - arm), (x - arm * 0.8, y + arm), (x + arm, y)], fill=SIGN)
    return webp(picture)


def webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80)
    return out.getvalue()
