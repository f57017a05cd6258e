"""The room's tables, one noun per file."""

from stoa.moderation.models.appeal import Appeal, AppealDecision
from stoa.moderation.models.case import Case, Report
from stoa.moderation.models.decision import Decision, Restriction, Statement
from stoa.moderation.models.guideline import Acceptance, Clause, GuidelineVersion, Norm

__all__ = [
    "Acceptance",
    "Appeal",
    "AppealDecision",
    "Case",
    "Clause",
    "Decision",
    "GuidelineVersion",
    "Norm",
    "Report",
    "Restriction",
    "Statement",
]
