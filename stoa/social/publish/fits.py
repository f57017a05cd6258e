"""The pictures of a post as one channel's preview shows them: cut and made smaller as they will go out, with what was done in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base import ffmpeg, things
from stoa.base.actors import Actor
from stoa.base.models.file import File
from stoa.social.library.fitted import Fitted, said
from stoa.social.library.models import Asset
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Outgoing, Picture, Video
from stoa.social.publish.filming import fitted_film, may_be_fitted, notes_on, video_of
from stoa.social.publish.material import Shown
from stoa.social.publish.models import AssetUse
from stoa.social.publish.picturing import ASSET, fit_of, picture_as_it_is, trial_picture, unread


@dataclass(frozen=True)
class PictureFit:
    """One picture on one channel, or the video. `address`: where exactly those bytes are shown that will go out; empty when it goes out
    as it is. `state`: of a video that does not fit as it is, "open" (somebody may ask for it), or what became of that."""

    file: File
    picture: Picture | Video
    address: str
    notes: tuple[str, ...]
    state: str = ""

    @property
    def thumb_address(self) -> str:
        return self.address or self.file.thumb_address


def seen_files(shown: Sequence[Shown], actor: Actor) -> dict[int, File]:
    """Those of the files that this actor may see: what a form names is only a number."""
    known = File.objects.in_bulk([each.file for each in shown]) if shown else {}
    belonging = [(each.thing_key, each.thing_id) for each in known.values() if each.thing_id is not None]
    seen = things.rows(belonging, to=actor)
    own = actor.person_id
    return {
        number: file
        for number, file in known.items()
        if (file.thing_key, file.thing_id) in seen
        or (file.thing_id is None and own is not None and file.owner_id == own)
    }


def known_shown(shown: Sequence[Shown], pictures: Sequence[tuple[File, str]]) -> list[Shown]:
    """Those whose files are seen, each with its asset where it truly is that one: what a form names is only a number."""
    files_seen = {file.id: file for file, _alt in pictures}
    posts = {file.thing_id for file in files_seen.values() if file.thing_key == "publish.post"}
    asks = bool(posts) and any(each.asset for each in shown)
    uses = set(AssetUse.objects.filter(post__in=posts).values_list("post", "asset")) if asks else set()
    return [
        replace(each, asset=each.asset if is_of(files_seen[each.file], each.asset, uses) else 0)
        for each in shown
        if each.file in files_seen
    ]


def is_of(file: File, asset: int, uses: set[tuple[int, int]]) -> bool:
    return (file.thing_key, file.thing_id) == (ASSET, asset) or (
        file.thing_key == "publish.post" and (file.thing_id, asset) in uses
    )


def fits_on(
    channel: Channel, shown: Sequence[Shown], pictures: Sequence[tuple[File, str]]
) -> list[tuple[PictureFit, str]]:
    """Each picture as this channel takes it, with its words. `shown` says what must stay in it. Those beyond what the network takes are
    not fitted: they must go anyway."""
    asked, limit = {each.file: each for each in shown}, channel.rules.pictures
    here = [(replace(asked[file.id], alt=alt), file) for file, alt in pictures if file.id in asked]
    films = [(film_on(channel, each, file), each.alt) for each, file in here if file.is_video]
    there = [(each, file) for each, file in here if not file.is_video]
    most = limit.at_most if limit else 0
    fitted = [(fit_on(channel, each, file), each.alt) for each, file in there[:most]]
    return films + fitted + [(PictureFit(file, unread(file, each), "", ()), each.alt) for each, file in there[most:]]


def film_on(channel: Channel, shown: Shown, file: File) -> PictureFit:
    limit = channel.rules.videos
    used, fit = fitted_film(file, limit)
    asset = Asset.objects.filter(id=shown.asset).first() if shown.asset else None
    is_open = fit is None and limit is not None and ffmpeg.is_there() and may_be_fitted(file, limit, asset)
    state = fit.state if fit else "open" if is_open else ""
    return PictureFit(used, video_of(used, shown.alt), used.address, notes_on(file, used, fit), state)


def fit_on(channel: Channel, shown: Shown, file: File) -> PictureFit:
    fit = fit_of(file, shown, channel.rules.pictures)
    if fit is None or fit.content is None:
        return PictureFit(file, picture_as_it_is(file, shown), "", notes_of(fit))
    query = urlencode({"channel": channel.shown_id, "focal": shown.focal})
    address = f"{reverse('publish:fitted', args=[file.id])}?{query}"
    return PictureFit(file, picture_on(channel, shown, file), address, notes_of(fit))


def picture_on(channel: Channel, shown: Shown, file: File) -> Picture:
    """The picture as this channel takes it."""
    return trial_picture(shown, file, channel.rules.pictures)


def notes_of(fit: Fitted | None) -> tuple[str, ...]:
    if fit and fit.too_large:
        return (_("It cannot be made small enough for this network."),)
    return tuple(said(fit)) if fit else ()


def trial(outgoing: Outgoing, fits: Sequence[tuple[PictureFit, str]]) -> Outgoing:
    """What would go out, for the network's rules to judge: with the pictures as they would be, or the video."""
    shown = [fit.picture for fit, _alt in fits]
    pictures = tuple(each for each in shown if isinstance(each, Picture))
    return replace(outgoing, pictures=pictures, video=next((each for each in shown if isinstance(each, Video)), None))
