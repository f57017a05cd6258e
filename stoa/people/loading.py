"""How an Actor is loaded, in two queries: the person with account and blocks, then what they have been granted."""

from stoa.base import actors, clock
from stoa.base.actors import VISITOR, Actor, Standing
from stoa.people import rights
from stoa.people.models import Person

FIELDS = (
    "id",
    "name",
    "standing",
    "suspended_until",
    "level",
    "language",
    "zone",
    "account__email",
    "joined_at",
    "blocks__other_id",
)


def of_account(account_id: int) -> Actor:
    return _load(account_id=account_id, account__is_active=True)


def of_person(person_id: int) -> Actor:
    return _load(id=person_id)


def _load(**wanted: object) -> Actor:
    found = list(Person.objects.filter(**wanted).exclude(standing="erased").values_list(*FIELDS))
    if not found:
        return VISITOR
    number, name, word, until, level, language, zone, address, joined_at, _ = found[0]
    over = word == "suspended" and until is not None and until <= clock.now()
    standing = Standing.MEMBER if over else Standing(word)
    granted = rights.granted_to(number)
    if standing is Standing.PENDING:
        granted = {}
    if standing is Standing.SUSPENDED:
        granted = {scope: held & rights.of_sight() for scope, held in granted.items()}
    return Actor(
        person_id=number, name=name, standing=standing, rights=granted, level=level,
        blocked=frozenset(row[-1] for row in found if row[-1] is not None),
        language=language, zone=zone, address=address or "", joined_at=joined_at,
    )  # fmt: skip


LOADER = actors.Loader(of_account=of_account, of_person=of_person)
