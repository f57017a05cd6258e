"""What a network allows, costs and shows: data, each with its source and the day it was last read there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True)
class Source:
    """Where a rule is written and when somebody last read it there. `told`: the account's own server says it, and was asked that day."""

    address: str
    checked: date
    told: bool = False


@dataclass(frozen=True)
class TextLimit:
    """At most so many, counted by the strategy of that name in `counting`. `link`: what its server says that a link costs there."""

    count: str
    at_most: int
    source: Source
    link: int | None = None


@dataclass(frozen=True)
class PictureLimit:
    """`alt_at_most` is counted by `alt_count` (0: the network takes no description); `bytes_at_most` is per picture. `text`: what
    the words beside pictures are held to, where that is less than without (a caption). What a picture is fitted to, where the network
    says it: `ratio_min`, `ratio_max` (width by height), `width_at_most`; `format`: what to write when its own format is
    not taken. `fetched`: the network fetches them from our address (`Picture.address`), it takes no bytes."""

    at_most: int
    bytes_at_most: int
    mimes: tuple[str, ...]
    alt_at_most: int
    alt_count: str
    source: Source
    text: tuple[TextLimit, ...] = ()
    ratio_min: float | None = None
    ratio_max: float | None = None
    width_at_most: int | None = None
    format: str = ""
    fetched: bool = False

    @property
    def takes_descriptions(self) -> bool:
        return self.alt_at_most > 0


ENDLESS = float("inf")


@dataclass(frozen=True)
class VideoLimit:
    """One video per post. `seconds_at_least`, `seconds_at_most` (`ENDLESS`: as long as it likes): its length; `alt_at_most`,
    `fetched` as with pictures (0: no description)."""

    bytes_at_most: int
    seconds_at_most: float
    mimes: tuple[str, ...]
    source: Source
    seconds_at_least: float = 0
    alt_at_most: int = 0
    alt_count: str = "codepoints"
    beside_pictures: bool = False
    ratio_min: float | None = None
    ratio_max: float | None = None
    fetched: bool = False


@dataclass(frozen=True)
class LinkRule:
    """`counts_as`: characters that any link costs (None: as written). A card may exclude pictures."""

    counts_as: int | None
    card: bool
    card_beside_pictures: bool
    source: Source


@dataclass(frozen=True)
class Rate:
    """At most so many of `what` in so many seconds; one publication weighs `weight` (0: it is none of them)."""

    what: str
    at_most: int
    seconds: int
    source: Source
    weight: int = 1


@dataclass(frozen=True)
class Cost:
    """What the interface costs: one publication with a link (`when="link"`) or any other, each described picture in it, each post that
    is read there, each one that is taken down. By hand nothing costs."""

    what: str
    amount: Decimal
    currency: str
    source: Source
    when: Literal["post", "link", "picture", "reading", "removal"]


@dataclass(frozen=True)
class SameAgain:
    """What the network does about posts that say the same again and again, as a sentence."""

    reason: str
    source: Source


@dataclass(frozen=True)
class Rules:
    """All that composer, preview and check need to know of a network. `lag`: seconds a read-back may be behind. `keyed`: the
    network takes the same key once, so that a second sending of it publishes nothing. `answers`: to whom one may answer there.
    `same_again`: where it punishes posts that repeat themselves. `needs`: what no post there goes without; an answer goes without it.
    `answer_text`: what the words of an answer are held to, where that is less than a post's. `videos_by_hand`: what a person may post
    there, where our interface sends no videos. `at_home`: what is sent there is kept in this very database, so that after a restore a look
    proves nothing of what was sent before."""

    text: tuple[TextLimit, ...]
    pictures: PictureLimit | None
    link: LinkRule
    threads: bool
    lag: float
    rates: tuple[Rate, ...] = ()
    costs: tuple[Cost, ...] = ()
    keyed: bool = True
    answers: Literal["anyone", "when_addressed"] = "anyone"
    videos: VideoLimit | None = None
    videos_by_hand: VideoLimit | None = None
    same_again: SameAgain | None = None
    needs: Literal["", "picture", "video", "picture or video"] = ""
    answer_text: tuple[TextLimit, ...] = ()
    at_home: bool = False

    def text_limits(self, *, with_pictures: bool, is_answer: bool = False) -> tuple[TextLimit, ...]:
        """What the words are held to: those of an answer, or of a caption where there are pictures, and the network has such."""
        return (
            (self.answer_text if is_answer else ())
            or (self.pictures.text if with_pictures and self.pictures else ())
            or self.text
        )

    def takes_words(self, *, of_video: bool) -> bool:
        """Whether what is said of its pictures, or of its video, goes along."""
        if of_video:
            return self.videos is None or self.videos.alt_at_most > 0
        return self.pictures is None or self.pictures.takes_descriptions

    def cost(self, *, with_link: bool, described: int = 0) -> Cost | None:
        """What one post costs, with so many described pictures; None where it costs nothing."""
        found = {each.when: each for each in self.costs}
        whole = (found.get("link") if with_link else None) or found.get("post")
        each = found.get("picture")
        return replace(whole, amount=whole.amount + described * each.amount) if whole and each and described else whole


@dataclass(frozen=True)
class Layout:
    """How a post looks there, as far as a preview needs it."""

    avatar: Literal["circle", "square", "rounded"]
    heading: tuple[Literal["name", "handle", "time"], ...]
    handle_prefix: str
    body: tuple[Literal["text", "pictures", "card"], ...]
    card: Literal["stacked", "beside", "none"]
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """A number that people ask of a post, and whether this network tells it. `reason` when it does not. `paid_of`: it is the part of that
    other measure that was paid for, as the network itself tells it."""

    key: str
    label: str
    offered: bool
    reason: str = ""
    paid_of: str = ""
