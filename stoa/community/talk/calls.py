"""Calls of groups in topics and replies: which ones an edit keeps, and whom a text calls."""

from stoa.base.actors import Actor
from stoa.base.text import group_keys
from stoa.community.talk.models import Reply, Topic
from stoa.spaces.calling import callable_by, called
from stoa.spaces.models import Space


def called_before(written: Topic | Reply, space: Space, by: Actor) -> dict[str, str]:
    """The words of the groups that this text called already: a call goes out once, when it is written, and an edit adds none."""
    known = group_keys(written.html)
    return {word: key for word, key in callable_by(by, space).items() if key in known} if known else {}


def called_by(written: Topic | Reply, space: Space) -> set[int]:
    """Whom this text calls. No query where it calls no group."""
    keys = group_keys(written.html)
    return called(keys, space) if keys else set()
