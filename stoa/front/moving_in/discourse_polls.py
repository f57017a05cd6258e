"""Polls of a Discourse backup: what their votes came to, where everybody could see it there. Who voted for what stays behind."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from html import unescape

from stoa.front.moving_in import tokens
from stoa.front.moving_in.discourse_rows import Row
from stoa.front.moving_in.van import Van

ALWAYS, ON_VOTE, ON_CLOSE = "0", "1", "2"  # when people saw the results; there is also: staff alone
CLOSED = "1"
COUNTED = ("0", "1", "2")  # kinds whose votes add up: regular, multiple, number; not those that rank
Totals = Mapping[tuple[str, str], str]  # by the post's key and the poll's name


class Polls:
    """Counted as the rows come by, in whichever order."""

    def __init__(self) -> None:
        self.polls: list[Row] = []
        self.options: list[Row] = []
        self.votes: Counter[str] = Counter()
        self.takes: Mapping[str, Callable[[Row], None]] = {
            "polls": self.polls.append, "poll_options": self.options.append, "poll_votes": self._voted,
        }  # fmt: skip

    def told(self, van: Van, posts: Mapping[str, str]) -> Totals:
        """The totals as a line of text each; `posts`: keys by the numbers of posts. Votes that nobody was to see are only counted."""
        found: dict[tuple[str, str], str] = {}
        for poll in self.polls:
            options = [each for each in self.options if each.get("poll_id") == poll.get("id")]
            counts = [(_plain(str(each.get("html") or "")), self._count(each)) for each in options]
            whole = sum(count for _, count in counts)
            if post := posts.get(str(poll.get("post_id"))) if _is_open(poll) else None:
                van.note("poll_totals", post, whole)
                found[post, str(poll.get("name") or "poll")] = " · ".join(f"{said}: {count}" for said, count in counts)
            elif whole:
                van.leave("poll_votes", count=whole)
        return found

    def _voted(self, row: Row) -> None:
        self.votes[str(row.get("poll_option_id"))] += 1

    def _count(self, option: Row) -> int:
        return self.votes[str(option.get("id"))] + int(option.get("anonymous_votes") or 0)


def _is_open(poll: Row) -> bool:
    """Whether everybody who could vote could see the results."""
    results = str(poll.get("results") or ALWAYS)
    is_seen = results in (ALWAYS, ON_VOTE) or (results == ON_CLOSE and str(poll.get("status")) == CLOSED)
    return is_seen and str(poll.get("type") or "0") in COUNTED


def _plain(html: str) -> str:
    return " ".join(tokens.cleaned(unescape(re.sub(r"<[^>]*>", "", html))).split())[:200] or "…"
