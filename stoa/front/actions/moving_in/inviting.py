"""Writing to people who were known elsewhere, when a person asks for it: that they can take over what they wrote. Once to each."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.mail import compose, write_letter
from stoa.base.shell import kept_site
from stoa.front.facts import ClaimLettersWritten
from stoa.front.models import ClaimLetter, Import, Moved
from stoa.front.policy import may_move_in
from stoa.people.claims import EMAIL, claim_link
from stoa.people.models import Identity

KIND = "front.claim"
AT_ONCE = 500


def unwritten(row: Import) -> "list[Identity]":
    """The addresses of those whom this import brought, who have not come yet and were not written to: the first of them."""
    brought = Moved.objects.filter(brought=row, kind="person").values("thing_id")
    waiting = Identity.objects.filter(
        network=EMAIL, person__in=brought, person__account=None, person__standing="pending"
    )
    written = ClaimLetter.objects.values("person_id")
    return list(waiting.exclude(person__in=written).select_related("person").order_by("id")[:AT_ONCE])


def write_claim_letters(row: Import, *, by: Actor) -> int:
    """At most five hundred at a time; says how many."""
    if not may_move_in(by):
        raise NotAllowed(_("You may not let a community move in."))
    with transaction.atomic():
        row.refresh_from_db(from_queryset=Import.objects.select_for_update())
        if row.state != Import.State.DONE:
            raise NotPossible(_("Letters are written when everything is here."))
        identities = unwritten(row)
        for identity in identities:
            _write(identity, row)
        ClaimLetter.objects.bulk_create([ClaimLetter(person=each.person) for each in identities])
        announce(ClaimLettersWritten(row.id, len(identities)), by=by)
    return len(identities)


def _write(identity: Identity, row: Import) -> None:
    person = identity.person
    told = {
        "name": person.name if person else "", "home": row.home.name, "place": kept_site().name, "address": claim_link(identity),
        "email": identity.handle,
    }  # fmt: skip
    said = compose("front/mail/claim.txt", told, language=person.language if person else "en")
    write_letter(KIND, address=identity.handle, subject=said["subject"], text=said["text"])
