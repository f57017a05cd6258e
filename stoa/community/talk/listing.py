"""Lists of topics, page by page. A page goes on before a place in its order, so that it does not shift while people talk."""

from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, When

from stoa.base import cursors
from stoa.base.actors import Actor
from stoa.community.talk import policy
from stoa.community.talk.looks import KINDS, Look
from stoa.community.talk.models import Topic
from stoa.community.talk.models.top_topic import PERIODS
from stoa.community.talk.models.topic import Topics
from stoa.community.talk.unread import only_news, with_news
from stoa.spaces.models import Space

PAGE = 30
LISTS = ("latest", "new", "unread", "unanswered", "top", "mine")
OWN = ("new", "unread", "mine")  # lists that visitors do not have
FIRST = 1 << 62  # beyond any id


@dataclass(frozen=True)
class TopicsPage:
    """One page of a list. `next` is what to ask for with `before=`, or empty; `period` is of the list `top`."""

    kind: str
    topics: list[Topic]
    next: str
    period: str = ""
    may_keep_place: bool = False
    of_kind: str = ""
    pinned: list[Topic] = field(default_factory=list)

    @property
    def listed(self) -> str:
        """What stands in the address of this list, of whatever kind."""
        return f"list={self.kind}" + (f"&period={self.period}" if self.period else "")

    @property
    def asked(self) -> str:
        """What stands in the address of this list."""
        return self.listed + (f"&kind={self.of_kind}" if self.of_kind else "")

    @property
    def looks(self) -> list[Look]:
        """The kinds that may be asked for."""
        return list(KINDS.values())


def topics_page(
    actor: Actor, kind: str, before: str = "", space: Space | None = None, period: str = "", of_kind: str = ""
) -> TopicsPage:
    """A page of one of `LISTS`, perhaps of one space, or of one kind of topics. A list that is not known, or not theirs, is the latest.
    In a space's latest, what is pinned stands before the first page and nowhere else."""
    if kind not in LISTS or (kind in OWN and not actor.is_member):
        kind = "latest"
    period = (period if period in PERIODS else "month") if kind == "top" else ""
    of_kind = of_kind if of_kind in KINDS else ""
    rows = Topic.objects.visible_to(actor).heard_by(actor).for_cards()
    if space:
        rows = rows.filter(space=space)
    if of_kind:
        rows = rows.filter(kind=of_kind)
    rows, by = chosen(rows, kind, actor, period)
    pinned: list[Topic] = []
    if space and kind == "latest":
        pinned = list(with_news(rows.pinned(), actor)) if not before else []
        rows = rows.unpinned()
    found = cursors.page(with_news(rows, actor), by, before, size=PAGE)
    return TopicsPage(kind, found.rows, found.next, period, policy.may_keep_place(actor), of_kind, pinned)


def chosen(rows: Topics, kind: str, actor: Actor, period: str = "") -> tuple[Topics, str]:
    """The rows of a list, and the column of their order: the latest first, what most people took part in first, or a
    newcomer's first topic before all others that wait."""
    if kind == "mine":
        return rows.filter(author_id=actor.own_id), "bumped_at"
    rows = rows.here()
    if kind == "unanswered":
        earlier = Exists(Topic.objects.visible_to(actor).filter(author=OuterRef("author"), id__lt=OuterRef("id")))
        turn = Case(When(earlier, then=F("id")), default=F("id") + FIRST, output_field=BigIntegerField())
        return rows.unanswered().annotate(turn=turn), "turn"
    if kind == "top":
        return rows.filter(tops__period=period).annotate(people=F("tops__people")), "people"
    if kind in ("new", "unread"):
        return rows.filter(Q(id__in=only_news(rows.select_related(None), actor, kind).values("id"))), "bumped_at"
    return rows, "bumped_at"
