"""What a new community begins with: three spaces, twelve guidelines with three norms, two questions at the door, three formats. To be
changed at will.
"""

from datetime import time

from django.utils.translation import gettext as _

from stoa.community.gather.actions import FormatPlan
from stoa.moderation.actions.guidelines import Wording
from stoa.spaces.actions.space import Settings

LOW, MIDDLE, HIGH, GRAVE = 1, 2, 4, 5


def spaces(share: str) -> list[Settings]:
    """A porch, a place for questions, a place to show things."""
    return [
        Settings(
            name=_("The porch"), visibility="public",
            description=_("Say hello, and read what is going on. Everybody begins here."),
            norm=_("Ask a question back: it does more than a welcome."),
        ),
        Settings(
            name=_("Questions"), visibility="public",
            description=_("Ask about %(share)s. Say what you want, what you have tried and what happened.") % {"share": share},
            norm=_("No question is too small."),
            standards=_("- What you want to reach\n- What you have tried\n- What happened instead"),
        ),
        Settings(
            name=_("Show and tell"), visibility="members",
            description=_("What you made, found or learned. Unfinished things are welcome."),
            norm=_("Praise what is good about it before you say what you would change."),
        ),
    ]  # fmt: skip


def formats(share: str) -> list[FormatPlan]:
    """One to each of the three spaces, in their order: a weekly thread, a monthly asking, an evening every other week."""
    return [
        FormatPlan(
            _("Monday round"), "topic", "weekly", 0, time(9), _("What are you busy with this week?"),
            _("One or two sentences are plenty: what are you busy with, and where could you use a hand?"),
            how=_("Write the first answer yourself. Answer everybody who is new. On Friday, thank somebody who helped."),
        ),
        FormatPlan(
            _("Ask an old hand"), "topic", "monthly", 2, time(18), _("Ask an old hand: your questions about %(share)s") % {"share": share},
            _("Somebody with years of practice answers here this week. Ask anything, the small things first."),
            how=_("Find the old hand two weeks before, and one question to begin with. Afterwards, gather the three best answers."),
        ),
        FormatPlan(
            _("Evening together"), "event", "fortnightly", 3, time(19), _("Evening together"),
            _("Come as you are, bring something unfinished. We look at it together for an hour and a half."),
            how=_("Be there ten minutes early. Begin with names. Leave the last quarter of an hour for the next time."),
            place=_("Told to those who come"),
        ),
    ]  # fmt: skip


def norms() -> list[tuple[str, str]]:
    """How we talk here, each with an example."""
    return [
        (_("No question is too small"), _("“Which way round does it go?” deserves an answer like any other.")),
        (_("Say how sure you are"), _("“I think so, seven out of ten” helps the next reader more than “It is so”.")),
        (
            _("Come back and tell"),
            _("“It worked, it was the second thing you said” closes a topic better than silence."),
        ),
    ]


def questions() -> list[tuple[str, str, str]]:
    """What is asked at the door: kind, words, hint."""
    return [
        (
            "interests",
            _("What are you interested in?"),
            _("A few words with commas between them. They suggest spaces to you."),
        ),
        ("text", _("What do you hope for here?"), _("One sentence is plenty. The people who welcome you read it.")),
    ]


def guidelines() -> list[Wording]:
    """Twelve clauses in four parts, with what each is for and how much harm is at stake."""
    people, safe, honest, room = _("People first"), _("Keep each other safe"), _("Be honest"), _("Leave room")
    return [
        Wording("1.1", people, _("Speak about the matter, not about the person."),
                _("People can change their minds, not who they are."), MIDDLE),
        Wording("1.2", people, _("Do not insult, mock or threaten anybody."),
                _("One insult silences ten others."), HIGH),
        Wording("1.3", people, _("Treat nobody worse for their origin, belief, love, body or age."),
                _("Everybody must be able to be here."), GRAVE),
        Wording("2.1", safe, _("Post nobody's address, number or private messages, not even kindly."),
                _("What is out cannot be taken back."), GRAVE),
        Wording("2.2", safe, _("Where something can hurt, say so before you say how it is done."),
                _("Somebody will follow your words step by step."), HIGH),
        Wording("2.3", safe, _("Whoever says no need not say why: stop writing to them."),
                _("A no that must be defended is none."), HIGH),
        Wording("3.1", honest, _("Say whose words, pictures and ideas you show."),
                _("Credit is what we pay each other with."), MIDDLE),
        Wording("3.2", honest, _("Say it when you are paid for, or gain by, what you recommend."),
                _("Advice is worth what its reasons are worth."), MIDDLE),
        Wording("3.3", honest, _("Be one person: no second accounts to agree with yourself."),
                _("We count on there being somebody behind a name."), MIDDLE),
        Wording("4.1", room, _("Write where it belongs, once."),
                _("What stands everywhere is found nowhere."), LOW),
        Wording("4.2", room, _("Do not advertise to people who came to talk."),
                _("They gave us their time for something else."), MIDDLE),
        Wording("4.3", room, _("Let others finish: leave the last word sometimes."),
                _("The quiet ones need the gap."), LOW),
    ]  # fmt: skip
