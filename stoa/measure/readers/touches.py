"""Which link a join is owed to: the touches that the bridge keeps by account, as far as they are young enough.

Of a visitor nothing is stored before they open a form of ours: their first touch is the link of that visit, which their sign-up
carried. Visits of people who are signed in are kept by account.
"""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat

from stoa.bridge.models import Touch
from stoa.measure.formulas.attribution import LOOK_BACK
from stoa.social.publish.models.boost import boosted

BOOSTED = "+"  # no letter of a code


def first_link() -> Subquery:
    """The code of the first link, with `BOOSTED` after it where its post was boosted then, for a row with `about_id` (the person) and `at`
    (when they joined)."""
    return Subquery(_touches().order_by("at", "id").values("way")[:1])


def last_link() -> Subquery:
    return Subquery(_touches().order_by("-at", "-id").values("way")[:1])


def _touches() -> QuerySet[Any]:
    """Touches up to 30 days before the join, that age not included."""
    young_until = ExpressionWrapper(F("at") + LOOK_BACK, output_field=DateTimeField())
    mine: QuerySet[Any] = Touch.objects.filter(person=OuterRef("about_id"), at__lte=OuterRef("at"))
    paid = When(boosted("link__delivery"), Concat("link__code", Value(BOOSTED)))
    mine = mine.annotate(way=Case(paid, default=F("link__code"), output_field=CharField()))
    rows: QuerySet[Any] = mine.alias(young_until=young_until).filter(young_until__gt=OuterRef("at"))
    return rows
