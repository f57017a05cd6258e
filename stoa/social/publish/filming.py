"""The video of a post: one, in the place of its pictures. It goes through the same hands (lent by the library, credited, frozen by its
file's id), but is never read whole: whoever sends it opens it as a stream.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from stoa.base import files
from stoa.base.models.file import File
from stoa.social.networks.checking import Objection
from stoa.social.networks.protocol import Video
from stoa.social.publish.material import Shown


def video_of(file: File, alt: str) -> Video:
    """The video of a file, with its words."""
    return Video(
        partial(opened, file), file.size, file.media_type, alt, file.width or 0, file.height or 0, file.seconds or 0.0
    )


def opened(file: File) -> BinaryIO:
    return cast(BinaryIO, files.open_file(file))


def video_among(shown: Iterable[Shown], known: Mapping[int, File]) -> Video | None:
    """The first one, if any of these is one."""
    found = (each for each in shown if each.file in known and known[each.file].is_video)
    return next((video_of(known[each.file], each.alt) for each in found), None)


def video_objections(shown: Iterable[Shown], known: Mapping[int, File]) -> list[Objection]:
    """What no network is asked about: a post has one video."""
    count = sum(each.file in known and known[each.file].is_video for each in shown)
    if count < 2:
        return []
    return [Objection("picture", _("A post carries one video."), _("Take the others out."))]


def has_video(content: Mapping[str, Any]) -> bool:
    """Whether a frozen content names one."""
    numbers = [each["file"] for each in content.get("pictures", ())]
    return bool(numbers) and File.objects.filter(id__in=numbers, media_type__startswith="video/").exists()
