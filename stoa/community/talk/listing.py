"""Lists of topics, page by page. A page goes on before a place in its order, so that it does not shift while people talk."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, When

from stoa.base import clock, cursors
from stoa.base.actors import Actor
from stoa.base.standing_queries import standing
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
    asked = (kind, of_kind, period, space is not None)
    space_id, now = space.id if space else 0, clock.now()
    pinned: list[Topic] = []
    if before:
        found = cursors.page(listed(actor, *asked, space_id=space_id, now=now), column_of(kind), before, size=PAGE)
    else:
        rows = standing(first_listed, actor, asked, space_id=space_id, now=now)
        found = cursors.first_page(list(rows), column_of(kind), size=PAGE)
        pinned = (
            list(standing(pinned_in, actor, asked, space_id=space_id, now=now)) if space and kind == "latest" else []
        )
    return TopicsPage(kind, found.rows, found.next, period, policy.may_keep_place(actor), of_kind, pinned)


def first_listed(
    actor: Actor, kind: str, of_kind: str, period: str, in_space: bool, *, space_id: int, now: datetime
) -> Topics:
    """The first page of a list, and one topic more."""
    rows = listed(actor, kind, of_kind, period, in_space, space_id=space_id, now=now)
    return rows.order_by(f"-{column_of(kind)}", "-id")[: PAGE + 1]


def listed(
    actor: Actor, kind: str, of_kind: str, period: str, in_space: bool, *, space_id: int, now: datetime
) -> Topics:
    """A list's topics with what is new in them, without those that stand before it; in no order yet."""
    rows = _of_space(actor, kind, of_kind, period, in_space, space_id)
    return with_news(rows.unpinned(now) if in_space and kind == "latest" else rows, actor)


def pinned_in(
    actor: Actor, kind: str, of_kind: str, period: str, in_space: bool, *, space_id: int, now: datetime
) -> Topics:
    """What stands before the list of a space."""
    rows = _of_space(actor, kind, of_kind, period, in_space, space_id).filter(pinned_until__gt=now)
    return with_news(rows, actor).order_by("-pinned_until", "-id")


def _of_space(actor: Actor, kind: str, of_kind: str, period: str, in_space: bool, space_id: int) -> Topics:
    rows = Topic.objects.visible_to(actor).heard_by(actor).for_lines()
    rows = rows.filter(space_id=space_id) if in_space else rows
    return chosen(rows.filter(kind=of_kind) if of_kind else rows, kind, actor, period)


def column_of(kind: str) -> str:
    """By which column a list stands in its order."""
    return {"unanswered": "turn", "top": "people"}.get(kind, "bumped_at")


def chosen(rows: Topics, kind: str, actor: Actor, period: str = "") -> Topics:
    """The rows of a list: the latest first, what most people took part in first, or a
    newcomer's first topic before all others that wait."""
    if kind == "mine":
        return rows.filter(author_id=actor.own_id)
    rows = rows.here()
    if kind == "unanswered":
        earlier = Exists(Topic.objects.visible_to(actor).filter(author=OuterRef("author"), id__lt=OuterRef("id")))
        turn = Case(When(earlier, then=F("id")), default=F("id") + FIRST, output_field=BigIntegerField())
        return rows.unanswered().annotate(turn=turn)
    if kind == "top":
        return rows.filter(tops__period=period).annotate(people=F("tops__people"))
    if kind in ("new", "unread"):
        return rows.filter(Q(id__in=only_news(rows.select_related(None), actor, kind).values("id")))
    return rows
