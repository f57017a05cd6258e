"""The access rules of newsletters: their pages are everybody's, what a letter names is open to whoever holds it, all else to who manages
them."""

from tests.access.kinds import Kind, Rule
from tests.access.social import PLAN_SOCIAL

LETTER = {"newsletter_id": "newsletter.newsletter"}
HANDLE = {"handle": "newsletter.newsletter:handle"}
SIGNED = {"token": "=nothing"}
SAID = {
    "name": "Bench", "description": "What we mended", "sender": "The Guild", "reply_to": "letter@example.org",
    "imprint": "7 Quay Lane",
}  # fmt: skip
ASKED = {"address": "somebody@example.org", "newsletters": "guild-letter"}
BROUGHT = {"list": "zoe@example.org", "how": "attest", "statement": "At the fair, on paper.", "go": "yes"}

NEWSLETTERS: tuple[Rule, ...] = (
    Rule("newsletter:newsletters", Kind.OPEN),
    Rule("newsletter:newsletter", Kind.OPEN, of=HANDLE),
    Rule("newsletter:issue", Kind.OPEN, of=HANDLE | {"issue_id": "newsletter.issue"}),
    Rule("newsletter:picture", Kind.OPEN, of={"picture_id": "newsletter.picture"}),
    Rule("newsletter:requests", Kind.OPEN, reads="", acts="POST", form=ASKED),
    Rule("newsletter:asked", Kind.OPEN),
    Rule("newsletter:own", Kind.MEMBERS, reads="", acts="POST DELETE", of=HANDLE),
    Rule("newsletter:confirmation", Kind.TOKEN, acts="POST", of=SIGNED),
    Rule("newsletter:stop", Kind.TOKEN, acts="POST", of=SIGNED),
    Rule("newsletter:choices", Kind.TOKEN, acts="POST", of=SIGNED),
    Rule("newsletter:api_newsletters", Kind.OPEN, reads="", acts="POST"),
    Rule("newsletter:api_token", Kind.TOKEN, reads="", acts="POST"),
    Rule("newsletter:api_pictures", Kind.TOKEN, reads="", acts="POST"),
    Rule("newsletter:api_issues", Kind.TOKEN, acts="POST"),
    Rule("newsletter:api_issue", Kind.TOKEN, acts="DELETE", of={"issue_id": "newsletter.issue:shown_id"}),
    Rule("newsletter:api_numbers", Kind.TOKEN),
    Rule("newsletter:desk", Kind.DESK, roles=PLAN_SOCIAL),
    Rule("newsletter:making", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, form=SAID | {"handle": "another"}),
    Rule("newsletter:managing", Kind.DESK, roles=PLAN_SOCIAL, of=LETTER),
    Rule("newsletter:settings", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, of=LETTER, form=SAID),
    Rule("newsletter:trial", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, of=LETTER, form={"text": "A trial."}),
    Rule("newsletter:bringing", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, of=LETTER, form=BROUGHT),
    Rule("newsletter:export", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of=LETTER),
    Rule("newsletter:subscribers", Kind.DESK, roles=PLAN_SOCIAL, of=LETTER),
    Rule(
        "newsletter:subscriber", Kind.DESK, reads="", acts="DELETE", roles=PLAN_SOCIAL,
        of=LETTER | {"subscriber_id": "newsletter.subscriber"},
    ),
)  # fmt: skip
