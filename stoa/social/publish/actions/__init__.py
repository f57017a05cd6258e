"""What happens to posts, deliveries and links: one file per noun. `delivering` is the engine's door; people use the others."""

from stoa.social.publish.actions.answering import answer_on_network
from stoa.social.publish.actions.boosting import Boosting, boost_delivery, end_boost, withdraw_boost
from stoa.social.publish.actions.changing import change_delivery, why_too_late
from stoa.social.publish.actions.confirming import confirm_all_posted, confirm_down, confirm_published
from stoa.social.publish.actions.correcting import correct_delivery, corrected_by_hand
from stoa.social.publish.actions.deciding import (
    hold_delivery,
    let_go,
    send_again,
    withdraw_delivery,
)
from stoa.social.publish.actions.drafts import Draft, VariantDraft, save_draft, throw_away
from stoa.social.publish.actions.erasing import erase_words
from stoa.social.publish.actions.fitting import ask_for_fits
from stoa.social.publish.actions.handing import remind_later
from stoa.social.publish.actions.links import find_link, mint_link
from stoa.social.publish.actions.omitting import leave_out
from stoa.social.publish.actions.planning import plan_draft, plan_post
from stoa.social.publish.actions.repeating import (
    change_schedule,
    repeat_post,
    resume_schedule,
    skip_occurrence,
    stop_schedule,
    take_up_occurrence,
    write_anew,
)
from stoa.social.publish.actions.resuming import resolve_zones, resume_channel, resume_held
from stoa.social.publish.actions.shelving import keep_in_library

__all__ = [
    "Boosting",
    "Draft",
    "VariantDraft",
    "answer_on_network",
    "ask_for_fits",
    "boost_delivery",
    "change_delivery",
    "change_schedule",
    "confirm_all_posted",
    "confirm_down",
    "confirm_published",
    "correct_delivery",
    "corrected_by_hand",
    "end_boost",
    "erase_words",
    "find_link",
    "hold_delivery",
    "keep_in_library",
    "leave_out",
    "let_go",
    "mint_link",
    "plan_draft",
    "plan_post",
    "remind_later",
    "repeat_post",
    "resolve_zones",
    "resume_channel",
    "resume_held",
    "resume_schedule",
    "save_draft",
    "send_again",
    "skip_occurrence",
    "stop_schedule",
    "take_up_occurrence",
    "throw_away",
    "why_too_late",
    "withdraw_boost",
    "withdraw_delivery",
    "write_anew",
]
