"""The history of a topic or a reply as somebody reads it: each change with what it took out and put in."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base import ids
from stoa.base.text import for_editing, sockets
from stoa.base.text.differences import Passage, differences
from stoa.base.text.source import PERSON
from stoa.community.talk.models import Reply, Topic, Version

PAGE = 10


@dataclass(frozen=True)
class Change:
    """One change: of what, when, why, and what differs; both are None where a version on either side was removed."""

    version: Version
    at: datetime
    why: str
    title: list[Passage] | None
    text: list[Passage] | None


@dataclass(frozen=True)
class History:
    """A page of changes, the latest first; `more` is where the next page begins, or ""."""

    changes: list[Change]
    more: str


def history_of(written: Topic | Reply, before: str = "") -> History:
    """Two queries, and one when somebody is named. `before` is the version above which the page before ended."""
    rows = Version.objects.of(written).select_related("removed_by")
    above = ids.read(before)
    found = list((rows.filter(id__lte=above) if above else rows)[: PAGE + 2])
    title = written.title if isinstance(written, Topic) else ""
    newer = Version(title=title, source=written.source)
    if above and found and found[0].id == above:
        newer = found.pop(0)
    shown = found[:PAGE]
    names = sockets.names_of(_named([newer, *shown]))
    changes = []
    for row in shown:
        old, new = (for_editing(each.source, names) for each in (row, newer))
        can_show = not row.is_removed and not newer.is_removed
        changes.append(
            Change(
                row,
                row.changed_at,
                row.why,
                differences(row.title, newer.title) if can_show and row.title != newer.title else None,
                differences(old, new) if can_show else None,
            )
        )
        newer = row
    return History(changes, shown[-1].shown_id if len(found) > PAGE else "")


def _named(versions: list[Version]) -> set[int]:
    """Whom these texts name."""
    found = (ids.parse(match[1]) for version in versions for match in PERSON.finditer(version.source))
    return {number for number in found if number is not None}
