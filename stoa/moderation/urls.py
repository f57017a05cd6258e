"""Addresses: the guidelines and their log, reports, statements, the desk."""

from django.urls import path

from stoa.moderation.views import desk, drafts, guidelines, reports, statements

app_name = "moderation"
urlpatterns = [
    path("guidelines/", guidelines.guidelines, name="guidelines"),
    path("guidelines/versions/<int:number>/", guidelines.version, name="version"),
    path("guidelines/acceptance/", guidelines.acceptance, name="acceptance"),
    path("guidelines/log/", guidelines.log, name="log"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<str:subject_key>/<id:subject_id>/", reports.new, name="report"),
    path("reports/<id:report_id>/escalation/", reports.escalation, name="escalation"),
    path("statements/<id:decision_id>/", statements.statement, name="statement"),
    path("statements/<id:decision_id>/appeal/", statements.appeal, name="appeal"),
    path("desk/moderation/", desk.queue, name="desk"),
    path("desk/moderation/<id:case_id>/", desk.case, name="case"),
    path("desk/moderation/<id:case_id>/decision/", desk.decision, name="decision"),
    path("desk/appeals/<id:appeal_id>/decision/", desk.ruling, name="ruling"),
    path("desk/guidelines/", drafts.guidelines, name="desk_guidelines"),
    path("desk/guidelines/clauses/", drafts.clauses, name="desk_clauses"),
    path("desk/guidelines/clauses/<id:clause_id>/", drafts.clause, name="desk_clause"),
    path("desk/guidelines/publication/", drafts.publication, name="desk_publication"),
    path("desk/norms/", drafts.norms, name="desk_norms"),
    path("desk/norms/<id:norm_id>/", drafts.norm, name="desk_norm"),
]
