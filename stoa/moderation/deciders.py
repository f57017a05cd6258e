"""Who could decide: the people who hold the right where a case stands, without those who have a part in it."""

from collections.abc import Collection

from stoa.base.actors import SITE
from stoa.moderation.models import Appeal, Case
from stoa.moderation.models.case import DECIDE
from stoa.spaces.readers import holders_of


def involved_in(case: Case) -> frozenset[int]:
    """The author and those who reported it. One query."""
    reporters = case.reports.values_list("person_id", flat=True)
    return frozenset(number for number in (case.author_id, *reporters) if number)


def deciders_of(case: Case, *, besides: Collection[int] = ()) -> set[int]:
    """Members who may decide this case, in at most three queries."""
    scopes = [case.space.scope] if case.space else []
    if case.space is None or case.escalated_at is not None or not (case.space.is_closed or case.from_closed):
        scopes.append(SITE)
    return holders_of(DECIDE, *scopes) - set(besides)


def others_for(appeal: Appeal) -> set[int]:
    """Who else may decide this appeal; empty: it waits until there is somebody."""
    case = appeal.decision.case
    return deciders_of(case, besides={*involved_in(case), appeal.decision.by_id, appeal.person_id})
