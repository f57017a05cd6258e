"""What of a post goes out on one channel, piece by piece: its parts and its first comment, or all as one text where a network has neither.

Credit, link, card and pictures go with the first part, where a reader looks for them; a marker to look for is so in the first alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Replies
from stoa.social.publish.framing import Framed, frame
from stoa.social.publish.material import Shown
from stoa.social.publish.outgoing import Content, freeze
from stoa.social.publish.parting import as_one, parts_of


@dataclass(frozen=True)
class Written:
    """What was written for a channel, and what goes with it."""

    words: str
    comment: str = ""
    credit: str = ""
    link: str = ""
    card_title: str = ""
    pictures: Sequence[Shown] = ()
    language: str = ""
    is_numbered: bool = False


@dataclass(frozen=True)
class Piece:
    """What one delivery sends. `part` counts from 1; a comment answers part 1."""

    role: str
    part: int
    framed: Framed
    link: str = ""
    pictures: Sequence[Shown] = ()
    language: str = ""

    @property
    def content(self) -> Content:
        return freeze(
            self.framed.text, link=self.link, card=self.framed.card, pictures=self.pictures, language=self.language
        )

    @property
    def name(self) -> str:
        return _("First comment") if self.role == "comment" else _("Part %(number)s") % {"number": self.part}


def takes_comments(channel: Channel) -> bool:
    """Whether an answer of ours can stand below a post of ours: through the interface, or by hand anywhere."""
    return channel.is_by_hand or isinstance(channel.connector, Replies)


def has_threads(channel: Channel) -> bool:
    return bool(channel.rules.threads) and takes_comments(channel)


def pieces_of(written: Written, channel: Channel) -> list[Piece]:
    """At least one. What a network cannot show apart is joined to the text, so that nothing is lost; `why_joined` says so."""
    parts, comment = parts_of(written.words), written.comment.strip()
    if not has_threads(channel):
        parts = [as_one(parts)]
    if comment and not takes_comments(channel):
        parts, comment = [as_one([*parts, comment])], ""
    if written.is_numbered and len(parts) > 1:
        parts = [numbered(part, number, len(parts)) for number, part in enumerate(parts, 1)]
    framed = frame(
        parts[0], rules=channel.rules, credit=written.credit, link=written.link, card_title=written.card_title,
        pictures=written.pictures,
    )  # fmt: skip
    first = Piece("post", 1, framed, written.link, written.pictures, written.language)
    rest = [plain("part", number, part, written) for number, part in enumerate(parts[1:], 2)]
    return [first, *rest, *([plain("comment", 1, comment, written)] if comment else [])]


def plain(role: str, part: int, text: str, written: Written) -> Piece:
    return Piece(role, part, Framed(text, None), language=written.language)


def numbered(text: str, number: int, most: int) -> str:
    return f"{text} {number}/{most}"


def why_joined(written: Written, channel: Channel) -> str:
    """The sentence for the writer, where what was written apart goes out as one text."""
    parts, comment = len(parts_of(written.words)), bool(written.comment.strip())
    if parts > 1 and not has_threads(channel):
        return _("There are no threads on %(channel)s: the %(count)s parts go out as one post.") % {
            "channel": channel.title, "count": parts,
        }  # fmt: skip
    if comment and not takes_comments(channel):
        return _("Nothing can answer a post on %(channel)s from here: the first comment stands at its end.") % {
            "channel": channel.title
        }
    return ""
