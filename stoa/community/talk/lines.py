"""What a page says of one topic of a list, or of one reply, to one reader: a shape, and the words in it (`filled` of `base.drawn`)."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.text import slugify
from markupsafe import Markup

from stoa.base.addresses import address
from stoa.community.talk.looks import KINDS, STATUSES, Look


class TopicShape(NamedTuple):
    """How a line is built. `level` is that of its heading."""

    says_author: bool
    author_left: bool
    tagged: str
    level: int

    @property
    def hashtags(self) -> list[str]:
        return [f"#{name}" for name in self.tagged.split()]


class TopicLine(NamedTuple):
    """All that a line says to its reader: the same, the same line (`drawn`). `people` took part, where the list counts them; `unseen` and
    `news` are what is new for them."""

    id: int
    title: str
    author: str
    space: str
    portrait: str
    at: Markup
    shape: TopicShape
    unseen: bool
    news: int
    is_pinned: bool
    kind: str
    status: str
    votes: int
    people: int | None
    is_solved: bool
    replies: int

    @property
    def address(self) -> str:
        return address("talk:topic", topic_id=self.id, slug=slug_of(self.title))

    @property
    def look(self) -> Look:
        return KINDS[self.kind]

    @property
    def status_look(self) -> Look | None:
        return STATUSES.get(self.status)

    def holes(self, avatar: Markup, end: Markup) -> "TopicHoles":
        return TopicHoles(self.title, self.address, self.author, self.space, avatar, self.at, end)


class TopicHoles(NamedTuple):
    """The words of a line."""

    title: str
    address: str
    author: str
    space: str
    avatar: Markup
    at: Markup
    end: Markup


class ReplyShape(NamedTuple):
    """How a reply is built. `bookmark` is whether the reader has one: "marked", "free", or "" where they keep none; `is_unheard`: they
    chose not to read its author; `tallies` are the signs under it, `leaves` whether they may leave one."""

    presence: str
    is_settled: bool
    author_left: bool
    is_unheard: bool
    direction: str
    bookmark: str
    tallies: tuple[Any, ...]
    leaves: bool
    is_own: bool


class ReplyHoles(NamedTuple):
    """The words of a reply; `tools` are panels, `menu` and `tail` forms, ready to be shown."""

    shown_id: str
    author: str
    words: Markup
    marks_address: str
    bookmark_address: str
    person: Markup
    at: Markup
    edited: Markup
    tools: Markup
    menu: Markup
    tail: Markup


@lru_cache(10_000)
def slug_of(title: str) -> str:
    """What stands after the id in a topic's address, for people."""
    return slugify(title, allow_unicode=True)[:60].strip("-") or "topic"
