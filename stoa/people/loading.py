"""How an Actor is loaded, in two queries: the person with account, blocks and the kinds of things that unread notices speak of, then
what they have been granted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, F, OuterRef, QuerySet, Subquery, TextField

from stoa.base import actors, clock
from stoa.base.actors import EVERYBODY, VISITOR, Actor, Standing
from stoa.base.standing_queries import standing as standing_query
from stoa.people import rights
from stoa.people.models import Account, Notice, Person, SignUp


class Joined(Aggregate):
    """The different values of a column with commas between them."""

    function = "GROUP_CONCAT"
    output_field = TextField()
    allow_distinct = True

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL has another name for it, and wants the comma said."""
        template = "STRING_AGG(%(distinct)s%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def told_of(person: str) -> Subquery:
    """The kinds of things that somebody's unread notices speak of."""
    unread = Notice.objects.filter(person=OuterRef(person), read_at=None).order_by().values("person")
    return Subquery(unread.annotate(keys=Joined("thing_key", distinct=True)).values("keys"))


def account_known(account_id: int) -> Account | None:
    """An account that may sign in, with its person and all else that its Actor is made of; one query."""
    rows = list(standing_query(of_an_account, account_id=account_id))
    if rows:
        vars(rows[0])["known"] = _known(rows)
    return rows[0] if rows else None


def of_account(account: Account) -> Actor:
    """Of an account, most often one that `account_known` has read for this very request."""
    known = getattr(account, "known", None)
    if known is None:
        account = account_known(account.pk) or Account()
        known = getattr(account, "known", None)
    person = getattr(account, "person", None)
    return VISITOR if person is None or known is None else _actor(person, account.email, known)


def of_person(person_id: int) -> Actor:
    rows = list(standing_query(of_a_person, person_id=person_id))
    return _actor(rows[0], rows[0].account.email if rows[0].account else "", _known(rows)) if rows else VISITOR


def of_an_account(account_id: int) -> "QuerySet[Account]":
    rows = Account.objects.filter(id=account_id, is_active=True).select_related("person").order_by()
    return rows.annotate(
        told_of=told_of("person__pk"), unheard=F("person__blocks__other_id"), proof=F("person__sign_up__proof"),
        joined_with=F("person__sign_up__address"),
    )  # fmt: skip


def of_a_person(person_id: int) -> "QuerySet[Person]":
    rows = Person.objects.filter(id=person_id).select_related("account").order_by()
    return rows.annotate(
        told_of=told_of("pk"),
        unheard=F("blocks__other_id"),
        proof=F("sign_up__proof"),
        joined_with=F("sign_up__address"),
    )


@dataclass(frozen=True)
class Known:
    """What one row for each of the person's blocks, or one, says beside the person. `unproven`: the address with which they joined, if
    nothing but an invitation that anybody may hold stood for it, or a letter that somebody else may have opened: it opens nothing that is
    made out to it."""

    told_of: frozenset[str]
    blocked: frozenset[int]
    unproven: str


def _known(rows: Sequence[Any]) -> Known:
    told, is_foreign = rows[0].told_of, rows[0].proof in (SignUp.Proof.HELD, SignUp.Proof.LETTER)
    return Known(
        frozenset(told.split(",") if told else ()),
        frozenset(row.unheard for row in rows if row.unheard is not None),
        rows[0].joined_with.casefold() if is_foreign else "",
    )


def _actor(person: Person, address: str, known: Known) -> Actor:
    if person.is_erased:
        return VISITOR
    until = person.suspended_until
    over = person.standing == "suspended" and until is not None and until <= clock.now()
    standing = Standing.MEMBER if over else Standing(person.standing)
    held = rights.held_by(person.id)
    granted = held.left()
    if brought := rights.of_level(person.level):
        granted[EVERYBODY] = granted.get(EVERYBODY, frozenset()) | brought
    if standing is Standing.PENDING:
        granted = {}
    if standing is Standing.SUSPENDED:
        granted = {scope: held & rights.of_sight() for scope, held in granted.items()}
    return Actor(
        person_id=person.id, name=person.name, standing=standing, rights=granted, level=person.level,
        blocked=known.blocked, language=person.language, zone=person.zone,
        address=address, proven="" if address.casefold() == known.unproven else address,
        joined_at=person.joined_at, told_of=known.told_of, restricted=held.restricted,
    )  # fmt: skip


LOADER = actors.Loader(of_account=of_account, of_person=of_person)
