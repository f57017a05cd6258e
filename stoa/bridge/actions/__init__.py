"""What happens between the wings: one file per noun."""

from stoa.bridge.actions.campaigns import add_link, make_campaign, place_post
from stoa.bridge.actions.carrying import carry_loops, carry_rights, carry_rights_of_words
from stoa.bridge.actions.ending import expire_rights, take_back, take_back_of
from stoa.bridge.actions.loops import answer_loops, close_loop, open_loop, tell_back
from stoa.bridge.actions.rights import Terms, ask_use, decline_use, grant_use
from stoa.bridge.actions.touches import hand_touches_on, keep_click, keep_join, say_how
from stoa.bridge.actions.uses import forget_words, settle_use

__all__ = [
    "Terms",
    "add_link",
    "answer_loops",
    "ask_use",
    "carry_loops",
    "carry_rights",
    "carry_rights_of_words",
    "close_loop",
    "decline_use",
    "expire_rights",
    "forget_words",
    "grant_use",
    "hand_touches_on",
    "keep_click",
    "keep_join",
    "make_campaign",
    "open_loop",
    "place_post",
    "say_how",
    "settle_use",
    "take_back",
    "take_back_of",
    "tell_back",
]
