"""Reporting: the first report of a thing opens its case with a frozen copy, the next ones join it; and escalating."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.moderation.facts import CaseEscalated, CaseOpened, ReportMade
from stoa.moderation.models import Case, Clause, Report
from stoa.moderation.policy import may_report
from stoa.moderation.subjects import Subject
from stoa.spaces.models import Space

LONGEST = 2000


def report(subject: Subject, number: int, *, clause: Clause, words: str, by: Actor) -> Report:
    """A member reports what they see, once while its case is open."""
    row = subject.visible(by, [number]).first()
    if row is None or not may_report(by):
        raise NotAllowed(_("You cannot report this."), _("Only members report, and only what they can see."))
    if len(words) > LONGEST:
        raise Invalid(_("Please say it in %(count)s characters.") % {"count": LONGEST}, field="words")
    with transaction.atomic():
        case = _open_case(subject, row, clause, by)
        if case.author_id == by.person_id:
            raise NotPossible(_("This is your own."), _("You can withdraw what you wrote."))
        if Report.objects.filter(case=case, person_id=by.own_id).exists():
            raise NotPossible(_("You have reported this already."), _("You will be told what was decided."))
        made = Report.objects.create(case=case, person_id=by.own_id, clause=clause, words=words.strip())
        if clause.harm > case.harm:
            case.harm = clause.harm
            case.save(update_fields=["harm"])
        announce(ReportMade(made.id, case.id, clause.id), by=by)
    return made


def _open_case(subject: Subject, row: object, clause: Clause, by: Actor) -> Case:
    """The open case of this thing where it stands now, or a new one with a copy of how it stands."""
    number = row.pk  # type: ignore[attr-defined]
    copy = subject.snapshot(row)
    is_inside = Space.objects.filter(id=copy.space_id or 0, visibility__in=("private", "secret")).exists()
    open_cases = Case.objects.select_for_update().filter(subject_key=subject.key, subject_id=number, state="open")
    there = open_cases.filter(_shared_with(copy.space_id, is_inside)).order_by("id").first()
    if there is not None:
        return there
    case = Case.objects.create(
        subject_key=subject.key, subject_id=number, space_id=copy.space_id, author_id=copy.author_id,
        identity_id=copy.identity_id, harm=clause.harm, title=copy.title[:200], text=copy.text, written_at=copy.at,
        from_closed=is_inside,
    )  # fmt: skip
    announce(CaseOpened(case.id, case.space_id, case.harm), by=by)
    return case


def _shared_with(space_id: int | None, is_inside: bool) -> Q:
    """Which cases a report made in this space may join: those of the same space, and of any open one where it is open too.
    A closed space's reports meet no others, not even after it opened: what is said there is for its own moderators."""
    same = Q(space_id=space_id, from_closed=is_inside)
    if is_inside or space_id is None:
        return same
    return same | Q(space__in=Space.objects.filter(visibility__in=("public", "members")), from_closed=False)


def escalate(made: Report, *, by: Actor) -> Case:
    """The reporter asks the site's moderators to look: they see this one thing with five before and after it and this report,
    nothing else. Each reporter passes on their own report only."""
    if made.person_id != by.person_id:
        raise NotAllowed(_("Only those who reported it can ask for that."))
    case = made.case
    if case.space is None or not (case.space.is_closed or case.from_closed):
        raise NotPossible(_("The site's moderators see this report already."))
    if case.state != "open" or made.passed_on_at is not None:
        raise NotPossible(_("This cannot be passed on any more."))
    with transaction.atomic():
        made.passed_on_at = clock.now()
        made.save(update_fields=["passed_on_at"])
        case.escalated_at = case.escalated_at or made.passed_on_at
        case.save(update_fields=["escalated_at"])
        announce(CaseEscalated(case.id, case.space_id), by=by)
    return case
