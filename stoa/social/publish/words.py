"""What states are called on the screen, and how they are to be seen."""

from django.utils.translation import gettext as _

from stoa.social.networks.protocol import Deletes
from stoa.social.publish.models import Delivery

KINDS = {
    "planned": "plain", "sending": "plain", "published": "good", "pending": "plain", "unknown": "warn", "refused": "bad",
    "stopped": "bad", "held": "warn", "asks": "warn", "handed": "plain", "withdrawn": "plain",
}  # fmt: skip


def state_word(delivery: Delivery) -> tuple[str, str]:
    """(the word, the kind of its badge). A takedown shows its own outcome."""
    if delivery.state == "published" and delivery.takedown:
        words = {"asked": _("Being taken down"), "stands": _("Still there"), "unclear": _("Take down by hand")}
        return words.get(delivery.takedown, _("Published")), "warn"
    if delivery.state == "withdrawn" and delivery.takedown == "gone":
        return _("Taken down"), "plain"
    if delivery.is_waiting and delivery.follows:
        return _("Waits for part %(number)s") % {"number": delivery.follows.part}, "plain"
    return plain_word(delivery.state), KINDS[delivery.state]


def piece_word(delivery: Delivery) -> str:
    """Which piece of a post it is; empty for a first part, or the only one."""
    if delivery.role == "comment":
        return _("First comment")
    return _("Part %(number)s") % {"number": delivery.part} if delivery.role == "part" else ""


def plain_word(state: str) -> str:
    return {
        "planned": _("Planned"),
        "sending": _("Being sent"),
        "published": _("Published"),
        "pending": _("The network is working on it"),
        "unknown": _("Outcome unknown"),
        "refused": _("Refused"),
        "stopped": _("Stopped"),
        "held": _("Held"),
        "asks": _("Asks you"),
        "handed": _("Handed over"),
        "withdrawn": _("Withdrawn"),
    }[state]


def question_words(delivery: Delivery) -> str:
    """What a delivery asks."""
    looks = delivery.attempts.filter(kind="look").count() if delivery.question == "ambiguous" else 0
    return {
        "ambiguous": _(
            "It may have been published or not; it was looked up %(looks)s times. Look at the channel: is it there?"
        )
        % {"looks": looks},
        "late": _("Its time has passed by more than 15 minutes. Should it still go out?"),
        "missed": _("Its time passed while sending was stopped. Should it still go out?"),
        "partial": _("The beginning of it is there. Should the rest still go out?"),
        "forgotten": _("It was handed over to be posted. Was it? Paste its address, or let it go."),
    }.get(delivery.question, "")


def outcome_word(outcome: str) -> str:
    """What came of an attempt."""
    return {
        "": _("not ended"),
        "published": _("published"),
        "pending": _("being worked on there"),
        "unknown": _("no clear answer"),
        "lost": _("the worker did not come back"),
        "refused": _("refused"),
        "reconnect": _("the account must be connected again"),
        "expired": _("the sign-in was over and has been renewed"),
        "later": _("the network asked for patience"),
        "not sent": _("never left this house"),
        "ready": _("the network has it ready, nobody sees it yet"),
        "being readied": _("the network is getting it ready"),
        "not ready": _("could not be made ready; it is tried again"),
        "ready no more": _("the network holds it ready no more; it is prepared again"),
        "not there yet": _("not there yet"),
        "absent": _("is not there"),
        "cannot tell": _("could not be looked up"),
        "unclear": _("cannot be told"),
        "edited": _("other words stand there"),
        "gone": _("gone, read back"),
        "stands": _("still there"),
        "handed": _("ready to be posted"),
        "matches": _("the public page shows these words"),
        "differs": _("the public page does not show these words"),
        "unread": _("the public page shows strangers nothing"),
    }.get(outcome, outcome)


def kind_word(kind: str) -> str:
    return {
        "prepare": _("Prepared"), "send": _("Sent"), "hand": _("Handed over"), "look": _("Looked up"), "edit": _("Corrected"),
        "take_down": _("Taken down"),
        "person": _("A person said"),
    }[kind]  # fmt: skip


def correction_word(state: str) -> tuple[str, str]:
    """(what became of a correction, the kind of its badge)."""
    return {
        "asked": (_("Being corrected"), "plain"),
        "done": (_("Corrected"), "good"),
        "refused": (_("Not corrected"), "bad"),
        "unclear": (_("Nobody can tell"), "warn"),
    }[state]


def takedown_note(delivery: Delivery) -> str:
    """What taking it down will do, on this network and in this state: nothing is promised that nobody can do."""
    channel = delivery.channel
    by_hand = _("Take it down there by hand; Stoa asks you until you say that it is gone.")
    if channel.is_by_hand:
        return by_hand
    if not isinstance(channel.connector, Deletes) or (delivery.is_published and not delivery.network_id):
        return " ".join(filter(None, [channel.connector.lacks.get("deletes", ""), by_hand]))
    if not delivery.is_published:
        return _(
            "It is looked up first. What is there is deleted, and the network is read back; what is not is held back."
        )
    return _("The network is asked to delete it and is then read back. Its answer is shown here.")
