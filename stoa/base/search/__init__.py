"""Search: one interface over SQLite's FTS5 and PostgreSQL's full text. Written in the action, in its transaction; read with rights.

    index(Document("talk.topic", topic.id, topic.title, plain(topic.html), at=topic.at, by_id=topic.by_id,
                   audience=Audience.SCOPE, scope=topic.space_id))
    found = query("tea pots", to=Readable(members=True, scope_ids=actor.scope_ids("space", "spaces.read")))

Accents and case are folded and Chinese, Japanese, Korean and Thai cut into pairs here, in Python, on both sides, so that both
databases find the same rows. All words must occur; the last may be a beginning. Nothing that is typed is an operator.
"""

from stoa.base.models.search import Audience
from stoa.base.search.documents import Document, index, index_many, readdress, remove
from stoa.base.search.marks import highlight, snippet
from stoa.base.search.query import Found, Readable, count, query

__all__ = [
    "Audience", "Document", "Found", "Readable", "count", "highlight", "index", "index_many", "query", "readdress", "remove",
    "snippet",
]  # fmt: skip
