"""The pictures of a post: where they come from, what their licences ask for, and how each is fitted to each channel's network.

A picture of the library is lent to the post: a row of its own over the same bytes, so that whoever sees the post sees it, and what is
planned keeps it whatever becomes of the asset. What goes out is fitted when it is planned, kept, and named by the frozen content.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from stoa.base import files, things
from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.models.file import File
from stoa.social.library.fitted import Fitted, fitted
from stoa.social.library.fitting import CENTRE, PLACES, cut, ratio_words
from stoa.social.library.models import Asset
from stoa.social.networks.checking import Objection
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Picture, PictureLimit, Rules, Video
from stoa.social.publish.fetching import is_reachable
from stoa.social.publish.filming import fitted_film, video_among, video_objections
from stoa.social.publish.material import Shown
from stoa.social.publish.models import AssetUse, Post, Variant

ASSET = "library.asset"


def shown_pictures(post: Post) -> tuple[Shown, ...]:
    """As the post keeps them."""
    return tuple(shown_of(each) for each in post.pictures)


def shown_of(kept: dict[str, Any]) -> Shown:
    return Shown(kept["file"], kept["alt"], kept.get("focal", ""), kept.get("asset", 0))


def shown_in(content: dict[str, Any]) -> tuple[Shown, ...]:
    """As a frozen content names them."""
    return tuple(Shown(each["file"], each["alt"], of=each.get("of", 0)) for each in content.get("pictures", ()))


def may_take(file: File, *, by: Actor) -> bool:
    """Whether this is a picture of the library, for whoever may see that."""
    return file.thing_key == ASSET and things.may_see((ASSET, file.thing_id or 0), by=by)


def kept_pictures(post: Post, shown: Iterable[Shown]) -> list[dict[str, Any]]:
    """The pictures as rows keep them; those of the library are lent to the post."""
    before = {each["file"]: each.get("asset", 0) for each in post.pictures}
    wanted = list(shown)
    known = File.objects.in_bulk([each.file for each in wanted]) if wanted else {}
    return [kept_picture(post, each, known.get(each.file), before) for each in wanted]


def kept_picture(post: Post, shown: Shown, file: File | None, before: dict[int, int]) -> dict[str, Any]:
    asset, number = before.get(shown.file, 0), shown.file
    if file and file.thing_key == ASSET:
        asset, number = file.thing_id or 0, files.lend(file, ("publish.post", post.id)).id
    kept: dict[str, Any] = {"file": number, "alt": shown.alt.strip()[:2000]}
    if shown.focal in PLACES and shown.focal != CENTRE:
        kept["focal"] = shown.focal
    return kept | ({"asset": asset} if asset else {})


def keep_uses(post: Post) -> None:
    """The rows that say which assets this post shows."""
    wanted = {each["asset"] for each in post.pictures if each.get("asset")}
    post.asset_uses.exclude(asset__in=wanted).delete()
    new = wanted - set(post.asset_uses.values_list("asset", flat=True)) if wanted else set()
    rows = Asset.objects.filter(id__in=new).select_related("current").order_by("id") if new else []
    AssetUse.objects.bulk_create([AssetUse(post=post, asset=each, number=each.current.number) for each in rows])


def assets_of(shown: Iterable[Shown]) -> dict[int, Asset]:
    wanted = {each.asset for each in shown if each.asset}
    return Asset.objects.in_bulk(wanted) if wanted else {}


def credit_of(post: Post) -> str:
    """The credit that goes out with it: of its material, and of pictures whose licences ask for it."""
    return credit_with(post.credit, shown_pictures(post))


def credit_with(credit: str, shown: Iterable[Shown]) -> str:
    lines = dict.fromkeys(each.credit_line for each in assets_of(shown).values() if each.credit_line)
    own = [_("Picture: %(credit)s") % {"credit": line} for line in lines]
    return "\n".join([*([credit] if credit else []), *own])


def fit_of(file: File, shown: Shown, limit: PictureLimit | None) -> Fitted | None:
    """How it goes out there; None where the network takes no pictures, and for a video."""
    return fitted(file, limit, shown.focal or CENTRE) if limit and limit.mimes and not file.is_video else None


def fitted_pictures(variant: Variant) -> tuple[Shown, ...]:
    """The post's pictures as this variant's channel takes them, each kept as a file of its own where it had to be changed. Only for
    what is planned: bytes that are stored stay, even where the transaction is undone."""
    shown, rules = shown_pictures(variant.post), variant.channel.rules
    known = File.objects.in_bulk([each.file for each in shown]) if shown else {}
    return tuple(kept_fit(variant.post, each, known[each.file], rules) for each in shown if each.file in known)


def trial_pictures(variant: Variant) -> tuple[tuple[Picture, ...], Video | None]:
    """The same to be checked: with the bytes that would go out, and nothing kept; and the video."""
    shown, limit = shown_pictures(variant.post), variant.channel.rules.pictures
    known = File.objects.in_bulk([each.file for each in shown]) if shown else {}
    most = limit.at_most if limit else 0
    there = [(known[each.file], each) for each in shown if each.file in known and not known[each.file].is_video]
    within = [trial_picture(each, file, limit) for file, each in there[:most]]
    return (*within, *(unread(file, each) for file, each in there[most:])), video_among(
        shown, known, variant.channel.rules.videos
    )


def trial_picture(shown: Shown, file: File, limit: PictureLimit | None) -> Picture:
    fit = fit_of(file, shown, limit)
    if fit is None or fit.content is None:
        return picture_as_it_is(file, shown)
    return Picture(fit.content, fit.mime, shown.alt, fit.width, fit.height)


def picture_as_it_is(file: File, shown: Shown) -> Picture:
    with files.open_file(file) as opened:
        return Picture(opened.read(), file.media_type, shown.alt, file.width or 0, file.height or 0)


def unread(file: File, shown: Shown) -> Picture:
    """One more than the network takes: it is only counted."""
    return Picture(b"", file.media_type, shown.alt, file.width or 0, file.height or 0)


def kept_fit(post: Post, shown: Shown, file: File, rules: Rules) -> Shown:
    if file.is_video:
        used = fitted_film(file, rules.videos)[0]
        return shown if used.id == file.id else replace(shown, file=used.id, of=file.id)
    fit = fit_of(file, shown, rules.pictures)
    if fit is None or fit.content is None:
        return shown
    made = files.keep_made(fit.content, fit.mime, file, ("publish.post", post.id))
    return replace(shown, file=made.id, of=file.id)


def check_pictures(variant: Variant) -> None:
    """Raises `Invalid` for what a licence or a network forbids."""
    for objection in picture_objections(shown_pictures(variant.post), variant.channel):
        raise Invalid(f"{variant.channel.title}: {objection.reason}", objection.mend, field="picture")


def picture_objections(shown: Iterable[Shown], channel: Channel) -> list[Objection]:
    """What a licence forbids on this channel, what it cannot be given from here, and what no post can carry."""
    wanted, limit = list(shown), channel.rules.pictures
    assets = assets_of(wanted)
    known = File.objects.in_bulk([each.file for each in wanted]) if wanted else {}
    found = [*out_of_reach(channel, known.values()), *video_objections(wanted, known)]
    for each in wanted:
        asset, file = assets.get(each.asset), known.get(each.file)
        if asset is None or file is None:
            continue
        is_cut = limit is not None and not file.is_video and is_cut_for(file, each, limit)
        if not asset.terms.goes:
            reason = _("“%(picture)s” may not go out: all rights are reserved.") % {"picture": asset.title}
            found.append(Objection("picture", reason, _("Take it out, or ask whose it is and say so in the library.")))
        elif is_cut and limit and not asset.terms.cuts:
            found.append(Objection("picture", uncut(asset, limit), _("Take it out here, or use another picture.")))
    return found


def out_of_reach(channel: Channel, shown: Iterable[File]) -> list[Objection]:
    """A network that fetches pictures or videos from us must be able to reach us; whoever posts by hand brings them along."""
    rules = channel.rules
    if channel.is_by_hand or is_reachable() or not any(is_fetched(each, rules) for each in shown):
        return []
    reason = _("This network fetches pictures and videos from this installation, and cannot reach it at %(address)s.")
    mend = _("Ask whoever runs it to give it a public https address, or serve this channel by hand.")
    return [Objection("picture", reason % {"address": settings.STOA_URL}, mend)]


def is_fetched(file: File, rules: Rules) -> bool:
    limit = rules.videos if file.is_video else rules.pictures
    return limit is not None and limit.fetched


def is_cut_for(file: File, shown: Shown, limit: PictureLimit) -> bool:
    """As planned, without writing it."""
    return bool(limit.mimes) and cut(file.width or 1, file.height or 1, limit, shown.focal or CENTRE) is not None


def uncut(asset: Asset, limit: PictureLimit) -> str:
    words = _("“%(picture)s” may not be cut (%(licence)s), and this network shows only %(tall)s to %(wide)s.")
    tall, wide = ratio_words(limit.ratio_min or 0.01), ratio_words(limit.ratio_max or 100)
    return words % {"picture": asset.title, "licence": asset.terms.mark, "tall": tall, "wide": wide}


def picture_warnings(shown: Iterable[Shown]) -> list[Objection]:
    """What a person should know before it goes out, and may let be."""
    return [
        Objection(
            "picture", _("Whose “%(picture)s” is, and what that allows, is not known.") % {"picture": each.title},
            _("Find out before it goes out, and say it in the library."),
        )
        for each in assets_of(shown).values()
        if each.licence == "unknown"
    ]  # fmt: skip
