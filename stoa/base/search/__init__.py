"""Search: one interface over SQLite's FTS5 and PostgreSQL's full text. Written in the action, in its transaction; read with rights.

    index(Document("talk.topic", topic.id, topic.title, plain(topic.html), at=topic.at, by_id=topic.by_id,
                   audience=Audience.SCOPE, scope=topic.space_id, facets=frozenset({"answered"})))
    found = query("tea pots", to=Readable(members=True, scope_ids=actor.scope_ids("space", "spaces.read")),
                  within=Within(keys=["talk.topic"], facets=["answered"]))
    mended = corrected("tae pots", to=…)

Accents and case are folded and Chinese, Japanese, Korean and Thai cut into pairs here, in Python, on both sides, so that both
databases find the same rows. All words must occur; the last may be a beginning; words in quotation marks must follow each other.
Nothing else that is typed is an operator. See `docs/decisions/23-search.md`.
"""

from stoa.base.models.search import Audience
from stoa.base.search.alike import alike
from stoa.base.search.documents import Document, index, index_many, narrow, readdress, remove
from stoa.base.search.kinds import Kind, kind_of, kinds, offer
from stoa.base.search.marks import highlight, snippet
from stoa.base.search.meant import corrected
from stoa.base.search.query import EVERYTHING, Found, Reach, Readable, Within, count, query, reach
from stoa.base.search.spelling import recount

__all__ = [
    "EVERYTHING", "Audience", "Document", "Found", "Kind", "Reach", "Readable", "Within", "alike", "corrected", "count", "highlight",
    "index", "index_many", "kind_of", "kinds", "narrow", "offer", "query", "reach", "readdress", "recount", "remove", "snippet",
]  # fmt: skip
