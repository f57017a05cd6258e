"""What pages of direct messages read: the list of exchanges, one exchange with a page of its messages, how many wait."""

from dataclasses import dataclass

from django.db.models import Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from stoa.base import cursors, ids
from stoa.base.actors import Actor
from stoa.base.text import excerpt, plain, show_each
from stoa.community.talk import policy
from stoa.community.talk.models import DirectMessage, Exchange, Participant
from stoa.community.talk.models.direct_message import DirectMessages
from stoa.community.talk.models.exchange import Exchanges
from stoa.community.talk.reaching import not_now
from stoa.community.talk.unread import CountOf
from stoa.people.following import followed_at
from stoa.people.models import Person

EXCHANGES, MESSAGES = 30, 50
ENOUGH = 100  # counted no further: shown as 99+
NAMES = 3


def people_of(exchange: Exchange) -> list[Person]:
    """Who is in it besides the reader, of an exchange drawn `for_cards`: in a group not those who left."""
    reader = vars(exchange)["reader_id"]
    everybody: list[Participant] = vars(exchange)["everybody"]
    gone = Participant.State.LEFT
    return [each.person for each in everybody if each.person_id != reader and (exchange.is_pair or each.state != gone)]


def title_of(exchange: Exchange) -> str:
    """What it is called for its reader: the other's name, the group's, or the names in it."""
    if exchange.name:
        return exchange.name
    names = [person.name or _("Somebody who left") for person in people_of(exchange)]
    if not names:
        return _("Somebody who left") if exchange.is_pair else _("Only you")
    shown = ", ".join(names[:NAMES])
    return (
        _("%(names)s and %(count)s more") % {"names": shown, "count": len(names) - NAMES}
        if len(names) > NAMES
        else shown
    )


def _own(actor: Actor) -> "Subquery":
    mine = Participant.objects.visible_to(actor).filter(exchange=OuterRef("pk"))
    return Subquery(mine.values("read_to")[:1])


def _news(actor: Actor) -> DirectMessages:
    """The new messages of the exchange outside, which has its reader's `read_to`."""
    seen = DirectMessage.objects.visible_to(actor).heard_by(actor)
    return seen.filter(exchange=OuterRef("pk"), id__gt=OuterRef("read_to")).order_by()


def with_news(rows: Exchanges, actor: Actor) -> Exchanges:
    """Each exchange with `read_to`, `news` (new messages, at most `ENOUGH`), `last_seen` (the latest that they see) and `level`
    ("mute" where they muted it)."""
    last = DirectMessage.objects.visible_to(actor).filter(exchange=OuterRef("pk")).order_by("-id").values("id")[:1]
    rows = rows.annotate(read_to=Coalesce(_own(actor), Value(0)), level=followed_at(actor, "talk.direct"))
    counted = CountOf(_news(actor).values("id")[:ENOUGH], output_field=IntegerField())
    return rows.annotate(news=counted, last_seen=Subquery(last))


def count_waiting(actor: Actor) -> int:
    """In how many exchanges, but for muted ones, there is something new. One query."""
    rows = Exchange.objects.visible_to(actor).listed_for(actor)
    rows = rows.annotate(read_to=Coalesce(_own(actor), Value(0)), level=followed_at(actor, "talk.direct"))
    return rows.exclude(Q(level="mute")).filter(Exists(_news(actor))).count()


@dataclass(frozen=True)
class Listed:
    """An exchange in the list. `is_request`: the reader has not yet said whether they want it; `words` the beginning of the latest
    message that they see, by `by` ("" when by the reader)."""

    exchange: Exchange
    title: str
    people: list[Person]
    is_request: bool
    words: str
    by: str
    is_own: bool
    news: int
    is_muted: bool


@dataclass(frozen=True)
class ExchangesPage:
    """Some exchanges, the latest first; `next` is what to ask for with `before=`, or empty."""

    rows: list[Listed]
    next: str


def exchanges_page(actor: Actor, before: str = "") -> ExchangesPage:
    """One page. Three queries: exchanges, who is in them, their latest messages."""
    rows = with_news(Exchange.objects.visible_to(actor).listed_for(actor).for_cards(actor), actor)
    found = cursors.page(rows, "last_at", before, size=EXCHANGES)
    wanted = [vars(row)["last_seen"] for row in found.rows]
    seen = DirectMessage.objects.visible_to(actor).select_related("author").in_bulk([each for each in wanted if each])
    return ExchangesPage([_listed(row, seen.get(vars(row)["last_seen"]), actor) for row in found.rows], found.next)


def _listed(exchange: Exchange, last: DirectMessage | None, actor: Actor) -> Listed:
    known = vars(exchange)
    unheard = last is not None and last.author_id in actor.blocked
    return Listed(
        exchange, title_of(exchange), people_of(exchange), place_of(exchange, actor).is_asked,
        excerpt(last.html, 140) if last and not unheard else "", last.author.name if last and not unheard else "",
        last is not None and last.author_id == actor.person_id, known["news"], known["level"] == "mute",
    )  # fmt: skip


def place_of(exchange: Exchange, actor: Actor) -> Participant:
    """The reader's own place, of an exchange drawn `for_cards`."""
    everybody: list[Participant] = vars(exchange)["everybody"]
    return next(each for each in everybody if each.person_id == actor.person_id)


