"""How an Actor is loaded, in two queries: the person with account, blocks and the kinds of things that unread notices speak of, then
what they have been granted."""

from typing import Any

from django.db.models import Aggregate, OuterRef, QuerySet, Subquery, TextField

from stoa.base import actors, clock
from stoa.base.actors import EVERYBODY, VISITOR, Actor, Standing
from stoa.base.standing_queries import standing as standing_query
from stoa.people import rights
from stoa.people.models import Notice, Person

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
    "told_of",
    "blocks__other_id",
)


class Joined(Aggregate):
    """The different values of a column with commas between them."""

    function = "GROUP_CONCAT"
    output_field = TextField()
    allow_distinct = True

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL has another name for it, and wants the comma said."""
        template = "STRING_AGG(%(distinct)s%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def told_of() -> Subquery:
    """The kinds of things that somebody's unread notices speak of."""
    unread = Notice.objects.filter(person=OuterRef("pk"), read_at=None).order_by().values("person")
    return Subquery(unread.annotate(keys=Joined("thing_key", distinct=True)).values("keys"))


def of_account(account_id: int) -> Actor:
    return _actor(list(standing_query(of_an_account, account_id=account_id)))


def of_person(person_id: int) -> Actor:
    return _actor(list(standing_query(of_a_person, person_id=person_id)))


def of_an_account(account_id: int) -> "QuerySet[Person, Any]":
    return _rows(account_id=account_id, account__is_active=True)


def of_a_person(person_id: int) -> "QuerySet[Person, Any]":
    return _rows(id=person_id)


def _rows(**wanted: object) -> "QuerySet[Person, Any]":
    rows = Person.objects.filter(**wanted).exclude(standing="erased").annotate(told_of=told_of())
    return rows.values_list(*FIELDS)


def _actor(found: list[Any]) -> Actor:
    """Of one row for each of the person's blocks, or one."""
    if not found:
        return VISITOR
    number, name, word, until, level, language, zone, address, joined_at, told, _ = found[0]
    over = word == "suspended" and until is not None and until <= clock.now()
    standing = Standing.MEMBER if over else Standing(word)
    granted = {**rights.granted_to(number)}
    if brought := rights.of_level(level):
        granted[EVERYBODY] = granted.get(EVERYBODY, frozenset()) | brought
    if standing is Standing.PENDING:
        granted = {}
    if standing is Standing.SUSPENDED:
        granted = {scope: held & rights.of_sight() for scope, held in granted.items()}
    return Actor(
        person_id=number, name=name, standing=standing, rights=granted, level=level,
        blocked=frozenset(row[-1] for row in found if row[-1] is not None),
        language=language, zone=zone, address=address or "", joined_at=joined_at,
        told_of=frozenset(told.split(",") if told else ()),
    )  # fmt: skip


LOADER = actors.Loader(of_account=of_account, of_person=of_person)
