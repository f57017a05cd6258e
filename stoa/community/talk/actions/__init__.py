"""What happens in this room: one file per noun, one function per verb."""

from stoa.community.talk.actions.answers import accept_answer, take_acceptance_back
from stoa.community.talk.actions.closures import close_topic, reopen_topic
from stoa.community.talk.actions.decisions import hide_reply, hide_topic, restore_reply, restore_topic
from stoa.community.talk.actions.digests import begin_digests, send_digest, set_rhythm
from stoa.community.talk.actions.ideas import answer_idea, take_vote_back, vote_for
from stoa.community.talk.actions.levels import count_levels
from stoa.community.talk.actions.marks import leave_mark, take_mark_back
from stoa.community.talk.actions.pins import pin_topic, unpin_topic
from stoa.community.talk.actions.polls import vote_in
from stoa.community.talk.actions.progress import catch_up, read_topic
from stoa.community.talk.actions.replies import add_reply, edit_reply, withdraw_reply
from stoa.community.talk.actions.saved_searches import delete_search, save_search, tell_of_new
from stoa.community.talk.actions.slow_mode import end_slow_mode, slow_topic
from stoa.community.talk.actions.tags import drop_tag_rule, set_tag_rule, tag_topic
from stoa.community.talk.actions.top import count_top_topics
from stoa.community.talk.actions.topics import edit_topic, move_topic, open_topic, withdraw_topic
from stoa.community.talk.actions.versions import remove_version

__all__ = [
    "accept_answer",
    "add_reply",
    "answer_idea",
    "begin_digests",
    "catch_up",
    "close_topic",
    "count_levels",
    "count_top_topics",
    "delete_search",
    "drop_tag_rule",
    "edit_reply",
    "edit_topic",
    "end_slow_mode",
    "hide_reply",
    "hide_topic",
    "leave_mark",
    "move_topic",
    "open_topic",
    "pin_topic",
    "read_topic",
    "remove_version",
    "reopen_topic",
    "restore_reply",
    "restore_topic",
    "save_search",
    "send_digest",
    "set_rhythm",
    "set_tag_rule",
    "slow_topic",
    "tag_topic",
    "take_acceptance_back",
    "take_mark_back",
    "take_vote_back",
    "tell_of_new",
    "unpin_topic",
    "vote_for",
    "vote_in",
    "withdraw_reply",
    "withdraw_topic",
]
