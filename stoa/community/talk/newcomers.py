"""What somebody new may put into one text, and how much they may write in a day, until they have settled in (level 1)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotPossible
from stoa.base.options import option, values
from stoa.base.text import Written
from stoa.community.talk import policy
from stoa.community.talk.models import Reply, Topic
from stoa.spaces.models import Space

DAY = timedelta(days=1)
LINK = re.compile(r'<a [^>]*?href="(https?://[^"]*)"')

TOPICS = option(
    "talk.newcomer_topics", 3, "How many topics somebody new (trust level 0) may open in 24 hours.", least=0, most=1000
)
REPLIES = option(
    "talk.newcomer_replies",
    10,
    "How many replies somebody new (trust level 0) may write in 24 hours.",
    least=0,
    most=1000,
)
LINKS = option(
    "talk.newcomer_links", 2, "How many links to other places somebody new may put into one text.", least=0, most=1000
)
PICTURES = option(
    "talk.newcomer_pictures", 1, "How many pictures somebody new may put into one text.", least=0, most=1000
)
MENTIONS = option("talk.newcomer_mentions", 2, "How many people somebody new may name in one text.", least=0, most=1000)


@dataclass(frozen=True)
class Found:
    """What is in one text."""

    links: int
    pictures: int
    mentions: int

    @classmethod
    def of(cls, written: Written) -> "Found":
        own = settings.STOA_URL.rstrip("/") + "/"
        away = [each for each in LINK.findall(written.html) if not unescape(each).startswith(own)]
        return cls(len(away), written.html.count("<img "), len(written.person_ids))


def check_text(written: Written, space: Space, *, by: Actor) -> None:
    """Raises `Invalid` beside the text. Asks nothing where there is nothing to count."""
    found = Found.of(written)
    if not (found.links or found.pictures or found.mentions) or policy.may_write_freely(by, space):
        return
    for count, most, words in (
        (found.links, LINKS, _links),
        (found.pictures, PICTURES, _pictures),
        (found.mentions, MENTIONS, _names),
    ):
        if count and count > (allowed := most.get()):
            what = words(allowed) % {"n": allowed}
            raise Invalid(
                _("While you are new here, a text may hold %(what)s; this one holds %(count)s.")
                % {"what": what, "count": count},
                _("Take some out, or come back to it when you have read a little more."),
                field="source",
            )  # fmt: skip


def _links(n: int) -> str:
    return ngettext("%(n)s link to another place", "%(n)s links to other places", n)


def _pictures(n: int) -> str:
    return ngettext("%(n)s picture", "%(n)s pictures", n)


def _names(n: int) -> str:
    return ngettext("the name of %(n)s person", "the names of %(n)s people", n)


def check_topics(space: Space, *, by: Actor) -> None:
    """Raises `NotPossible` after as many topics in a day as somebody new may open."""
    if policy.may_write_freely(by, space):
        return
    allowed = TOPICS.get()
    if Topic.objects.filter(author_id=by.own_id, opened_at__gt=clock.now() - DAY).count() >= allowed:
        words = ngettext("%(n)s topic a day", "%(n)s topics a day", allowed) % {"n": allowed}
        raise _enough(words)


def check_replies(space: Space, *, by: Actor) -> None:
    """Raises `NotPossible` after as many replies in a day as somebody new may write."""
    if policy.may_write_freely(by, space):
        return
    allowed = REPLIES.get()
    if Reply.objects.filter(author_id=by.own_id, added_at__gt=clock.now() - DAY).count() >= allowed:
        words = ngettext("%(n)s reply a day", "%(n)s replies a day", allowed) % {"n": allowed}
        raise _enough(words)


def _enough(words: str) -> NotPossible:
    return NotPossible(
        _("While you are new here, you can write %(words)s.") % {"words": words},
        _("Your text is kept. Read what others wrote meanwhile; tomorrow you can send it."),
    )


def limits() -> list[str]:
    """What holds for somebody new, in words. One query."""
    now = values()
    one, many = now[TOPICS.key], now[REPLIES.key]
    return [
        ngettext("%(n)s topic in 24 hours", "%(n)s topics in 24 hours", one) % {"n": one},
        ngettext("%(n)s reply in 24 hours", "%(n)s replies in 24 hours", many) % {"n": many},
        *(
            _("%(what)s in one text") % {"what": words(now[most.key]) % {"n": now[most.key]}}
            for most, words in ((LINKS, _links), (PICTURES, _pictures), (MENTIONS, _names))
        ),
    ]
