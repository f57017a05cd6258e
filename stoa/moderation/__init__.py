"""What is all right: guidelines by version, norms, reports, cases, decisions, restrictions, appeals, the public log.

Owns GuidelineVersion, Clause, Norm, Acceptance, Report, Case, Decision, Statement, Restriction, Appeal and AppealDecision. Higher rooms
bring what can be judged (`moderation.subjects`); one case judges whatever they bring, and everything shown is a view of the same rows.
"""
