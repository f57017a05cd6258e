"""Which link a join is owed to: the code that the sign-up's form carried, if it was of a link of ours and young enough.

Of a visitor nothing is stored before they open a form of ours, so there is one known touch at most: first and last are told apart
among the touches of people who are signed in.
"""

from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery

from stoa.measure.formulas.attribution import LOOK_BACK
from stoa.people.models import SignUp
from stoa.social.publish.models import Link


def first_link() -> Subquery:
    """The code of the first link, for a row with `about_id` (the person) and `at` (when they joined)."""
    return Subquery(_touches().order_by("at", "id").values("via")[:1])


def last_link() -> Subquery:
    return Subquery(_touches().order_by("-at", "-id").values("via")[:1])


def _touches() -> QuerySet[SignUp]:
    young_until = ExpressionWrapper(F("at") + LOOK_BACK, output_field=DateTimeField())
    mine = SignUp.objects.filter(person=OuterRef("about_id"), at__lte=OuterRef("at"))
    return mine.alias(young_until=young_until).filter(
        young_until__gt=OuterRef("at"), via__in=Link.objects.values("code")
    )
