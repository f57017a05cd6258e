"""Who may do what: pure functions of the Actor and rows. `involved` are the ids of a case's author and reporters."""

from collections.abc import Collection

from stoa.base.actors import SITE, Actor, Standing
from stoa.moderation.models import Appeal, Case, Decision
from stoa.moderation.models.case import DECIDE
from stoa.moderation.models.guideline import EDIT
from stoa.people.policy import may_suspend
from stoa.people.rights import Held
from stoa.spaces.models import Space
from stoa.spaces.policy import covers, may_in


def may_report(actor: Actor) -> bool:
    return actor.may("moderation.report")


def may_tend(actor: Actor, case: Case) -> bool:
    """Whether the case is among those that the actor looks after (its space loaded)."""
    if actor.standing is not Standing.MEMBER:
        return False
    return tends_whole(actor, case) or (case.escalated_at is not None and actor.holds(DECIDE, SITE))


def tends_whole(actor: Actor, case: Case) -> bool:
    """Whether all its reports are for this actor: not of a case from a closed space that was only passed on (see `tended_whole`)."""
    if case.space is None:
        return actor.holds(DECIDE, SITE)
    return actor.holds(DECIDE, case.space.scope) if case.from_closed else may_in(actor, DECIDE, case.space)


def may_hide_at(actor: Actor, case: Case, space: Space | None) -> bool:
    """Whether a decision of this case may take away what now stands in `space`: only where the actor moderates, or where a reporter
    asked the site's moderators to look. What was reported before it moved into a closed space is the site's, what stands there is not."""
    if space is None or may_in(actor, DECIDE, space):
        return True
    return case.escalated_at is not None and case.space_id == space.id and actor.holds(DECIDE, SITE)


def may_decide_case(actor: Actor, case: Case, involved: Collection[int]) -> bool:
    """Who looks after it and has no part in it."""
    return case.state == "open" and may_tend(actor, case) and actor.person_id not in involved


def may_decide_appeal(actor: Actor, appeal: Appeal, involved: Collection[int]) -> bool:
    """Who looks after the case, has no part in it, and did not decide it."""
    decision = appeal.decision
    return may_tend(actor, decision.case) and actor.person_id not in {*involved, decision.by_id, appeal.person_id}


def may_suspend_author(actor: Actor, held: Held) -> bool:
    """Who suspends people, and never somebody who holds more over the site than they do."""
    return may_suspend(actor) and covers(actor, held.granted.get(SITE, ()), SITE)


def may_appeal(actor: Actor, decision: Decision) -> bool:
    """The author, suspended or not."""
    return actor.is_member and actor.person_id is not None and decision.case.author_id == actor.person_id


def may_see_queue(actor: Actor) -> bool:
    """Whoever holds the right anywhere."""
    return actor.standing is Standing.MEMBER and any(DECIDE in rights for rights in actor.rights.values())


def may_edit_guidelines(actor: Actor) -> bool:
    return actor.may(EDIT)


def may_edit_norms(actor: Actor, space: Space | None) -> bool:
    """A space's by those who manage it, the site's by those who keep the guidelines."""
    return may_edit_guidelines(actor) if space is None else may_in(actor, "spaces.manage", space)
