"""The access rules: what every route is, and from that what each kind of person may expect of it. Reviewed by people.

This file is written from the product's words (visibilities, roles), never from the policy code, which it judges. A new route
needs one line in ROUTES: its name, what it is, its methods, and of which of the world's objects its arguments are.
"""

from tests.access.kinds import (
    INSIDERS,
    MEMBERS,
    NO_MEMBERS,
    OUTSIDERS,
    PEOPLE,
    PICTURE,
    PRIVATE,
    PUBLIC,
    SECRET,
    STAFF,
    VISIBILITIES,
    WITHOUT_A_VOICE,
    Kind,
    Outcome,
    Rule,
)
from tests.access.newsletters import NEWSLETTERS
from tests.access.social import SOCIAL

__all__ = [
    "INSIDERS",
    "MEMBERS",
    "NO_MEMBERS",
    "OUTSIDERS",
    "PEOPLE",
    "PICTURE",
    "PRIVATE",
    "PUBLIC",
    "ROUTES",
    "SECRET",
    "STAFF",
    "UNASKED",
    "VISIBILITIES",
    "WITHOUT_A_VOICE",
    "Kind",
    "Outcome",
    "Rule",
    "expected",
    "knows_of",
    "reads",
]


BROWSER = {
    "endpoint": "https://push.example/1",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


def knows_of(person: str, visibility: str) -> bool:
    """Whether this kind of person may know that a space of this visibility exists."""
    if visibility == PUBLIC or person in INSIDERS:
        return True
    return visibility in (MEMBERS, PRIVATE) and person not in NO_MEMBERS


def reads(person: str, visibility: str) -> bool:
    """Whether this kind of person reads what stands in a space of this visibility."""
    if visibility == PUBLIC or person in INSIDERS:
        return True
    return visibility == MEMBERS and person not in NO_MEMBERS


def expected(rule: Rule, method: str, person: str, visibility: str = PUBLIC) -> Outcome:
    """The outcome of one cell."""
    if rule.kind is Kind.OPEN:
        return Outcome.OK
    if rule.kind is Kind.STRANGERS:
        return Outcome.AWAY if person == "pending" else Outcome.OK
    if rule.kind is Kind.ACCOUNT:
        return Outcome.AWAY if person == "anonymous" else Outcome.OK
    if rule.kind is Kind.TOKEN:
        return Outcome.AWAY
    if rule.kind in (Kind.MEMBERS, Kind.OWN):
        return Outcome.AWAY if person in NO_MEMBERS else Outcome.OK
    if rule.kind is Kind.VOICE:
        return Outcome.AWAY if person in WITHOUT_A_VOICE else Outcome.OK
    if rule.kind is Kind.DESK:
        return Outcome.OK if person in rule.roles else Outcome.AWAY
    return _in_space(rule, method, person, visibility)


def _in_space(rule: Rule, method: str, person: str, visibility: str) -> Outcome:
    if rule.kind is Kind.CARD:
        if not knows_of(person, visibility):
            return Outcome.MISSING
        is_open = method in rule.reads.split() or (visibility in rule.where and person not in WITHOUT_A_VOICE)
        return Outcome.OK if is_open else Outcome.AWAY
    if not reads(person, visibility):
        return Outcome.AWAY if rule.kind is Kind.SPACE and knows_of(person, visibility) else Outcome.MISSING
    if rule.kind is Kind.CONTENT and method in rule.reads.split():
        return Outcome.OK
    return Outcome.OK if may_act(rule, method, person, visibility) else Outcome.AWAY


def may_act(rule: Rule, method: str, person: str, visibility: str) -> bool:
    """Whether an act (or a page that only some see) is open to this kind of person who reads the space."""
    if person in (NO_MEMBERS if method == "GET" and not rule.voice else WITHOUT_A_VOICE):
        return False
    if rule.roles:
        return person in rule.roles or (person in rule.staff and visibility in (PUBLIC, MEMBERS))
    return person in INSIDERS or visibility in (PUBLIC, MEMBERS)


HANDLE, POST = {"handle": "plaza.account:handle"}, {"post_id": "plaza.post"}
FEED = {"handle": "web_feed.feed:handle"}
WORDS = {"text": "A few words."}
SPACE, SLUG = {"space_id": "spaces.space"}, {"space_id": "spaces.space", "slug": "spaces.space:slug"}
SOMEBODY, MANAGERS = {"person_id": "people.person"}, ("owner", "community manager")
LOOKED_AFTER = {"roles": ("steward", "space moderator"), "staff": MANAGERS}
# Decision 4: names of closed spaces are the owner's to list, and only after that one may be looked into. Giving a role, one gives
# its rights: a community manager does not decide reports, and so makes nobody a moderator.
OWNER_ALONE = ("owner",)
REPORTED = {"subject_key": "=test.remark", "subject_id": "spaces.space"}
DECIDED = {"decision_id": "moderation.decision"}
MODERATED = {"roles": ("steward", "space moderator"), "staff": ("owner", "moderator")}
HEADING = {"heading_id": "spaces.heading"}
STEWARDED = {"roles": ("steward",), "staff": MANAGERS}
INVITATION_FORM = {"uses": "1", "days": "7", "email": "", "role": "space.member"}
EVENT = {"event_id": "gather.event"}
FORMAT = {"format_id": "gather.format"}
FORMAT_FORM = {
    "name": "Bench",
    "shape": "topic",
    "rhythm": "weekly",
    "weekday": "0",
    "at": "19:00",
    "minutes": "60",
    "title": "Bench",
    "opening": "Begin.",
}
HOSTED = {"roles": ("steward", "space moderator"), "staff": (*MANAGERS, "moderator")}
EVENT_FORM = {
    "title": "Evening",
    "starts": "2026-03-12T19:00",
    "ends": "2026-03-12T21:00",
    "zone": "Europe/Berlin",
    "place": "Hall 3",
}

# Routes that are not asked, each with the reason: they need a key that only a mail holds, or answer with fresh random numbers.
UNASKED = {
    "talk:meeting": "only for a newcomer, of a topic of their own; asked in the tests of talk",
    "account_confirm_email": "needs the key of a mail",
    "account_reset_password_from_key": "needs the key of a mail",
    "people:mailbox": "exists in a demo folder only; asked in the tests of people",
    "people:first_passkey": "answers with a fresh challenge, only to who joined without a password; asked in the tests of people",
    "people:confirmed": "needs a sign-up that waits in the session; asked in the tests of people",
    "front:tour": "there only in a demo; asked in the tests of front",
    "front:set_up": "needs the code that the server prints, in a folder that nobody has set up; asked in the tests of front",
    "front:option": "needs an option that a room declares; asked in the tests of front",
    "people:claim_letter": "only at the door, for whose letter was opened elsewhere; asked in the tests of people",
    "people:door_step": "leads to the door whatever was sent; asked in the tests of people",
    "bridge:told": "only where a topic was answered; asked in the tests of the bridge",
    "bridge:grant": "only the author, once, where it may still be granted; asked in the tests of the bridge",
    "account_confirm_login_code": "needs a code that was sent",
    "mfa_authenticate": "in the middle of signing in",
    "mfa_reauthenticate": "in the middle of signing in",
    "mfa_reauthenticate_webauthn": "in the middle of signing in",
    "mfa_login_webauthn": "a fresh challenge each time",
    "mfa_add_webauthn": "a fresh challenge each time",
    "mfa_activate_totp": "a fresh secret each time",
    "mfa_deactivate_totp": "only for who has it, after signing in anew",
    "mfa_view_recovery_codes": "only for who has them, after signing in anew",
    "mfa_generate_recovery_codes": "fresh codes, after signing in anew",
    "mfa_download_recovery_codes": "only for who has them, after signing in anew",
    "mfa_remove_webauthn": "only for the owner of the key, after signing in anew",
    "mfa_edit_webauthn": "only for the owner of the key, after signing in anew",
}

WELCOME = {"title": "Warm", "source": "Hello {name}."}
TOPIC, REPLY = {"topic_id": "talk.topic"}, {"reply_id": "talk.own_reply"}
AUTHOR = ("space member",)
# What is between a few people is for nobody else, whatever they may in the space that they share or on the site.
EXCHANGE = {"exchange_id": "talk.exchange"}
TENDERS, SITE_TENDERS = ("space moderator", "steward"), ("owner", "community manager", "moderator")
WRITTEN = {"title": "A title", "source": "A few words."}
PLANNED = {"planned_id": "talk.planned_topic"}
RITUAL_FORM = WRITTEN | {"kind": "discussion", "rhythm": "weekly", "weekday": "0", "at": "09:00"}
RIGHT, NOBODY = {"right_id": "bridge.right"}, ("nobody",)
ASKERS = ("owner", "community manager", "social media manager")
ROUTES: tuple[Rule, ...] = (
    Rule("account_signup", Kind.STRANGERS),
    Rule("account_login", Kind.STRANGERS),
    Rule("account_logout", Kind.OPEN),
    Rule("account_inactive", Kind.OPEN),
    Rule("account_email_verification_sent", Kind.OPEN),
    Rule("account_reset_password", Kind.OPEN),
    Rule("account_reset_password_done", Kind.OPEN),
    Rule("account_reset_password_from_key_done", Kind.OPEN),
    Rule("account_reauthenticate", Kind.ACCOUNT),
    Rule("account_email", Kind.ACCOUNT),
    Rule("account_change_password", Kind.ACCOUNT),
    Rule("account_set_password", Kind.ACCOUNT),
    Rule("mfa_index", Kind.ACCOUNT),
    Rule("mfa_list_webauthn", Kind.ACCOUNT),
    Rule("talk:badges", Kind.OPEN),
    Rule("talk:badges_given", Kind.OPEN),
    Rule("talk:badge", Kind.OPEN, of={"key": "=settled_first"}),
    Rule("talk:own_badges", Kind.OWN, acts="POST", form={"key": "", "shown": "no"}),
    Rule("talk:person_badges", Kind.DESK, roles=(*MANAGERS, "steward"), of={"person_id": "people.other"}),
    Rule(
        "talk:person_badges",
        Kind.DESK,
        reads="",
        acts="POST",
        roles=(*MANAGERS, "steward"),
        of={"person_id": "people.other"},
        form={"name": "Lamp", "words": "For a lamp.", "place": "everywhere", "about": ""},
    ),
    Rule("talk:badge_taking_back", Kind.SPACE, "", "POST", {"badge_id": "talk.badge"}, **STEWARDED),
    Rule("people:claim", Kind.TOKEN, acts="POST", of={"token": "=nobody-signed-this"}),
    Rule("people:door", Kind.ACCOUNT),
    Rule("people:door_entry", Kind.ACCOUNT, reads="", acts="POST"),
    Rule("people:people", Kind.MEMBERS),
    Rule("people:person_short", Kind.MEMBERS, of=SOMEBODY),
    Rule("people:person", Kind.MEMBERS, of=SOMEBODY | {"slug": "=member"}),
    Rule("people:block", Kind.MEMBERS, reads="", acts="POST DELETE", of={"person_id": "people.other"}),
    Rule("people:bookmarks", Kind.OWN),
    Rule(
        "people:bookmark",
        Kind.SPACE,
        "GET",
        "POST DELETE",
        {"key": "=talk.topic", "number": "talk.topic"},
        form={"note": "Some words."},
    ),
    Rule("people:drafts", Kind.OWN),
    Rule("people:draft", Kind.OWN, acts="PUT DELETE", of={"place": "=reply-anything"}, form={"source": "Some words."}),
    Rule("people:follows", Kind.MEMBERS),
    Rule(
        "people:follow", Kind.SPACE, "", "POST", {"key": "=talk.topic", "number": "talk.topic"}, form={"level": "watch"}
    ),
    Rule("people:links", Kind.VOICE, acts="POST", form={"address": "https://elsewhere.example/me"}),
    Rule("people:link", Kind.TOKEN, reads="", acts="DELETE", of={"link_id": "people.link"}),
    Rule("people:link_proof", Kind.TOKEN, reads="", acts="POST", of={"link_id": "people.link"}),
    Rule("people:own_profile", Kind.ACCOUNT, acts="POST"),
    Rule("people:asked", Kind.ACCOUNT, acts="POST"),
    Rule("people:portrait", Kind.ACCOUNT, reads="", acts="POST DELETE"),
    Rule("people:notices", Kind.ACCOUNT),
    Rule("people:notice_readings", Kind.ACCOUNT, reads="", acts="POST"),
    Rule("people:notice_wishes", Kind.ACCOUNT, acts="POST"),
    Rule("people:quiet_hours", Kind.ACCOUNT, reads="", acts="POST DELETE", form={"start": "22:00", "end": "07:00"}),
    Rule("people:mail_stop", Kind.TOKEN, acts="POST", of={"token": "=nobody-signed-this"}),
    Rule("people:devices", Kind.VOICE, reads="", acts="POST", form=BROWSER),
    Rule("people:device", Kind.TOKEN, reads="", acts="POST DELETE", of={"device_id": "people.device"}),
    Rule("people:push_worker", Kind.OPEN),
    Rule("people:notice_reading", Kind.TOKEN, reads="", acts="POST", of={"notice_id": "people.notice"}),
    Rule("people:security", Kind.ACCOUNT),
    Rule("people:export", Kind.ACCOUNT, reads="", acts="POST"),
    Rule("people:leaving", Kind.ACCOUNT, acts="POST"),
    Rule("people:desk_members", Kind.DESK, roles=(*MANAGERS, "moderator")),
    Rule("people:desk_door", Kind.DESK, acts="POST", roles=MANAGERS),
    Rule(
        "people:desk_question_retirement",
        Kind.DESK,
        reads="",
        acts="POST",
        roles=MANAGERS,
        of={"question_id": "people.question"},
    ),
    Rule("people:desk_fields", Kind.DESK, acts="POST", roles=MANAGERS),
    Rule("people:desk_field", Kind.DESK, acts="POST", roles=MANAGERS, of={"field_id": "people.field"}),
    Rule(
        "people:desk_field_archive",
        Kind.DESK,
        reads="",
        acts="POST DELETE",
        roles=MANAGERS,
        of={"field_id": "people.field"},
    ),
    Rule("people:desk_field_place", Kind.DESK, reads="", acts="POST", roles=MANAGERS, of={"field_id": "people.field"}),
    Rule("people:desk_purpose", Kind.DESK, reads="", acts="POST", roles=MANAGERS, form={"sentence": "To mend things."}),
    Rule("front:home", Kind.OPEN),
    Rule("front:desk", Kind.DESK, roles=STAFF),
    Rule("front:today", Kind.DESK, roles=STAFF),
    Rule("front:launch", Kind.DESK, roles=STAFF),
    Rule("front:calendar", Kind.DESK, roles=STAFF),
    Rule("front:options", Kind.DESK, roles=("owner",)),
    Rule("front:imports", Kind.DESK, roles=MANAGERS),
    Rule("front:import", Kind.DESK, roles=MANAGERS, of={"import_id": "front.import"}),
    Rule(
        "front:import_confirmation", Kind.DESK, reads="", acts="POST", roles=MANAGERS, of={"import_id": "front.import"}
    ),
    Rule(
        "front:import_pause", Kind.DESK, reads="", acts="POST DELETE", roles=MANAGERS, of={"import_id": "front.import"}
    ),
    Rule("front:import_letters", Kind.DESK, reads="", acts="POST", roles=MANAGERS, of={"import_id": "front.import"}),
    Rule("front:moved", Kind.CONTENT, of={"old": "front.moved:path"}),
    Rule("front:moved_thing", Kind.CONTENT, of={"home_id": "front.home", "kind": "=topic", "old": "front.moved:old"}),
    Rule("front:visit", Kind.DESK, reads="", acts="POST", roles=STAFF),
    Rule(
        "front:marks",
        Kind.DESK,
        reads="",
        acts="POST",
        roles=STAFF,
        form={"key": "a", "kind": "not_needed", "reason": "b"},
    ),
    Rule("front:mark", Kind.DESK, reads="", acts="DELETE", roles=STAFF, of={"mark_id": "front.mark"}),
    Rule("spaces:spaces", Kind.OPEN),
    Rule("spaces:space_short", Kind.CARD, of=SPACE),
    Rule("spaces:space", Kind.CARD, of=SLUG),
    Rule("spaces:membership", Kind.CARD, reads="", acts="POST", of=SPACE, where=(PUBLIC, MEMBERS)),
    Rule("spaces:membership", Kind.SPACE, reads="", acts="DELETE", of=SPACE, roles=INSIDERS),
    Rule("spaces:application", Kind.CARD, reads="", acts="POST", of=SPACE, where=(PRIVATE,)),
    Rule("spaces:application", Kind.TOKEN, reads="", acts="DELETE", of=SPACE),
    Rule("spaces:members", Kind.SPACE, reads="", acts="GET", of=SPACE),
    Rule("spaces:mentionable", Kind.SPACE, reads="", acts="GET", of=SPACE, query="?q=k", voice=True),
    Rule("spaces:manage", Kind.SPACE, reads="", acts="GET", of=SPACE, **LOOKED_AFTER),
    Rule("spaces:settings", Kind.SPACE, reads="", acts="POST", of=SPACE, **LOOKED_AFTER),
    Rule("spaces:state", Kind.SPACE, reads="", acts="POST", of=SPACE, **STEWARDED),
    Rule("spaces:heading", Kind.SPACE, reads="", acts="POST", of=SPACE, **STEWARDED),
    Rule("spaces:desk_headings", Kind.DESK, acts="POST", roles=MANAGERS, form={"title": "Workshops"}),
    Rule("spaces:desk_headings_spaces", Kind.DESK, "", "POST", roles=MANAGERS),
    Rule("spaces:desk_heading", Kind.DESK, "", "POST DELETE", HEADING, roles=MANAGERS, form={"title": "Workshops"}),
    Rule("spaces:desk_heading_place", Kind.DESK, "", "POST", HEADING, roles=MANAGERS, form={"to": "up"}),
    Rule(
        "spaces:role",
        Kind.SPACE,
        reads="",
        acts="POST DELETE",
        of=SPACE | {"person_id": "people.insider"},
        form={"role": "space.guest"},
        **STEWARDED,
    ),
    Rule("spaces:invitations", Kind.SPACE, reads="", acts="GET POST", of=SPACE, form=INVITATION_FORM, **LOOKED_AFTER),
    Rule(
        "spaces:invitation_revocation",
        Kind.SPACE,
        reads="",
        acts="POST",
        of=SPACE | {"invitation_id": "spaces.invitation"},
        **LOOKED_AFTER,
    ),
    Rule(
        "spaces:decision",
        Kind.SPACE,
        reads="",
        acts="POST",
        of=SPACE | {"application_id": "spaces.application"},
        form={"accept": "yes"},
        **LOOKED_AFTER,
    ),
    Rule("spaces:acceptance", Kind.TOKEN, reads="", acts="POST", of=SPACE),
    Rule("spaces:own_invitations", Kind.MEMBERS),
    Rule("spaces:own_invitations", Kind.DESK, reads="", acts="POST", roles=MANAGERS, form={"place": "community"}),
    Rule(
        "spaces:own_invitation_revocation",
        Kind.DESK,
        reads="",
        acts="POST",
        roles=("owner",),
        of={"invitation_id": "spaces.site_invitation"},
    ),
    Rule("spaces:invitation", Kind.OPEN, of={"code": "spaces.site_invitation:code"}),
    Rule("spaces:invitation", Kind.VOICE, reads="", acts="POST", of={"code": "spaces.site_invitation:code"}),
    Rule("spaces:sight", Kind.DESK, "", "POST", roles=(*MANAGERS, "steward"), form={"kind": "visitor"}),
    Rule("spaces:sight", Kind.OPEN, reads="", acts="DELETE"),
    Rule("spaces:desk_spaces", Kind.DESK, acts="POST", roles=MANAGERS),
    Rule("spaces:desk_roles", Kind.DESK, roles=MANAGERS),
    Rule("spaces:desk_rights", Kind.DESK, roles=MANAGERS),
    Rule("spaces:desk_rights", Kind.DESK, "", "POST", roles=OWNER_ALONE, form={"name": "Host", "scope_kind": "space"}),
    Rule("spaces:desk_rights_of", Kind.DESK, of={"role_id": "spaces.role"}, roles=MANAGERS),
    Rule("spaces:desk_rights_of", Kind.DESK, "", "POST DELETE", {"role_id": "spaces.role"}, roles=OWNER_ALONE),
    Rule("spaces:desk_role", Kind.DESK, "", "POST", SOMEBODY, roles=OWNER_ALONE, form={"role": "moderator"}),
    Rule("spaces:desk_role", Kind.DESK, "", "DELETE", SOMEBODY, roles=MANAGERS),
    Rule(
        "spaces:desk_invitations",
        Kind.DESK,
        acts="POST",
        roles=MANAGERS,
        form={"uses": "1", "days": "7", "email": ""},
    ),
    Rule(
        "spaces:desk_invitation_revocation",
        Kind.DESK,
        reads="",
        acts="POST",
        roles=MANAGERS,
        of={"invitation_id": "spaces.site_invitation"},
    ),
    Rule(
        "spaces:desk_glass", Kind.DESK, acts="POST", roles=OWNER_ALONE, form={"reason": "A letter of the court asks."}
    ),
    Rule("spaces:desk_glass_of_space", Kind.TOKEN, reads="", acts="POST", of=SPACE),
    Rule("base:manifest", Kind.OPEN),
    Rule("base:files", Kind.VOICE, reads="", acts="POST", form={"file": PICTURE}),
    Rule("moderation:guidelines", Kind.OPEN),
    Rule("moderation:version", Kind.OPEN, of={"number": "moderation.version:number"}),
    Rule("moderation:log", Kind.OPEN),
    Rule("moderation:acceptance", Kind.MEMBERS, reads="", acts="POST"),
    Rule("moderation:reports", Kind.MEMBERS),
    Rule("moderation:report", Kind.SPACE, reads="", acts="GET POST", of=REPORTED),
    Rule("moderation:escalation", Kind.TOKEN, reads="", acts="POST", of={"report_id": "moderation.report"}),
    Rule("moderation:statement", Kind.SPACE, reads="", acts="GET", of=DECIDED, **MODERATED),
    Rule("moderation:appeal", Kind.TOKEN, reads="", acts="POST", of=DECIDED, form={"words": ""}),
    Rule("moderation:desk", Kind.DESK, roles=("owner", "moderator", "space moderator", "steward")),
    Rule("moderation:case", Kind.SPACE, reads="", acts="GET", of={"case_id": "moderation.case"}, **MODERATED),
    Rule("moderation:decision", Kind.SPACE, reads="", acts="POST", of={"case_id": "moderation.case"}, **MODERATED),
    Rule("moderation:ruling", Kind.SPACE, reads="", acts="POST", of={"appeal_id": "moderation.appeal"}, **MODERATED),
    Rule("moderation:desk_guidelines", Kind.DESK, acts="POST", roles=MANAGERS),
    Rule("moderation:desk_clauses", Kind.DESK, reads="", acts="POST", roles=MANAGERS),
    Rule(
        "moderation:desk_clause",
        Kind.DESK,
        reads="",
        acts="DELETE",
        roles=MANAGERS,
        of={"clause_id": "moderation.clause"},
    ),
    Rule("moderation:desk_publication", Kind.DESK, reads="", acts="POST", roles=MANAGERS),
    Rule("moderation:desk_norms", Kind.DESK, reads="", acts="POST", roles=MANAGERS),
    Rule("moderation:desk_norm", Kind.DESK, reads="", acts="DELETE", roles=MANAGERS, of={"norm_id": "moderation.norm"}),
    Rule("base:file", Kind.CARD, of={"file_id": "base.file"}),
    Rule("plaza:timeline", Kind.OPEN),
    Rule("plaza:connecting", Kind.OPEN),
    Rule("plaza:account", Kind.OPEN, of=HANDLE),
    Rule("plaza:avatar", Kind.OPEN, of=HANDLE),
    Rule("plaza:picture", Kind.OPEN, of={"picture_id": "plaza.picture"}),
    Rule("plaza:post", Kind.OPEN, of=POST),
    Rule("plaza:words", Kind.DESK, reads="", acts="POST", roles=STAFF, of=HANDLE, form={"bio": "!"}),
    Rule("plaza:posts", Kind.DESK, reads="", acts="POST", roles=STAFF, form=WORDS),
    Rule("plaza:answers", Kind.DESK, reads="", acts="POST", roles=STAFF, of=POST, form=WORDS),
    Rule("plaza:likes", Kind.DESK, reads="", acts="POST", roles=STAFF, of=POST),
    Rule("plaza:reposts", Kind.DESK, reads="", acts="POST", roles=STAFF, of=POST),
    Rule("plaza:sightings", Kind.OPEN, reads="", acts="POST"),
    Rule("plaza:api_accounts", Kind.OPEN, reads="", acts="POST"),
    Rule("plaza:api_account", Kind.TOKEN),
    Rule("plaza:api_token", Kind.TOKEN, reads="", acts="POST"),
    Rule("plaza:api_media", Kind.TOKEN, reads="", acts="POST"),
    Rule("plaza:api_posts", Kind.TOKEN, acts="POST"),
    Rule("plaza:api_post", Kind.TOKEN, acts="DELETE", of={"post_id": "plaza.post:shown_id"}),
    Rule("plaza:api_notifications", Kind.TOKEN),
    Rule("plaza:api_readings", Kind.TOKEN),
    Rule("web_feed:feeds", Kind.OPEN),
    Rule("web_feed:feed", Kind.OPEN, of=FEED),
    Rule("web_feed:atom", Kind.OPEN, of=FEED),
    Rule("web_feed:rss", Kind.OPEN, of=FEED),
    Rule("web_feed:entry", Kind.OPEN, of=FEED | {"entry_id": "web_feed.entry"}),
    Rule("web_feed:picture", Kind.OPEN, of={"picture_id": "web_feed.picture"}),
    Rule("web_feed:api_feeds", Kind.OPEN, reads="", acts="POST"),
    Rule("web_feed:api_token", Kind.TOKEN, reads="", acts="POST"),
    Rule("web_feed:api_pictures", Kind.TOKEN, reads="", acts="POST"),
    Rule("web_feed:api_entries", Kind.TOKEN, acts="POST"),
    Rule("web_feed:api_entry", Kind.TOKEN, acts="PUT DELETE", of={"entry_id": "web_feed.entry:shown_id"}),
    *NEWSLETTERS,
    *SOCIAL,
    Rule("talk:introduction", Kind.DESK, acts="POST", of=SOMEBODY, roles=(*MANAGERS, "moderator")),
    Rule("talk:exchanges", Kind.OWN),
    Rule("talk:new_exchange", Kind.VOICE, acts="POST", form=WRITTEN),
    Rule("talk:direct_wish", Kind.OWN, acts="POST", form={"who": "known"}),
    Rule("talk:exchange", Kind.SPACE, "", "GET", EXCHANGE, roles=AUTHOR),
    Rule("talk:direct_messages", Kind.SPACE, "", "POST", EXCHANGE, roles=AUTHOR, form=WRITTEN),
    Rule("talk:exchange_progress", Kind.SPACE, "", "POST", EXCHANGE, roles=AUTHOR, form={"to": "nowhere"}),
    Rule("talk:exchange_consent", Kind.SPACE, "", "POST DELETE", {"exchange_id": "talk.request"}, roles=AUTHOR),
    Rule("talk:exchange_people", Kind.SPACE, "", "GET POST", EXCHANGE, roles=AUTHOR),
    Rule("talk:exchange_name", Kind.SPACE, "", "POST", EXCHANGE, roles=AUTHOR, form={"name": "Zips"}),
    Rule("talk:exchange_place", Kind.SPACE, "", "DELETE", EXCHANGE, roles=AUTHOR),
    Rule("talk:direct_message_presence", Kind.SPACE, "", "DELETE", {"message_id": "talk.direct_message"}, roles=AUTHOR),
    Rule("talk:topics", Kind.OPEN),
    Rule("talk:begin", Kind.MEMBERS),
    Rule("talk:search", Kind.OPEN, query="?q=kanari"),
    Rule("talk:suggestions", Kind.OPEN, query="?q=kanari"),
    Rule(
        "talk:welcome",
        Kind.DESK,
        acts="POST",
        of=SOMEBODY,
        roles=(*MANAGERS, "moderator"),
        form={"source": "Hello.", "space": "nowhere"},
    ),
    Rule("talk:saved_welcomes", Kind.DESK, acts="POST", roles=(*MANAGERS, "moderator"), form=WELCOME),
    Rule(
        "talk:saved_welcome",
        Kind.DESK,
        acts="POST DELETE",
        of={"saved_id": "talk.saved_welcome"},
        roles=(*MANAGERS, "moderator"),
        form=WELCOME,
    ),
    Rule("talk:trust", Kind.MEMBERS),
    Rule("talk:me", Kind.MEMBERS),
    Rule(
        "talk:member_trust",
        Kind.DESK,
        acts="POST",
        of=SOMEBODY,
        roles=(*MANAGERS, "moderator"),
        form={"level": "1", "reason": "They know this place."},
    ),
    Rule("talk:similar", Kind.OPEN, query="?title=kanari"),
    Rule("talk:digest", Kind.MEMBERS, acts="POST", form={"rhythm": "daily"}),
    Rule("talk:saved_searches", Kind.MEMBERS, acts="POST", form={"question": "q=kanari"}),
    Rule("talk:saved_search", Kind.TOKEN, reads="", acts="DELETE", of={"saved_id": "talk.saved_search"}),
    Rule("talk:space_topics", Kind.CONTENT, of={"space_id": "spaces.space"}),
    Rule(
        "talk:new_topic",
        Kind.SPACE,
        reads="",
        acts="GET POST",
        of={"space_id": "spaces.space"},
        form=WRITTEN,
        voice=True,
    ),
    Rule("talk:topic_short", Kind.CONTENT, of=TOPIC),
    Rule("talk:topic", Kind.CONTENT, of={**TOPIC, "slug": "talk.topic:slug"}),
    Rule("talk:new", Kind.CONTENT, of=TOPIC),
    Rule("talk:newest", Kind.CONTENT, of=TOPIC),
    Rule("talk:progress", Kind.SPACE, reads="", acts="POST", of=TOPIC, form={"to": "nowhere"}),
    Rule("talk:space_progress", Kind.SPACE, reads="", acts="POST", of={"space_id": "spaces.space"}),
    Rule("talk:all_progress", Kind.VOICE, reads="", acts="POST"),
    Rule("talk:edit_topic", Kind.SPACE, acts="POST", of=TOPIC, roles=AUTHOR, form=WRITTEN),
    Rule("talk:topic_history", Kind.CONTENT, of=TOPIC),
    Rule("talk:reply_history", Kind.CONTENT, of=REPLY),
    Rule("talk:version", Kind.SPACE, "", "DELETE", {"version_id": "talk.version"}, roles=TENDERS, staff=SITE_TENDERS),
    Rule("talk:closure", Kind.SPACE, "", "POST DELETE", TOPIC, roles=AUTHOR + TENDERS, staff=SITE_TENDERS),
    Rule("talk:topic_presence", Kind.SPACE, reads="", acts="DELETE", of=TOPIC, roles=AUTHOR),
    Rule("talk:place", Kind.SPACE, "GET", "PUT", TOPIC, roles=TENDERS, staff=SITE_TENDERS, form={"space": "nowhere"}),
    Rule("talk:tags", Kind.OPEN),
    Rule("talk:vocabulary", Kind.DESK, acts="POST DELETE", roles=SITE_TENDERS, form={"name": "a", "becomes": "b"}),
    Rule("talk:tag", Kind.OPEN, query="?tag=shared"),
    Rule(
        "talk:space_vocabulary",
        Kind.SPACE,
        "GET",
        "POST DELETE",
        SPACE,
        roles=TENDERS,
        staff=SITE_TENDERS,
        form={"name": "a"},
    ),
    Rule(
        "talk:topic_tags",
        Kind.SPACE,
        acts="POST",
        of=TOPIC,
        roles=AUTHOR + TENDERS,
        staff=SITE_TENDERS,
        form={"tags": "b"},
    ),
    Rule("talk:vote", Kind.SPACE, reads="", acts="POST DELETE", of={"topic_id": "talk.idea"}),
    Rule("talk:ballot", Kind.SPACE, reads="", acts="POST", of={"topic_id": "talk.poll"}, roles=INSIDERS),
    Rule("talk:outcome", Kind.SPACE, acts="POST", of={"topic_id": "talk.idea"}, roles=TENDERS, staff=SITE_TENDERS),
    Rule("talk:pin", Kind.SPACE, "GET", "POST DELETE", TOPIC, roles=TENDERS, staff=SITE_TENDERS, form={"days": "7"}),
    Rule("talk:planned_topics", Kind.MEMBERS),
    Rule(
        "talk:planned_topic",
        Kind.SPACE,
        "GET",
        "POST DELETE",
        PLANNED,
        roles=AUTHOR,
        form=WRITTEN | {"opens": "2026-03-09T10:00"},
    ),
    Rule("talk:planned_opening", Kind.SPACE, "", "POST", PLANNED, roles=AUTHOR),
    Rule("talk:new_ritual", Kind.SPACE, "GET", "POST", SPACE, form=RITUAL_FORM, **STEWARDED),
    Rule("talk:ritual", Kind.SPACE, "GET", "POST", {"ritual_id": "talk.ritual"}, form=RITUAL_FORM, **STEWARDED),
    Rule(
        "talk:ritual_state", Kind.SPACE, "", "POST", {"ritual_id": "talk.ritual"}, form={"state": "paused"}, **STEWARDED
    ),
    Rule("talk:nearby_topic", Kind.CONTENT, acts="POST", of=TOPIC),
    Rule("talk:nearby_space", Kind.CONTENT, acts="POST", of=SPACE),
    Rule("talk:seen_wish", Kind.MEMBERS, acts="POST"),
    Rule("talk:topic_cards", Kind.SPACE, "", "DELETE", TOPIC, roles=AUTHOR),
    Rule("talk:reply_cards", Kind.SPACE, "", "DELETE", REPLY, roles=AUTHOR),
    Rule("talk:link_cards", Kind.DESK, acts="POST DELETE", roles=SITE_TENDERS, form={"host": "shop.example"}),
    Rule("talk:split", Kind.SPACE, "GET", "POST", TOPIC, roles=TENDERS, staff=SITE_TENDERS, form={"go": ""}),
    Rule("talk:merger", Kind.SPACE, "GET", "POST", TOPIC, roles=TENDERS, staff=SITE_TENDERS, form={"into": "nowhere"}),
    Rule(
        "talk:slow_mode",
        Kind.SPACE,
        "GET",
        "POST DELETE",
        TOPIC,
        roles=TENDERS,
        staff=SITE_TENDERS,
        form={"minutes": "5", "lasts": "1"},
    ),
    Rule("talk:replies", Kind.SPACE, reads="", acts="POST", of=TOPIC, form=WRITTEN),
    Rule("talk:topic_marks", Kind.CONTENT, acts="POST", of=TOPIC, form={"sign": "laugh"}),
    Rule("talk:reply_marks", Kind.CONTENT, acts="POST", of=REPLY, form={"sign": "laugh"}),
    Rule("talk:acceptance", Kind.SPACE, "", "POST DELETE", REPLY, roles=AUTHOR + TENDERS, staff=SITE_TENDERS),
    Rule("talk:reply", Kind.CONTENT, of={"reply_id": "talk.reply"}),
    Rule("talk:edit_reply", Kind.SPACE, acts="POST", of=REPLY, roles=AUTHOR, form=WRITTEN),
    Rule("talk:reply_presence", Kind.SPACE, reads="", acts="DELETE", of=REPLY, roles=AUTHOR),
    Rule("gather:events", Kind.OPEN),
    Rule("gather:calendar", Kind.MEMBERS, acts="POST DELETE"),
    Rule("gather:feed", Kind.TOKEN, of={"secret": "=unknown"}),
    Rule("gather:event_short", Kind.CONTENT, of=EVENT),
    Rule("gather:event", Kind.CONTENT, of=EVENT | {"slug": "gather.event:slug"}),
    Rule("gather:event_calendar", Kind.CONTENT, of=EVENT),
    Rule("gather:new_event", Kind.SPACE, reads="", acts="GET POST", of=SPACE, form=EVENT_FORM, **HOSTED),
    Rule("gather:edit_event", Kind.SPACE, reads="", acts="GET POST", of=EVENT, form=EVENT_FORM, **HOSTED),
    Rule("gather:cancellation", Kind.SPACE, reads="", acts="GET POST", of=EVENT, form={"reason": "A storm."}, **HOSTED),
    Rule("gather:rsvp", Kind.SPACE, reads="", acts="POST DELETE", of=EVENT),
    Rule("gather:people", Kind.SPACE, reads="", acts="GET", of=EVENT),
    Rule("gather:attendance", Kind.SPACE, reads="", acts="POST", of={"event_id": "gather.begun"}, **HOSTED),
    Rule(
        "gather:host",
        Kind.SPACE,
        reads="",
        acts="POST DELETE",
        of=EVENT | {"person_id": "gather.guest"},
        **HOSTED,
    ),
    Rule("gather:goal", Kind.OPEN),
    Rule("gather:contributions", Kind.VOICE, reads="", acts="POST", form={"number": "1"}),
    Rule(
        "gather:contribution",
        Kind.DESK,
        reads="",
        acts="DELETE",
        roles=MANAGERS,
        of={"contribution_id": "gather.contribution"},
    ),
    Rule("gather:desk_events", Kind.DESK, roles=(*MANAGERS, "moderator")),
    Rule("gather:programme", Kind.DESK, roles=(*MANAGERS, "moderator")),
    Rule("gather:new_format", Kind.DESK, acts="POST", roles=(*MANAGERS, "moderator"), form=FORMAT_FORM),
    Rule("gather:format", Kind.SPACE, reads="", acts="GET POST", of=FORMAT, form=FORMAT_FORM, **HOSTED),
    Rule("gather:occasions", Kind.SPACE, reads="", acts="POST", of=FORMAT, **HOSTED),
    Rule(
        "gather:desk_goal",
        Kind.DESK,
        acts="POST",
        roles=MANAGERS,
        form={"sentence": "To mend.", "number": "9", "unit": "things"},
    ),
    Rule("bridge:campaigns", Kind.DESK, acts="POST", roles=ASKERS),
    Rule("bridge:campaign", Kind.DESK, of={"campaign_id": "bridge.campaign"}, roles=ASKERS),
    Rule("bridge:links", Kind.DESK, reads="", acts="POST", of={"campaign_id": "bridge.campaign"}, roles=ASKERS),
    Rule("bridge:loop", Kind.DESK, acts="POST", of={"conversation_id": "bridge.conversation"}, roles=ASKERS),
    Rule("bridge:stories", Kind.MEMBERS),
    Rule("bridge:story", Kind.SPACE, reads="", acts="GET", of=RIGHT, roles=AUTHOR, staff=ASKERS),
    Rule("bridge:refusal", Kind.SPACE, reads="", acts="POST", of=RIGHT, roles=AUTHOR),
    Rule("bridge:desk_stories", Kind.DESK, roles=ASKERS),
    Rule("bridge:desk_story", Kind.SPACE, reads="", acts="GET", of=RIGHT, roles=NOBODY, staff=ASKERS),
    Rule("bridge:ask_for_topic", Kind.SPACE, "", "GET POST", {"topic_id": "talk.topic"}, roles=NOBODY, staff=ASKERS),
    Rule("bridge:ask_for_reply", Kind.SPACE, "", "GET POST", {"reply_id": "talk.reply"}, roles=NOBODY, staff=ASKERS),
    Rule(
        "measure:impact",
        Kind.DESK,
        roles=(*MANAGERS, "social media manager", "lead"),
        query="?month=2026-03&by=post",
    ),
)
