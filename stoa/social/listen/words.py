"""What states and matters are called on the screen."""

from django.utils.translation import gettext as _

from stoa.social.listen.models import Conversation


def state_word(conversation: Conversation) -> tuple[str, str]:
    """(the word, the kind of its badge)."""
    if conversation.forgotten_at is not None:
        return _("Forgotten"), "plain"
    if conversation.is_snoozed and conversation.is_unanswered:
        return _("Put aside"), "plain"
    return {
        "waiting": (_("Waits for us"), "warn"),
        "open": (_("Answer on its way"), "plain"),
        "answered": (_("Answered"), "good"),
        "closed": (_("Closed"), "plain"),
    }[conversation.state]


def matter_word(matter: str) -> str:
    return {
        "": _("Not said"),
        "question": _("Question"),
        "complaint": _("Complaint"),
        "praise": _("Praise"),
        "remark": _("Remark"),
    }[matter]
