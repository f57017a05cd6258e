"""How a video is fitted to what a network takes: what is cut, how small it becomes, in which format. Plain functions of numbers.

It is only ever cut or made smaller, only as far as a rule asks for it, and only where ffmpeg is there; its middle stays, and its beginning.
"""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.base import ffmpeg
from stoa.base.models.file import File
from stoa.social.library.fitted import megabytes
from stoa.social.library.fitting import ratio_words
from stoa.social.networks.checking import NEARLY
from stoa.social.networks.limits import VideoLimit

MP4 = "video/mp4"
SOUND, MOST_RATE, LEAST_RATE = 128_000, 5_000_000, 150_000  # bits a second
SPARE = 0.92  # of the bytes that the network takes: what an encoder is asked for it meets only nearly
LARGEST_SIDE = 1920
POORER = (
    (2_500_000, 1280),
    (900_000, 854),
    (450_000, 640),
)  # below so many bits a second, sides of at most so many pixels


@dataclass(frozen=True)
class FilmPlan:
    """`seconds`: how long it is afterwards. `box`: width and height of the middle that stays (None: all of it). `side`: its longer side
    afterwards, at most. `rate`: bits a second for the pictures."""

    seconds: float
    box: tuple[int, int] | None
    side: int
    rate: int


def rule_of(limit: VideoLimit) -> str:
    """The rule as a short word: what was fitted to the same rule need not be fitted again."""
    said = [limit.bytes_at_most, limit.seconds_at_most, limit.mimes, limit.ratio_min, limit.ratio_max]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def fits(file: File, limit: VideoLimit) -> bool:
    """Whether it goes out as it is."""
    seconds = file.seconds or 0
    return (
        file.media_type in limit.mimes
        and file.size <= limit.bytes_at_most
        and seconds <= limit.seconds_at_most
        and cut(file.width or 1, file.height or 1, limit) is None
    )


def plan(file: File, limit: VideoLimit) -> FilmPlan | None:
    """None where fitting helps nothing: too short, no room for the bytes, or no MP4 is taken."""
    seconds = min(file.seconds or 0, limit.seconds_at_most)
    if MP4 not in limit.mimes or seconds <= 0 or seconds < limit.seconds_at_least:
        return None
    rate = min(int(limit.bytes_at_most * 8 * SPARE / seconds) - SOUND, MOST_RATE)
    if rate < LEAST_RATE:
        return None
    side = next((side for least, side in reversed(POORER) if rate < least), LARGEST_SIDE)
    return FilmPlan(seconds, cut(file.width or 1, file.height or 1, limit), side, rate)


def cut(width: int, height: int, limit: VideoLimit) -> tuple[int, int] | None:
    """The largest middle with a ratio that the network takes; None when all of it may stay."""
    ratio = width / height
    if limit.ratio_max and ratio > limit.ratio_max * NEARLY:
        return max(2, int(height * limit.ratio_max)), height
    if limit.ratio_min and ratio < limit.ratio_min / NEARLY:
        return width, max(2, int(width / limit.ratio_min))
    return None


def arguments(made: FilmPlan, source: str, target: str, *, media_type: str) -> tuple[str, ...]:
    """For ffmpeg: H.264 and AAC in an MP4 that begins to play while it loads, without anything that the source says of itself."""
    wide, high = (f"{made.box[0]}", f"{made.box[1]}") if made.box else ("iw", "ih")
    small = f"scale=w='min({made.side},iw)':h='min({made.side},ih)':force_original_aspect_ratio=decrease:force_divisible_by=2"
    return (
        "-y", *ffmpeg.reading(source, media_type), "-t", f"{made.seconds:.3f}", "-map", "0:v:0", "-map", "0:a:0?",
        "-map_metadata", "-1", "-map_chapters", "-1", *ffmpeg.THREADS,
        "-vf", f"crop={wide}:{high},{small},setsar=1", "-c:v", "libx264", "-preset", "medium", "-pix_fmt", "yuv420p",
        "-b:v", str(made.rate), "-maxrate", str(made.rate), "-bufsize", str(made.rate), "-c:a", "aac", "-b:a", str(SOUND), "-ac", "2",
        "-movflags", "+faststart", "-f", "mp4", target,
    )  # fmt: skip


def said(before: File, after: File) -> list[str]:
    """What was done to it, each in a sentence."""
    words = []
    was, now = (before.width or 1) / (before.height or 1), (after.width or 1) / (after.height or 1)
    if (after.seconds or 0) < (before.seconds or 0) - 0.5:
        words.append(_("Cut to its first %(length)s of %(whole)s.") % {"length": after.length, "whole": before.length})
    if not 1 / 1.02 < was / now < 1.02:
        words.append(_("Cut to %(ratio)s.") % {"ratio": ratio_words(now)})
    if (after.width, after.height) != (before.width, before.height):
        words.append(_("Made smaller: %(wide)s × %(high)s.") % {"wide": after.width, "high": after.height})
    words.append(_("%(before)s → %(after)s.") % {"before": megabytes(before.size), "after": megabytes(after.size)})
    if before.media_type != after.media_type:
        words.append(_("Written as %(format)s.") % {"format": "MP4"})
    return words
