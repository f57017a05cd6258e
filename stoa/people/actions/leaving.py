"""Export and erasure: everything that is known of a person, given to them, and taken away when they leave.

Every room answers for its own rows through `people.keeping`. What remains of somebody erased is an empty row, so that
what others wrote around them still stands.
"""

import io
import json
import zipfile
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from stoa.base import clock, search
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.files import erase_files_of
from stoa.base.mail import erase_letters_of
from stoa.base.models import FactRow
from stoa.base.rows import Row
from stoa.people.facts import PersonErased, PersonExported
from stoa.people.keeping import Keeping, all_keepings
from stoa.people.models import (
    Block,
    Bookmark,
    DoorAnswer,
    Draft,
    Follow,
    IdentityEvent,
    LevelChange,
    LevelLock,
    Notice,
    NoticeWish,
    Person,
    PersonWord,
    ProfileAnswer,
    ProfileLink,
    QuietHours,
    SignUp,
)
from stoa.people.policy import may_erase, may_export

KEPT = (
    SignUp, DoorAnswer, ProfileAnswer, PersonWord, Bookmark, Draft, Follow, Notice, NoticeWish, QuietHours, LevelChange,
    LevelLock, ProfileLink,
)  # fmt: skip
"""What is theirs alone."""


def export_person(person: Person, *, by: Actor) -> bytes:
    """A zip with one JSON file per room: all that is kept of this person."""
    if not may_export(by, person):
        raise NotAllowed(_("Only you can take your data with you."))
    packed = io.BytesIO()
    with transaction.atomic(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for keeping in all_keepings():
            text = json.dumps(keeping.export(person), ensure_ascii=False, indent=2, default=str)
            entry = zipfile.ZipInfo(f"{keeping.room}.json", clock.now().timetuple()[:6])
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED)
        announce(PersonExported(person.id), by=by)
    return packed.getvalue()


def erase_person(person: Person, *, by: Actor) -> None:
    """Takes away everything that is theirs, in one transaction; afterwards nothing leads from the empty row to a human being."""
    if not may_erase(by, person):
        raise NotAllowed(_("Only you can end your membership."))
    if person.is_erased:
        raise NotPossible(_("This person has left."))
    for keeping in all_keepings():
        keeping.may_leave(person)
    with transaction.atomic():
        for keeping in all_keepings():
            keeping.erase(person)
        announce(PersonErased(person.id), by=by)


def export_own(person: Person) -> dict[str, Any]:
    """What this room keeps."""
    account = person.account
    return {
        "profile": rows_as_values([person])[0],
        "account": {"email": account.email, "joined_at": account.joined_at} if account else {},
        "sign_up": rows_as_values(SignUp.objects.filter(person=person)),
        "door_answers": rows_as_values(DoorAnswer.objects.filter(person=person)),
        "profile_answers": [
            {"field": field, "shown_to": shown_to, "text": text, "at": at}
            for field, shown_to, text, at in person.profile_answers.order_by("field_id", "id").values_list(
                "field__label", "field__shown_to", "text", "at"
            )
        ],
        "identities": rows_as_values(person.identities.all()),
        "blocks": rows_as_values(person.blocks.all()),
        "follows": rows_as_values(person.follows.all()),
        "bookmarks": rows_as_values(person.bookmarks.all()),
        "drafts": rows_as_values(person.drafts.all()),
        "notices": rows_as_values(person.notices.all()),
        "how_told": rows_as_values(person.notice_wishes.all()),
        "links": rows_as_values(person.links.all()),
        "level_changes": rows_as_values(person.level_changes.all()),
        "level_locks": rows_as_values(LevelLock.objects.filter(person=person)),
        "quiet_hours": rows_as_values(QuietHours.objects.filter(person=person)),
        "facts": list(FactRow.objects.filter(by_id=person.id).order_by("id").values("name", "at", "content")),
    }


def rows_as_values(rows: Any) -> list[dict[str, Any]]:
    """Rows of ours as plain values with their shown ids, for exports."""
    return [_values(row) for row in rows]


def _values(row: Row) -> dict[str, Any]:
    return {"id": row.shown_id, **model_to_dict(row), "at": getattr(row, "at", None)}


def erase_own(person: Person) -> None:
    """What this room keeps goes: the account with its sign-ins, answers, links; the row is emptied."""
    for kind in KEPT:
        kind.objects.filter(person=person).delete()
    person.door_passes.all().delete()
    Block.objects.filter(person=person).delete()
    IdentityEvent.objects.filter(person=person).delete()
    addresses = list(person.identities.filter(network="email").values_list("handle", flat=True))
    person.identities.filter(network="email").delete()
    person.identities.update(person=None)
    erase_files_of(person.id)
    erase_letters_of(person.id, *addresses, *([person.account.email] if person.account else []))
    search.remove("people.person", person.id)
    if person.account is not None:
        person.account.delete()
    blank = Person(id=person.id, standing="erased", joined_at=clock.now(), account=None)
    blank.save(force_update=True)
    person.refresh_from_db()


KEEPING = Keeping("people", export_own, erase_own)
