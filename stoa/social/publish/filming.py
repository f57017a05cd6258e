"""The video of a post: one, in the place of its pictures. It goes through the same hands (lent by the library, credited, frozen by its
file's id), but is never read whole: whoever sends it opens it as a stream.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from stoa.base import files
from stoa.base.models.file import File
from stoa.social.library.filmed import fits, plan, rule_of, said
from stoa.social.library.models import Asset
from stoa.social.networks.checking import Objection
from stoa.social.networks.protocol import Video, VideoLimit
from stoa.social.publish.material import Shown
from stoa.social.publish.models import Post, VideoFit
from stoa.social.publish.models.video_fit import DONE, FAILED


def video_of(file: File, alt: str) -> Video:
    """The video of a file, with its words."""
    return Video(
        partial(opened, file), file.size, file.media_type, alt, file.width or 0, file.height or 0, file.seconds or 0.0
    )


def opened(file: File) -> BinaryIO:
    return cast(BinaryIO, files.open_file(file))


def video_among(shown: Iterable[Shown], known: Mapping[int, File], limit: VideoLimit | None) -> Video | None:
    """The first one, if any of these is one, as the network with this limit takes it."""
    found = (each for each in shown if each.file in known and known[each.file].is_video)
    return next((video_of(fitted_film(known[each.file], limit)[0], each.alt) for each in found), None)


def fitted_film(file: File, limit: VideoLimit | None) -> tuple[File, VideoFit | None]:
    """What goes out under this limit: the file itself, or what it became; and what is known of fitting it."""
    if limit is None or fits(file, limit):
        return file, None
    fit = VideoFit.objects.filter(of=file, rule=rule_of(limit)).select_related("file").first()
    return (fit.file, fit) if fit and fit.file else (file, fit)


def wanted_fits(post: Post) -> list[tuple[File, str, VideoLimit]]:
    """For each rule of the post's channels that its video does not meet as it is, and that fitting would: file, rule and limit."""
    named = {each["file"]: each.get("asset", 0) for each in post.pictures}
    film = File.objects.filter(id__in=named, media_type__startswith="video/").order_by("id").first() if named else None
    if film is None:
        return []
    asset = Asset.objects.filter(id=named[film.id]).first()
    limits = [each.channel.rules.videos for each in post.variants.select_related("channel")]
    wanted = {rule_of(limit): limit for limit in limits if limit and may_be_fitted(film, limit, asset)}
    there = set(VideoFit.objects.filter(of=film).exclude(state=FAILED).values_list("rule", flat=True))
    return [(film, rule, limit) for rule, limit in wanted.items() if rule not in there]


def may_be_fitted(film: File, limit: VideoLimit, asset: Asset | None) -> bool:
    """Whether fitting helps, and its licence lets it be done: one that forbids changes may be made smaller, and is never cut."""
    made = None if fits(film, limit) else plan(film, limit)
    if made is None:
        return False
    is_cut = made.box is not None or made.seconds < (film.seconds or 0)
    return asset is None or asset.terms.cuts or not is_cut


def notes_on(film: File, used: File, fit: VideoFit | None) -> tuple[str, ...]:
    """What is done to it there, or becomes of that."""
    if fit is None:
        return ()
    if fit.state == FAILED:
        return (fit.reason,)
    return tuple(said(film, used)) if fit.state == DONE else (_("It is being fitted to this network."),)


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
