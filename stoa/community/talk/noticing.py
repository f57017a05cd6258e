"""The kinds of notices that this room gives."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import mail
from stoa.base.actors import Actor
from stoa.base.models.letter import Letter
from stoa.base.things import Card
from stoa.community.talk.actions.digests import KIND as DIGEST
from stoa.community.talk.actions.digests import set_rhythm
from stoa.community.talk.digesting import still_visible
from stoa.community.talk.models import Digest, Reply, Topic
from stoa.community.talk.unread import with_news
from stoa.people import notices
from stoa.people.notices import NoticeKind
from stoa.people.stopping import Stoppable, stoppable


def replied(count: int, name: str, card: Card) -> str:
    if count == 1 and name:
        return _("%(name)s replied in “%(title)s”") % {"name": name, "title": card.title}
    words = ngettext("%(count)s reply in “%(title)s”", "%(count)s replies in “%(title)s”", count)
    return words % {"count": count, "title": card.title}


def mentioned(count: int, name: str, card: Card) -> str:
    return _("%(name)s mentioned you: %(title)s") % {"name": name or _("Somebody"), "title": card.title}


def grouped(count: int, name: str, card: Card) -> str:
    return _("%(name)s calls a group that you are in: %(title)s") % {"name": name or _("Somebody"), "title": card.title}


def opened(count: int, name: str, card: Card) -> str:
    return _("%(name)s opened “%(title)s”") % {"name": name or _("Somebody"), "title": card.title}


def introduced(count: int, name: str, card: Card) -> str:
    return _("%(name)s introduces a newcomer to you: %(title)s") % {"name": name or _("Somebody"), "title": card.title}


def meets(count: int, name: str, card: Card) -> str:
    return _("%(name)s thinks that you would like to meet %(title)s") % {
        "name": name or _("Somebody"),
        "title": card.title,
    }


def asks_hello(count: int, name: str, card: Card) -> str:
    return _("%(name)s is new here and would like to meet you: %(title)s") % {
        "name": name or _("Somebody"),
        "title": card.title,
    }


def thanked(count: int, name: str, card: Card) -> str:
    if count == 1 and name:
        return _("%(name)s thanked you: %(title)s") % {"name": name, "title": card.title}
    words = ngettext("%(count)s person thanked you: %(title)s", "%(count)s people thanked you: %(title)s", count)
    return words % {"count": count, "title": card.title}


def settled(count: int, name: str, card: Card) -> str:
    return _("%(name)s says that you settled it: %(title)s") % {"name": name or _("Somebody"), "title": card.title}


def idea_answered(count: int, name: str, card: Card) -> str:
    who = {"name": name or _("Somebody"), "title": card.title}
    return _("%(name)s says what becomes of an idea that you are for: %(title)s") % who


def new_for_search(count: int, name: str, card: Card) -> str:
    return _("There is something new for “%(title)s”") % {"title": card.title}


def held(count: int, name: str, card: Card) -> str:
    return _("Your topic “%(title)s” could not be opened at its time") % {"title": card.title}


def ritual_paused(count: int, name: str, card: Card) -> str:
    return _("The ritual “%(title)s” has stopped by itself") % {"title": card.title}


def see_why_and_plan() -> str:
    return _("See why, and choose another time.")


def see_why_and_resume() -> str:
    return _("See why, and resume it.")


def nothing_to_do() -> str:
    return _("Nothing to do: it is good to know.")


def read_and_answer() -> str:
    return _("Read it, and answer if you can.")


def still_wished(reader: Actor, letter: Letter) -> bool:
    """Not where they muted the topic or its space after the letter was written, nor whom they chose not to read since then."""
    is_topic = letter.thing_key == "talk.topic"
    written = Topic if is_topic else Reply
    if written.objects.visible_to(reader).filter(id=letter.thing_id or 0, author__in=reader.blocked).exists():
        return False
    named = {"id": letter.thing_id} if is_topic else {"replies__id": letter.thing_id}
    topic = with_news(Topic.objects.visible_to(reader), reader).filter(**named).first()
    return topic is not None and vars(topic).get("level") != "mute"


def digest_stands(reader: Actor, letter: Letter) -> bool:
    """Not when its reader may not see something in it any more, or wants none; the next one tells the rest again."""
    digest = Digest.objects.visible_to(reader).filter(letter_id=letter.id).first()
    return digest is not None and still_visible(reader, digest)


def no_digest(by: Actor) -> None:
    set_rhythm("never", by=by)


def kinds() -> list[NoticeKind]:
    """The kinds of notices about topics, replies and people."""
    hello = lambda: _("Say hello to them.")  # noqa: E731
    answered = [
        ("talk.reply", lambda: _("Replies to you"), replied),
        ("talk.mention", lambda: _("Mentions of you"), mentioned),
        ("talk.call", lambda: _("Calls of a group that you are in"), grouped),
    ]
    see_new = lambda: _("See what is new.")  # noqa: E731
    read = lambda: _("Read the answer.")  # noqa: E731
    see_help = lambda: _("See what they help with.")  # noqa: E731
    return [
        *(
            NoticeKind(key, label, sentence, read_and_answer, mail="at_once", push="at_once", group="answers")
            for key, label, sentence in answered
        ),
        NoticeKind("talk.introduced", lambda: _("Newcomers introduced to you"), introduced, hello, group="meeting"),
        NoticeKind("talk.meet", lambda: _("Members whom you might like"), meets, see_help, group="meeting"),
        NoticeKind("talk.asks_hello", lambda: _("Newcomers who would like to meet you"), asks_hello, hello, group="meeting"),
        NoticeKind("talk.thanks", lambda: _("Thanks to you"), thanked, nothing_to_do, group="answers"),
        NoticeKind("talk.settled", lambda: _("Your accepted answers"), settled, nothing_to_do, group="answers"),
        NoticeKind("talk.idea", lambda: _("What becomes of ideas"), idea_answered, read, group="answers"),
        NoticeKind("talk.topic", lambda: _("New topics where you watch"), opened, read_and_answer, group="watched"),
        NoticeKind("talk.saved_search", lambda: _("Your saved searches"), new_for_search, see_new, group="watched"),
        NoticeKind("talk.held", lambda: _("Planned topics that were not opened"), held, see_why_and_plan, "at_once", group="watched"),
        NoticeKind("talk.ritual_paused", lambda: _("Rituals that stopped"), ritual_paused, see_why_and_resume, "at_once", group="watched"),
    ]  # fmt: skip


def register_notices() -> None:
    """Called once by the room's plugs."""
    for kind in kinds():
        notices.register(kind)
    for key in ("talk.reply", "talk.mention", "talk.call", "talk.topic"):
        mail.may_send(key)(still_wished)
    mail.may_send(DIGEST)(digest_stands)
    words = lambda: _("Your digest stands on its page at any time.")  # noqa: E731
    stoppable(Stoppable(DIGEST, lambda: _("Your digest"), no_digest, words))
