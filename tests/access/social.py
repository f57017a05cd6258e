"""The access rules of the social wing: channels, posts, deliveries and links belong to the desk, and not to any space."""

from tests.access.kinds import Kind, Rule

PLAN_SOCIAL = ("owner", "social media manager")
ANSWER_SOCIAL = (*PLAN_SOCIAL, "community manager")
SEE_SOCIAL = (*ANSWER_SOCIAL, "lead")
READ_INBOX = (*ANSWER_SOCIAL, "moderator")
CONVERSATION = {"conversation_id": "listen.conversation"}
ASSET = {"asset_id": "library.asset"}
SCHEDULE, STOP = {"schedule_id": "publish.schedule"}, {"state": "stopped"}
CHANNEL, DELIVERY = {"channel_id": "networks.channel"}, {"delivery_id": "publish.delivery"}

SOCIAL: tuple[Rule, ...] = (
    Rule("networks:channels", Kind.DESK, roles=SEE_SOCIAL),
    Rule("networks:networks", Kind.DESK, roles=PLAN_SOCIAL),
    Rule("networks:connecting", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, of={"network": "networks.channel:network"}),
    Rule("networks:sign_in", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of={"network": "=mastodon"}),
    # Both are opened by a state that one browser has for ten minutes; no role alone opens them.
    Rule("networks:sign_in_return", Kind.TOKEN),
    Rule("networks:signing", Kind.TOKEN, acts="POST", of={"signing_id": "networks.hold"}),
    Rule("networks:by_hand", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, of={"network": "networks.channel:network"}),
    Rule("networks:channel", Kind.DESK, roles=SEE_SOCIAL, of=CHANNEL),
    Rule("networks:connection", Kind.DESK, reads="", acts="DELETE", roles=PLAN_SOCIAL, of=CHANNEL),
    Rule("networks:budget", Kind.DESK, reads="", acts="PUT", roles=PLAN_SOCIAL, of=CHANNEL),
    Rule("networks:holds", Kind.DESK, reads="", acts="POST", roles=ANSWER_SOCIAL, form={"reason": "A crisis."}),
    Rule("networks:stopped", Kind.DESK, roles=SEE_SOCIAL),
    Rule("networks:hold", Kind.DESK, reads="", acts="DELETE", roles=ANSWER_SOCIAL, of={"hold_id": "networks.hold"}),
    Rule("library:assets", Kind.DESK, roles=SEE_SOCIAL),
    Rule("library:bringing", Kind.DESK, acts="POST", roles=ANSWER_SOCIAL),
    Rule("library:undescribed", Kind.DESK, acts="POST", roles=ANSWER_SOCIAL),
    Rule("library:several", Kind.DESK, reads="", acts="POST", roles=ANSWER_SOCIAL),
    Rule("library:folders", Kind.DESK, acts="POST", roles=ANSWER_SOCIAL, form={"name": "Fair"}),
    Rule(
        "library:folder",
        Kind.DESK,
        reads="",
        acts="POST DELETE",
        roles=ANSWER_SOCIAL,
        of={"folder_id": "library.folder"},
        form={"name": "Fair"},
    ),
    Rule("library:asset", Kind.DESK, roles=SEE_SOCIAL, of=ASSET),
    Rule(
        "library:description",
        Kind.DESK,
        reads="",
        acts="POST DELETE",
        roles=ANSWER_SOCIAL,
        of=ASSET,
        form={"title": "Lamp", "licence": "own", "focal": "c"},
    ),
    Rule("library:versions", Kind.DESK, reads="", acts="POST", roles=ANSWER_SOCIAL, of=ASSET, form={"why": "Brighter"}),
    Rule("library:poster", Kind.DESK, reads="", acts="POST", roles=ANSWER_SOCIAL, of=ASSET),
    Rule("library:current", Kind.DESK, reads="", acts="POST", roles=ANSWER_SOCIAL, of=ASSET),
    Rule("publish:posts", Kind.DESK, roles=SEE_SOCIAL),
    Rule("publish:new_post", Kind.DESK, acts="POST", roles=PLAN_SOCIAL),
    Rule("publish:checks", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL),
    Rule("publish:fitted", Kind.DESK, roles=PLAN_SOCIAL, of={"file_id": "library.file"}),
    Rule("publish:post", Kind.DESK, roles=SEE_SOCIAL, of={"post_id": "publish.post"}),
    Rule("publish:edit_post", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, of={"post_id": "publish.draft"}),
    Rule("publish:draft", Kind.DESK, reads="", acts="DELETE", roles=PLAN_SOCIAL, of={"post_id": "publish.draft"}),
    Rule("publish:new_schedule", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, of={"post_id": "publish.post"}),
    Rule("publish:schedules", Kind.DESK, roles=SEE_SOCIAL),
    Rule("publish:schedule", Kind.DESK, roles=SEE_SOCIAL, of=SCHEDULE),
    Rule("publish:edit_schedule", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, of=SCHEDULE),
    Rule("publish:schedule_state", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of=SCHEDULE, form=STOP),
    Rule("publish:schedule_words", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of=SCHEDULE),
    Rule(
        "publish:schedule_time",
        Kind.DESK,
        reads="",
        acts="POST DELETE",
        roles=PLAN_SOCIAL,
        of={**SCHEDULE, "number": "=1"},
    ),
    Rule("publish:at_risk", Kind.DESK, roles=SEE_SOCIAL, of=CHANNEL),
    Rule("publish:delivery", Kind.DESK, roles=SEE_SOCIAL, of=DELIVERY),
    Rule("publish:change", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, of=DELIVERY),
    Rule("publish:correction", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, of=DELIVERY),
    Rule("publish:hold", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of=DELIVERY),
    Rule("publish:withdrawal", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of=DELIVERY),
    Rule("publish:sending", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of=DELIVERY),
    Rule("publish:confirmation", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of=DELIVERY),
    Rule("publish:hand", Kind.DESK, acts="POST", roles=PLAN_SOCIAL, of=DELIVERY),
    Rule("publish:reminder", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of=DELIVERY),
    Rule("publish:takedown", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of=DELIVERY),
    Rule("publish:omission", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of=DELIVERY),
    Rule("publish:release", Kind.DESK, reads="", acts="POST", roles=PLAN_SOCIAL, of=DELIVERY),
    # Opened by an address that one attempt to send makes for its network; no sign-in opens it.
    Rule("publish:fetch", Kind.TOKEN, of={"ticket": "=nobody-sealed-this", "name": "=picture.jpg"}),
    Rule("publish:link", Kind.OPEN, of={"code": "publish.link:code"}),
    Rule("listen:presence", Kind.DESK, roles=SEE_SOCIAL),
    Rule("listen:appearance", Kind.DESK, acts="POST", roles=SEE_SOCIAL, of=CHANNEL),
    Rule("listen:inbox", Kind.DESK, roles=READ_INBOX),
    Rule("listen:conversation", Kind.DESK, roles=READ_INBOX, of=CONVERSATION),
    Rule(
        "listen:answers", Kind.DESK, reads="", acts="POST", roles=ANSWER_SOCIAL, of=CONVERSATION, form={"text": "Yes"}
    ),
    Rule("listen:counts", Kind.DESK, reads="", acts="POST", roles=READ_INBOX, of=CONVERSATION, form={"text": "Yes"}),
    Rule(
        "listen:closure",
        Kind.DESK,
        reads="",
        acts="POST DELETE",
        roles=ANSWER_SOCIAL,
        of=CONVERSATION,
        form={"reason": "!"},
    ),
    Rule("listen:assignment", Kind.DESK, reads="", acts="POST DELETE", roles=ANSWER_SOCIAL, of=CONVERSATION),
    Rule(
        "listen:snooze",
        Kind.DESK,
        reads="",
        acts="POST DELETE",
        roles=ANSWER_SOCIAL,
        of=CONVERSATION,
        form={"hours": "3"},
    ),
    Rule(
        "listen:matter",
        Kind.DESK,
        reads="",
        acts="POST",
        roles=ANSWER_SOCIAL,
        of=CONVERSATION,
        form={"matter": "praise"},
    ),
)
