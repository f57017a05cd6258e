"""What people keep about a thing, carried over to the thing that takes its place: follows, bookmarks, notices and what waits to be told of
them. Called by a higher room's action, in its transaction; nobody's mute is overridden, and nobody hears of anything by it."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef

from stoa.base import mail
from stoa.base.things import Reference
from stoa.people.models import Bookmark, Follow, Notice, Push
from stoa.people.models.follow import Follows


def carry_follows(before: Reference, after: Reference, *, to: Collection[int]) -> None:
    """Those among `to` who watch or follow the one do so with the other, unless they have said something about that already."""
    said = set(_about(after).values_list("person_id", flat=True))
    rows = _about(before).exclude(level="mute").filter(person_id__in=to).order_by("id")
    Follow.objects.bulk_create(
        Follow(person_id=row.person_id, thing_key=after[0], thing_id=after[1], level=row.level, at=row.at)
        for row in rows
        if row.person_id not in said
    )


def muted_among(thing: Reference, people: Collection[int]) -> set[int]:
    """Of these people those who muted the thing itself."""
    return set(_about(thing).filter(person_id__in=people, level="mute").values_list("person_id", flat=True))


def carry_bookmarks(before: Reference, after: Reference) -> None:
    """Who marked the one has marked the other, with note and reminder; two marks of one person become one."""
    there = Bookmark.objects.filter(thing_key=after[0], thing_id=after[1]).values("person_id")
    mine = Bookmark.objects.filter(thing_key=before[0], thing_id=before[1])
    mine.exclude(person_id__in=list(there.values_list("person_id", flat=True))).update(
        thing_key=after[0], thing_id=after[1]
    )


def carry_notices(before: Reference, after: Reference, *, kinds: Collection[str] = ()) -> None:
    """Notices of these kinds (of all, where none is named) are about the other thing from now on, and so is what waits to be told of
    them by mail and on devices; unread ones of one kind become one."""
    rows = Notice.objects.filter(thing_key=before[0], thing_id=before[1])
    rows = rows.filter(kind__in=kinds) if kinds else rows
    there = Notice.objects.filter(thing_key=after[0], thing_id=after[1]).unread()
    merged = {(row.person_id, row.kind): row for row in there}
    for row in rows.unread():
        if same := merged.get((row.person_id, row.kind)):
            Notice.objects.filter(id=same.id).update(
                count=F("count") + row.count, last_at=max(same.last_at, row.last_at)
            )
            row.delete()
    rows.update(thing_key=after[0], thing_id=after[1])
    mail.carry_letters(before, after, kinds=kinds)
    _carry_pushes(before, after, kinds)


def _carry_pushes(before: Reference, after: Reference, kinds: Collection[str]) -> None:
    """What waits for a device, each thing once."""
    mine = Push.objects.filter(thing_key=before[0], thing_id=before[1])
    mine = mine.filter(kind__in=kinds) if kinds else mine
    there = Push.objects.filter(
        thing_key=after[0], thing_id=after[1], kind=OuterRef("kind"), device_id=OuterRef("device_id")
    )
    Push.objects.filter(id__in=list(mine.filter(Exists(there)).values_list("id", flat=True))).delete()
    mine.update(thing_key=after[0], thing_id=after[1])


def _about(thing: Reference) -> Follows:
    return Follow.objects.filter(thing_key=thing[0], thing_id=thing[1])
