"""Appealing, and somebody else's decision about it."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.moderation.actions.restriction import undo_restriction
from stoa.moderation.deciders import involved_in
from stoa.moderation.facts import AppealDecided, AppealFiled
from stoa.moderation.models import Appeal, AppealDecision, Decision
from stoa.moderation.policy import may_appeal, may_decide_appeal
from stoa.moderation.subjects import subject_of


def appeal(decision: Decision, words: str, *, by: Actor) -> Appeal:
    """The author objects, once, within six months."""
    if not may_appeal(by, decision):
        raise NotAllowed(_("Only the author can appeal."))
    if not decision.restricts:
        raise NotPossible(_("Nothing was changed by this decision."))
    if clock.now() > decision.appeal_until:
        raise NotPossible(_("The six months for an appeal are over."))
    if not words.strip():
        raise Invalid(_("Say what should be looked at again."), field="words")
    if Appeal.objects.filter(decision=decision).exists():
        raise NotPossible(_("You have appealed already."), _("You will be told what was decided."))
    with transaction.atomic():
        made = Appeal.objects.create(decision=decision, person_id=by.own_id, words=words.strip()[:4000])
        announce(AppealFiled(decision.case_id, made.id), by=by)
    return made


def decide_appeal(made: Appeal, *, upheld: bool, reasons: str, by: Actor) -> AppealDecision:
    """Somebody else decides; upheld, everything that the first decision changed is as if it had not been."""
    if not may_decide_appeal(by, made, involved_in(made.decision.case)):
        raise NotAllowed(
            _("You cannot decide this appeal."), _("It is for somebody who neither decided nor has a part in the case.")
        )
    if not reasons.strip():
        raise Invalid(_("Give your reasons: the author reads them."), field="reasons")
    with transaction.atomic():
        made = Appeal.objects.select_for_update().select_related(None).get(id=made.id)
        if AppealDecision.objects.filter(appeal=made).exists():
            raise NotPossible(_("This appeal is decided already."))
        ruling = AppealDecision(appeal=made, upheld=upheld, reasons=reasons.strip(), by_id=by.own_id)
        ruling.save(force_insert=True)
        if upheld:
            _undo(made.decision, by)
        announce(AppealDecided(made.decision.case_id, made.id, upheld), by=by)
    return ruling


def _undo(decision: Decision, by: Actor) -> None:
    case = decision.case
    subject = subject_of(case.subject_key)
    row = subject.find(case.subject_id) if subject and decision.hid else None
    if subject and row is not None:
        subject.restore(row, by=by)
    if restriction := getattr(decision, "restriction", None):
        undo_restriction(restriction)