@dataclass(frozen=True)
class Turn:
    """A message as it is drawn. `continues`: its author wrote the one before it, a moment earlier; `is_unheard`: folded."""

    message: DirectMessage
    shown: Markup
    is_own: bool
    continues: bool
    is_unheard: bool


@dataclass(frozen=True)
class ExchangePage:
    """An exchange with at most `MESSAGES` of its messages, oldest first; the latest where nothing else is asked for. `before` and
    `after` are where earlier and later pages are. `barred`: why the reader cannot write now, "" when they can."""

    exchange: Exchange
    title: str
    people: list[Person]
    mine: Participant
    turns: list[Turn]
    before: int | None
    after: int | None
    since: int
    first_new: int | None
    barred: str
    may_write: bool
    asked: str
    was_barred: bool

    @classmethod
    def of(
        cls, exchange: Exchange, actor: Actor, before: str = "", after: str = "", since: str = "", barred: str = ""
    ) -> "ExchangePage":
        """`since` keeps the line above what is new where it was drawn first, `barred` remembers that one could not write then, while
        the page is drawn anew."""
        mine = place_of(exchange, actor)
        seen = DirectMessage.objects.visible_to(actor).filter(exchange=exchange).select_related("author")
        rows, earlier, later = _some(seen, ids.read(before), ids.read(after))
        stopped = ids.read(since) or mine.read_to
        unheard = {actor.own_id, *actor.blocked}
        first_new = next((each.id for each in rows if each.id > stopped and each.author_id not in unheard), None)
        everybody: list[Participant] = vars(exchange)["everybody"]
        may = mine.takes_part and policy.may_write_directly(actor)
        reason = not_now(exchange, everybody, actor) if may else ""
        return cls(
            exchange, title_of(exchange), people_of(exchange), mine, _turns(rows, mine, actor), earlier, later, stopped,
            first_new, reason, may and not reason, _asked(before, after), bool(barred),
        )  # fmt: skip

    @property
    def is_muted(self) -> bool:
        return bool(vars(self.exchange).get("level") == "mute")

    @property
    def faces(self) -> list[dict[str, str]]:
        """As a row of faces takes them."""
        return [
            {"name": each.name or _("Somebody who left"), "portrait": each.portrait_address} for each in self.people
        ]

    @property
    def waiting(self) -> list[Person]:
        """Those of a group who were asked and have not accepted: whether they declined is not told."""
        everybody: list[Participant] = vars(self.exchange)["everybody"]
        open_ = (Participant.State.INVITED, Participant.State.DECLINED)
        return [each.person for each in everybody if each.state in open_]

    @property
    def news(self) -> int:
        return int(vars(self.exchange).get("news", 0))

    @property
    def last(self) -> int:
        """The id of the last that stands on this page."""
        return self.turns[-1].message.id if self.turns else 0

    @property
    def refreshed(self) -> str:
        """Where this very page is drawn anew, with the line above what is new where it was drawn first."""
        barred = "&barred=1" if self.barred or self.was_barred else ""
        return f"{self.exchange.get_absolute_url()}?{self.asked}since={ids.shown(self.since)}{barred}"

    @property
    def jumps(self) -> bool:
        """Whether what is new begins on an earlier page."""
        return bool(self.turns and self.first_new == self.turns[0].message.id and self.before and not self.asked)


def _asked(before: str, after: str) -> str:
    for name, value in (("before", before), ("after", after)):
        if (number := ids.read(value)) is not None:
            return f"{name}={ids.shown(number)}&"
    return ""


def _some(
    seen: DirectMessages, before: int | None, after: int | None
) -> tuple[list[DirectMessage], int | None, int | None]:
    """A page of messages in their order, the id before which there are earlier ones, and that after which there are later ones."""
    if after is not None:
        found = list(seen.filter(id__gt=after).order_by("id")[: MESSAGES + 1])
        rows = found[:MESSAGES]
        return rows, rows[0].id if rows else None, rows[-1].id if len(found) > MESSAGES else None
    found = list((seen.filter(id__lt=before) if before else seen).order_by("-id")[: MESSAGES + 1])
    rows = found[:MESSAGES][::-1]
    return rows, rows[0].id if len(found) > MESSAGES else None, rows[-1].id if before and rows else None


def _turns(rows: list[DirectMessage], mine: Participant, actor: Actor) -> list[Turn]:
    """A request is shown as plain words: no pictures, nothing to follow, until its reader knows that they want it."""
    shown = {each.id: _words(each) for each in rows} if mine.is_asked else show_each(rows, to=actor)
    turns: list[Turn] = []
    for row in rows:
        last = turns[-1].message if turns else None
        continues = last is not None and last.author_id == row.author_id and last.is_here and row.is_here
        soon = last is not None and (row.sent_at - last.sent_at).total_seconds() < 300
        turns.append(
            Turn(
                row, shown[row.id], row.author_id == actor.person_id, continues and soon, row.author_id in actor.blocked
            )
        )
    return turns


def _words(message: DirectMessage) -> Markup:
    return Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in plain(message.html).split("\n")))


def newest_unread(exchange: Exchange, actor: Actor) -> DirectMessage | None:
    """The first message that is new for the reader, of an exchange that `with_news` has drawn."""
    seen = DirectMessage.objects.visible_to(actor).heard_by(actor).filter(exchange=exchange)
    return seen.filter(id__gt=vars(exchange)["read_to"]).order_by("id").first()
