"""What this room brings: the case, the statement, the report and the guidelines as things; the step of acceptance; notices."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base import things
from stoa.base.actors import Actor
from stoa.base.panels import panel
from stoa.moderation import rights  # noqa: F401  (registers this room's rights)
from stoa.moderation.acceptance import STEP
from stoa.moderation.drawing import draw_restriction, draw_standing
from stoa.moderation.keeping import KEEPING
from stoa.moderation.models import Case, Decision, GuidelineVersion, Report
from stoa.moderation.noticing import register_notices
from stoa.moderation.subjects import label_of
from stoa.people import door, keeping
from stoa.people.models import Person
from stoa.spaces.models import Space

door.register(STEP)
keeping.register(KEEPING)
register_notices()


def visible_cases(actor: Actor, numbers: Collection[int]) -> QuerySet[Case]:
    return Case.objects.visible_to(actor).filter(id__in=numbers)


def case_card(case: Case) -> things.Card:
    return things.Card(_named(case), case.address, _("Case"), case.text[:160], at=case.opened_at)


def visible_statements(actor: Actor, numbers: Collection[int]) -> QuerySet[Decision]:
    return Decision.objects.visible_to(actor).filter(id__in=numbers).select_related("case", "clause")


def statement_card(decision: Decision) -> things.Card:
    cited = _("Guideline %(number)s") % {"number": decision.clause.number}
    return things.Card(_named(decision.case), decision.address, _("Statement of reasons"), cited, at=decision.at)


def visible_reports(actor: Actor, numbers: Collection[int]) -> QuerySet[Report]:
    return Report.objects.visible_to(actor).filter(id__in=numbers).select_related("case", "clause")


def report_card(report: Report) -> things.Card:
    cited = _("Guideline %(number)s") % {"number": report.clause.number}
    return things.Card(_named(report.case), report.address, _("Your report"), cited, at=report.at)


def visible_versions(actor: Actor, numbers: Collection[int]) -> QuerySet[GuidelineVersion]:
    return GuidelineVersion.objects.visible_to(actor).filter(id__in=numbers)


def version_card(version: GuidelineVersion) -> things.Card:
    title = _("Guidelines, version %(number)s") % {"number": version.number}
    return things.Card(title, "/guidelines/", _("Guidelines"), version.summary, at=version.published_at)


def _named(case: Case) -> str:
    """A case in a line: its title as it stood, else what kind of thing it is."""
    return case.title or label_of(case.subject_key) or _("Something that is gone")


@panel("spaces.restricted", queries=1)
def restriction(request: HttpRequest, space: Space) -> str:
    return draw_restriction(request, space)


@panel("people.person.header", queries=1, order=90)
def restrictions(request: HttpRequest, person: Person) -> str:
    return draw_standing(request, person)


things.register(things.Thing("moderation.case", visible_cases, case_card))
things.register(things.Thing("moderation.statement", visible_statements, statement_card))
things.register(things.Thing("moderation.report", visible_reports, report_card))
things.register(things.Thing("moderation.guidelines", visible_versions, version_card))
