"""What happens to conversations and readings: one file per noun. `fetching` and `measuring` are the engine's doors."""

from stoa.social.listen.actions.answering import answer_conversation
from stoa.social.listen.actions.conversations import (
    assign_conversation,
    close_conversation,
    reopen_conversation,
    snooze_conversation,
    sort_conversation,
)
from stoa.social.listen.actions.forgetting import forget_old, forget_person

__all__ = [
    "answer_conversation",
    "assign_conversation",
    "close_conversation",
    "forget_old",
    "forget_person",
    "reopen_conversation",
    "snooze_conversation",
    "sort_conversation",
]
