"""What a network would refuse, found before anything is sent: from its rules alone, without its name."""

from __future__ import annotations

from dataclasses import dataclass

from stoa.social.networks.counting import STRATEGIES, counts_of
from stoa.social.networks.protocol import Outgoing, Picture, PictureLimit, Rules


@dataclass(frozen=True)
class Objection:
    """What is wrong with one field of an outgoing part, and what the writer can change."""

    field: str
    reason: str
    mend: str


def objections(outgoing: Outgoing, rules: Rules) -> tuple[Objection, ...]:
    """Empty when the network's own rules leave nothing to refuse."""
    shown = (*_of_needs(outgoing, rules), *_of_pictures(outgoing, rules.pictures))
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
    if not outgoing.text.strip() and not outgoing.pictures and outgoing.card is None:
        return [Objection("text", "There is nothing to publish yet.", "Write a text or add a picture.")]
    found = []
    limits = rules.text_limits(with_pictures=bool(outgoing.pictures), is_answer=bool(outgoing.answers))
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


def _of_link(outgoing: Outgoing, rules: Rules) -> list[Objection]:
    if not outgoing.link or outgoing.link in outgoing.text:
        return []
    if outgoing.card is None or not rules.link.card:
        return [Objection("link", "The link is not in the text.", "Put the link into the text.")]
    if outgoing.pictures and not rules.link.card_beside_pictures:
        reason = "With pictures, this network shows no link card."
        return [Objection("link", reason, "Put the link into the text, or remove the pictures.")]
    return []
