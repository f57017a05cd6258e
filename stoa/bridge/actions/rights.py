"""Asking for a usage right, and the author's answer. Every step is a line in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.bridge import policy
from stoa.bridge.days import shown_day
from stoa.bridge.facts import UsageRightDeclined, UsageRightGranted, UsageRightNarrowed, UsageRightRequested
from stoa.bridge.models import UsageRight, UsageRightEvent
from stoa.bridge.models.right import DECLINED, GRANTED, LONGEST_CREDIT, NARROWED, hash_of_source, hash_of_terms
from stoa.bridge.words import is_passage, is_same, own_pictures, own_words
from stoa.community.talk.models import Reply, Topic
from stoa.social.networks.models import Channel


@dataclass(frozen=True)
class Terms:
    """What is asked for, or granted. `channels` empty: any of ours. `words` are passages of the author's own text."""

    words: str
    credit: str
    until: datetime
    channels: Sequence[int] = ()
    pictures: bool = False


def ask_use(subject: Topic | Reply, terms: Terms, *, purpose: str, by: Actor) -> UsageRight:
    """Asks the author of a topic or reply; one request or right for the same words at a time."""
    if not policy.may_ask_for(by, subject):
        reason = _("These words cannot be asked for.")
        raise NotAllowed(reason, _("Only what stands in a public or members' space can, while its author is here."))
    purpose = " ".join(purpose.split())[:300]
    if not purpose:
        raise Invalid(_("Say what it is for."), _("The author decides by this sentence."), field="purpose")
    asked = checked(terms, subject)
    topic, now = policy.topic_of(subject), clock.now()
    right = UsageRight(
        topic=topic, reply=subject if isinstance(subject, Reply) else None, author=subject.author, asked_by_id=by.person_id,
        asked_at=now, purpose=purpose, since=now, content_hash=hash_of_source(subject.source),
    )  # fmt: skip
    set_terms(right, asked)
    right.asked_text = sentence_of(right)
    try:
        with transaction.atomic():
            right.save(force_insert=True)
            note(right, by=by)
            announce(UsageRightRequested(right.id, topic.id, right.author_id), by=by)
    except IntegrityError as twice:
        raise NotPossible(_("The author has been asked already."), _("Their answer stands there too.")) from twice
    return right


def checked(terms: Terms, subject: Topic | Reply) -> Terms:
    """The terms as they may be kept. Raises `Invalid` beside the field that is to blame."""
    own = own_words(subject.html)
    if not is_passage(terms.words, own):
        mend = _("Choose whole lines or passages as they stand there; what the text quotes from others is left out.")
        raise Invalid(_("These words do not stand like this in the text."), mend, field="words")
    credit = " ".join(terms.credit.split())
    if not credit or len(credit) > LONGEST_CREDIT:
        raise Invalid(_("The credit is between 1 and 120 characters."), field="credit")
    if terms.until <= clock.now():
        raise Invalid(_("That time has passed."), _("Choose a later day."), field="until")
    known = set(Channel.objects.living().filter(id__in=terms.channels).values_list("id", flat=True))
    if set(terms.channels) - known:
        raise Invalid(_("One of the channels is not known."), field="channels")
    pictures = terms.pictures and bool(own_pictures(subject.html))
    words = terms.words.replace("\r\n", "\n").strip()
    return replace(terms, words=words, credit=credit, channels=sorted(known), pictures=pictures)


def set_terms(right: UsageRight, terms: Terms) -> None:
    right.words, right.credit, right.until = terms.words, terms.credit, terms.until
    right.channels, right.pictures = list(terms.channels), terms.pictures
    right.is_whole = is_same(terms.words, own_words(right.subject.html))


def sentence_of(right: UsageRight) -> str:
    """What the author reads and agrees to. It is kept as it was shown."""
    channels = Channel.objects.filter(id__in=right.channels)
    where = ", ".join(channel.title for channel in channels) if right.channels else _("any of our channels")
    what = _("these words and their pictures") if right.pictures else _("these words")
    return _(
        "We ask to share %(what)s on %(where)s until %(until)s, always with the credit “%(credit)s”. "
        "You can take this back at any time: then every post that carries them is taken down, and you see what each network answered. "
        "After that day nothing new goes out; what is out stays until you take it back."
    ) % {
        "what": what, "where": where, "until": shown_day(right.until), "credit": right.credit,
    }  # fmt: skip


def grant_use(right: UsageRight, *, by: Actor, terms: Terms | None = None) -> UsageRight:
    """The author agrees: to what was asked, or to `terms`, which then count."""
    with transaction.atomic():
        right = locked(right)
        check_answer(right, by)
        if not right.is_as_agreed or not policy.can_be_asked_for(right.subject):
            raise NotPossible(_("This text has changed since we asked."), _("Decline; we will ask for the new one."))
        if right.until <= clock.now():
            raise NotPossible(_("The time that we asked for is over."), _("Decline; we will ask again."))
        before = right.terms
        if terms is not None:
            set_terms(right, checked(terms, right.subject))
        is_narrowed = right.terms != before
        if is_narrowed:
            right.asked_text = sentence_of(right)
        write_state(right, NARROWED if is_narrowed else GRANTED, by=by)
        told = UsageRightNarrowed if is_narrowed else UsageRightGranted
        announce(told(right.id, right.until), by=by)
    return right


def decline_use(right: UsageRight, *, by: Actor) -> UsageRight:
    with transaction.atomic():
        right = locked(right)
        check_answer(right, by)
        write_state(right, DECLINED, by=by)
        announce(UsageRightDeclined(right.id), by=by)
    return right


def check_answer(right: UsageRight, by: Actor) -> None:
    if not policy.is_author(by, right):
        raise NotAllowed(_("Only the author can answer this."))
    if not right.is_open:
        raise NotPossible(_("This is answered already."))


def locked(right: UsageRight) -> UsageRight:
    """The row as it is now, locked, with its subject. Inside a transaction."""
    UsageRight.objects.select_for_update().get(id=right.id)
    return UsageRight.objects.with_all().get(id=right.id)


def write_state(right: UsageRight, state: str, *, by: Actor) -> None:
    right.state, right.since = state, clock.now()
    right.save()
    note(right, by=by)


def note(right: UsageRight, *, by: Actor) -> None:
    """Adds a line to the ledger."""
    UsageRightEvent.objects.create(
        right=right, number=right.events.count() + 1, what=right.state, by_id=by.person_id, at=right.since,
        terms_hash=hash_of_terms(right.terms),
    )  # fmt: skip
