"""What happens in this room: one file per noun, one function per verb."""

from stoa.community.talk.actions.answers import accept_answer, take_acceptance_back
from stoa.community.talk.actions.badges import give_badge, settle_badges, show_badges, take_badge_back
from stoa.community.talk.actions.closures import close_topic, reopen_topic
from stoa.community.talk.actions.decisions import hide_reply, hide_topic, restore_reply, restore_topic
from stoa.community.talk.actions.digests import begin_digests, send_digest, set_rhythm
from stoa.community.talk.actions.direct_messages import (
    hide_message,
    read_exchange,
    restore_message,
    send_message,
    withdraw_message,
)
from stoa.community.talk.actions.exchanges import (
    accept_request,
    add_people,
    begin_exchange,
    choose_who_writes,
    decline_request,
    leave_exchange,
    rename_exchange,
)
from stoa.community.talk.actions.ideas import answer_idea, check_outcome, take_vote_back, vote_for
from stoa.community.talk.actions.levels import count_levels
from stoa.community.talk.actions.mailed import forget_mailed, take_mail
from stoa.community.talk.actions.marks import leave_mark, take_mark_back
from stoa.community.talk.actions.merges import merge_topic
from stoa.community.talk.actions.pins import pin_topic, unpin_topic
from stoa.community.talk.actions.plain_links import take_cards_away
from stoa.community.talk.actions.planned_topics import (
    change_planned_topic,
    drop_planned_topic,
    open_due_topic,
    open_planned_topic,
    plan_topic,
    settle_zones,
)
from stoa.community.talk.actions.polls import vote_in
from stoa.community.talk.actions.progress import catch_up, read_topic
from stoa.community.talk.actions.replies import add_reply, edit_reply, withdraw_reply
from stoa.community.talk.actions.rituals import (
    change_ritual,
    check_ritual,
    end_ritual,
    keep_ritual,
    open_due_ritual,
    pause_ritual,
    resume_ritual,
    settle_zones_of_rituals,
)
from stoa.community.talk.actions.saved_searches import delete_search, save_search, tell_of_new
from stoa.community.talk.actions.shapes import split_topic
from stoa.community.talk.actions.slow_mode import end_slow_mode, slow_topic
from stoa.community.talk.actions.tags import drop_tag_rule, set_tag_rule, tag_topic
from stoa.community.talk.actions.top import count_top_topics
from stoa.community.talk.actions.topics import edit_topic, move_topic, open_topic, withdraw_topic
from stoa.community.talk.actions.unseen import choose_to_be_seen
from stoa.community.talk.actions.versions import remove_version

__all__ = [
    "accept_answer",
    "accept_request",
    "add_people",
    "add_reply",
    "answer_idea",
    "begin_digests",
    "begin_exchange",
    "catch_up",
    "change_planned_topic",
    "change_ritual",
    "check_outcome",
    "check_ritual",
    "choose_to_be_seen",
    "choose_who_writes",
    "close_topic",
    "count_levels",
    "count_top_topics",
    "decline_request",
    "delete_search",
    "drop_planned_topic",
    "drop_tag_rule",
    "edit_reply",
    "edit_topic",
    "end_ritual",
    "end_slow_mode",
    "forget_mailed",
    "give_badge",
    "hide_message",
    "hide_reply",
    "hide_topic",
    "keep_ritual",
    "leave_exchange",
    "leave_mark",
    "merge_topic",
    "move_topic",
    "open_due_ritual",
    "open_due_topic",
    "open_planned_topic",
    "open_topic",
    "pause_ritual",
    "pin_topic",
    "plan_topic",
    "read_exchange",
    "read_topic",
    "remove_version",
    "rename_exchange",
    "reopen_topic",
    "restore_message",
    "restore_reply",
    "restore_topic",
    "resume_ritual",
    "save_search",
    "send_digest",
    "send_message",
    "set_rhythm",
    "set_tag_rule",
    "settle_badges",
    "settle_zones",
    "settle_zones_of_rituals",
    "show_badges",
    "slow_topic",
    "split_topic",
    "tag_topic",
    "take_acceptance_back",
    "take_badge_back",
    "take_cards_away",
    "take_mail",
    "take_mark_back",
    "take_vote_back",
    "tell_of_new",
    "unpin_topic",
    "vote_for",
    "vote_in",
    "withdraw_message",
    "withdraw_reply",
    "withdraw_topic",
]
