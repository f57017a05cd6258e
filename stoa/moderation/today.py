"""What this room brings to Today: cases and appeals to decide; what could do much harm cannot wait."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.desk import Section, WorkRow
from stoa.moderation.models import Appeal, Case
from stoa.moderation.models.case import GRAVE
from stoa.moderation.reading import case_rows
from stoa.moderation.subjects import label_of

ROWS = 20
WORDS = 160


def rows(actor: Actor) -> Iterator[WorkRow]:
    """Open cases that one has no part in, then open appeals of what somebody else decided."""
    cases = Case.objects.visible_to(actor).open().exclude(reports__person_id=actor.person_id or 0)
    for case, cited in case_rows(cases.order_by("-harm", "opened_at")[:ROWS], actor):
        title = (
            _("Report, guideline %(number)s: %(what)s")
            % {"number": cited.number, "what": Truncator(cited.text).words(12)}
            if cited
            else _("Report: %(what)s") % {"what": case.title}
        )
        yield WorkRow(
            key=f"moderation.case:{case.id}", section=Section.CANNOT_WAIT if case.harm >= GRAVE else Section.DECIDE,
            what=title,
            why=Truncator(case.text).chars(WORDS) or label_of(case.subject_key), act=_("Decide"), address=case.address,
            since=case.opened_at, wing="community", weight=case.weight, minutes=5, icon="flag",
        )  # fmt: skip
    yield from _appeals(actor)


def _appeals(actor: Actor) -> Iterator[WorkRow]:
    """An appeal against one's own decision is shown too while nobody else may decide it: then somebody has to be found."""
    waiting = Appeal.objects.visible_to(actor).open().exclude(person_id=actor.person_id or 0)
    for appeal in waiting.select_related("decision__case__space", "person").order_by("at", "id")[:ROWS]:
        decision = appeal.decision
        is_mine = decision.by_id == actor.person_id
        yield WorkRow(
            key=f"moderation.appeal:{appeal.id}", section=Section.DECIDE,
            what=_("Appeal of %(name)s: %(what)s") % {"name": appeal.person.name, "what": Truncator(appeal.words).words(14)},
            why=_("you decided it: somebody else has to look") if is_mine else _("somebody else decided it: you look again"),
            act=_("Read it") if is_mine else _("Decide"), address=decision.case.address, since=appeal.at,
            person=appeal.person.name, portrait=appeal.person.portrait_address, wing="community", minutes=8,
            weight=decision.case.harm * max(1.0, decision.case.hours),
        )  # fmt: skip
