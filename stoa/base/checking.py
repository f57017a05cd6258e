"""Does it all still fit? Every room's `check.py` has `check() -> Iterable[str]`: complaints about counters and derived rows, recounted
from the rows that they stand for. Base's own stand here: hearings, search, the log's chain, files.
"""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec

from django.db import connection

from stoa.base import audit, clock, things
from stoa.base.actors import VISITOR
from stoa.base.files.storing import path_of
from stoa.base.models import File, Hearing, PageElsewhere, SearchDocument
from stoa.base.models.search import Audience
from stoa.base.search.tables import TABLE
from stoa.rooms import ROOMS
from stoa.settings import HOMES

LATE = timedelta(minutes=10)
SHOWN_AT_MOST = 5


def complaints() -> Iterator[str]:
    """Everything that does not fit, each as a sentence that begins with its room."""
    yield from (f"base: {each}" for each in check())
    for room in ROOMS:
        if room.app != "stoa.base" and find_spec(f"{room.app}.check"):
            yield from (f"{room.label}: {each}" for each in import_module(f"{room.app}.check").check())
    for home in HOMES:
        if find_spec(f"{home}.check"):
            yield from (f"{home.split('.')[-2]}: {each}" for each in import_module(f"{home}.check").check())


def check() -> Iterator[str]:
    """Base's own part."""
    yield from _hearings()
    yield from _search()
    yield from _openness()
    yield from (f"the log's chain, position {fault.position}: {fault.what}" for fault in audit.verify())
    yield from _files()
    yield from _cards()


def _hearings() -> Iterator[str]:
    for hearing in Hearing.objects.exclude(trouble="").select_related("fact")[:SHOWN_AT_MOST]:
        yield f"{hearing.subscriber} could not hear {hearing.fact.name}: {hearing.trouble}"
    waiting = Hearing.objects.filter(trouble="", due_at__lt=clock.now() - LATE).count()
    if waiting:
        yield f"{waiting} hearings have waited for more than ten minutes: does a worker run?"


def _search() -> Iterator[str]:
    """Each document has its words, and each words' row its document."""
    document = SearchDocument._meta.db_table
    with connection.cursor() as cursor:
        for told, one, other, left, right in (
            ("documents without words", document, TABLE, "id", "rowid"),
            ("words without a document", TABLE, document, "rowid", "id"),
        ):
            cursor.execute(
                f"SELECT COUNT(*) FROM {one} WHERE {left} NOT IN (SELECT {right} FROM {other})"  # noqa: S608
            )
            count = cursor.fetchone()[0]
            if count:
                yield f"search holds {count} {told}"


def _openness() -> Iterator[str]:
    """What search gives to everybody is what everybody may see."""
    for key in things.kinds():
        public = set(
            SearchDocument.objects.filter(thing_key=key, audience=Audience.PUBLIC).values_list("thing_id", flat=True)
        )
        numbers = sorted(public)
        for start in range(0, len(numbers), 500):
            part = numbers[start : start + 500]
            seen = {number for _key, number in things.rows([(key, number) for number in part], to=VISITOR)}
            for number in sorted(set(part) - seen)[:SHOWN_AT_MOST]:
                yield f"search shows {key} {number} to everybody, who may not see it"


def _files() -> Iterator[str]:
    from django.core.files.storage import default_storage

    missing = 0
    for digest in File.objects.values_list("digest", flat=True).distinct().iterator():
        missing += not default_storage.exists(path_of(digest))
    if missing:
        yield f"the bytes of {missing} files are gone"


def _cards() -> Iterator[str]:
    """A card of a page elsewhere has the picture that it names, and no picture stays of what is no card any more."""
    named = set(PageElsewhere.objects.exclude(picture_id=None).values_list("id", "picture_id"))
    kept = set(File.objects.filter(thing_key="base.page_elsewhere").values_list("thing_id", "id"))
    if count := len(named ^ kept):
        yield f"{count} cards of pages elsewhere name no picture that is there, or left one behind"
    if count := PageElsewhere.objects.filter(state=PageElsewhere.State.FOUND, title="").count():
        yield f"{count} pages elsewhere were found and say nothing"
