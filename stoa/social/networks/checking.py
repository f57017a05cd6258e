"""What a network would refuse, found before anything is sent: from its rules alone, without its name."""

from __future__ import annotations

from dataclasses import dataclass

from stoa.social.networks.counting import STRATEGIES, counts_of
from stoa.social.networks.protocol import Outgoing, Picture, PictureLimit, Rules, Video, VideoLimit

NEARLY = 1.01  # sides are whole pixels, so that 9:16 is rarely exactly that


@dataclass(frozen=True)
class Objection:
    """What is wrong with one field of an outgoing part, and what the writer can change."""

    field: str
    reason: str
    mend: str


def objections(outgoing: Outgoing, rules: Rules) -> tuple[Objection, ...]:
    """Empty when the network's own rules leave nothing to refuse."""
    shown = (*_of_needs(outgoing, rules), *_of_pictures(outgoing, rules.pictures), *_of_video(outgoing, rules.videos))
    return (*_of_text(outgoing, rules), *shown, *_of_link(outgoing, rules))


def _of_needs(outgoing: Outgoing, rules: Rules) -> list[Objection]:
    """A network of pictures or videos takes no post without one. What answers somebody is words there."""
    there = {"picture": bool(outgoing.pictures), "video": outgoing.video is not None}
    wanted = rules.needs.split(" or ") if rules.needs else []
    if not wanted or outgoing.answers or any(there[each] for each in wanted):
        return []
    named = " or ".join(f"a {each}" for each in wanted)
    field = "pictures" if "picture" in wanted else "video"
    return [Objection(field, f"This network takes no post without {named}.", f"Add {named}.")]


def _of_text(outgoing: Outgoing, rules: Rules) -> list[Objection]:
    has_media = bool(outgoing.pictures) or outgoing.video is not None
    if not outgoing.text.strip() and not has_media and outgoing.card is None:
        return [Objection("text", "There is nothing to publish yet.", "Write a text or add a picture.")]
    found = []
    limits = rules.text_limits(with_pictures=has_media, is_answer=bool(outgoing.answers))
    for count in counts_of(outgoing.text, limits):
        if count.is_over:
            unit = "bytes" if count.count == "bytes" else "characters"
            reason = f"The text has {count.used} {unit}; this network takes {count.at_most}."
            found.append(Objection("text", reason, f"Shorten it by {-count.left} {unit}."))
    return found


def _of_pictures(outgoing: Outgoing, limit: PictureLimit | None) -> list[Objection]:
    if not outgoing.pictures:
        return []
    if limit is None:
        return [Objection("pictures", "This network takes no pictures.", "Remove the pictures.")]
    found = []
    if len(outgoing.pictures) > limit.at_most:
        reason = f"There are {len(outgoing.pictures)} pictures; this network takes {limit.at_most}."
        found.append(Objection("pictures", reason, f"Remove {len(outgoing.pictures) - limit.at_most}."))
    for number, picture in enumerate(outgoing.pictures[: limit.at_most], start=1):  # those beyond must go anyway
        found += _of_picture(number, picture, limit)
    return found


def _of_picture(number: int, picture: Picture, limit: PictureLimit) -> list[Objection]:
    found = []
    if picture.mime not in limit.mimes:
        reason = f"Picture {number} is {picture.mime}, which this network does not take."
        found.append(Objection("pictures", reason, "Use one of: " + ", ".join(limit.mimes) + "."))
    if len(picture.content) > limit.bytes_at_most:
        reason = f"Picture {number} has {len(picture.content)} bytes; this network takes {limit.bytes_at_most}."
        found.append(Objection("pictures", reason, "Use a smaller version of it."))
    used = STRATEGIES[limit.alt_count](picture.alt) if limit.alt_at_most else 0
    if used > limit.alt_at_most:
        reason = f"The description of picture {number} has {used} characters; this network takes {limit.alt_at_most}."
        found.append(Objection("alt", reason, "Shorten the description."))
    return found


def _of_video(outgoing: Outgoing, limit: VideoLimit | None) -> list[Objection]:
    video = outgoing.video
    if video is None:
        return []
    if limit is None:
        return [Objection("pictures", "Videos do not go to this network from here.", "Take it out, or use a picture.")]
    found = []
    if outgoing.pictures and not limit.beside_pictures:
        reason = "This network shows a video or pictures, not both."
        found.append(Objection("pictures", reason, "Take the video out, or the pictures."))
    if video.mime not in limit.mimes:
        reason = f"The video is {video.mime}, which this network does not take."
        found.append(Objection("pictures", reason, "Use one of: " + ", ".join(limit.mimes) + "."))
    if video.size > limit.bytes_at_most:
        reason = f"The video has {_megabytes(video.size)} MB; this network takes {_megabytes(limit.bytes_at_most)}."
        found.append(Objection("pictures", reason, "Use a smaller version of it."))
    return [*found, *_of_length(video, limit), *_of_shape(video, limit), *_of_words(video, limit)]


def _of_length(video: Video, limit: VideoLimit) -> list[Objection]:
    if video.seconds > limit.seconds_at_most:
        reason = f"The video lasts {video.seconds:.0f} seconds; this network takes {limit.seconds_at_most:.0f}."
        return [Objection("pictures", reason, "Use a shorter version of it.")]
    if video.seconds < limit.seconds_at_least:
        reason = f"The video lasts {video.seconds:.1f} seconds; this network wants at least {limit.seconds_at_least:g}."
        return [Objection("pictures", reason, "Use a longer version of it.")]
    return []


def _of_shape(video: Video, limit: VideoLimit) -> list[Objection]:
    ratio = video.width / video.height if video.width and video.height else 0
    if not ratio:
        return []
    if limit.ratio_max and ratio > limit.ratio_max * NEARLY:
        reason = f"The video is too wide: {ratio:.2f} to 1; this network takes {limit.ratio_max:.2f}."
        return [Objection("pictures", reason, "Use a version that is cut less wide.")]
    if limit.ratio_min and ratio < limit.ratio_min / NEARLY:
        reason = f"The video is too tall: {ratio:.2f} to 1; this network takes {limit.ratio_min:.2f}."
        return [Objection("pictures", reason, "Use a version that is cut less tall.")]
    return []


def _of_words(video: Video, limit: VideoLimit) -> list[Objection]:
    used = STRATEGIES[limit.alt_count](video.alt) if limit.alt_at_most else 0
    if used <= limit.alt_at_most:
        return []
    reason = f"The description of the video has {used} characters; this network takes {limit.alt_at_most}."
    return [Objection("alt", reason, "Shorten the description.")]


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.3g}"


def _of_link(outgoing: Outgoing, rules: Rules) -> list[Objection]:
    if not outgoing.link or outgoing.link in outgoing.text:
        return []
    if outgoing.card is None or not rules.link.card:
        return [Objection("link", "The link is not in the text.", "Put the link into the text.")]
    if (outgoing.pictures or outgoing.video) and not rules.link.card_beside_pictures:
        reason = "With pictures, this network shows no link card."
        return [Objection("link", reason, "Put the link into the text, or remove the pictures.")]
    return []
