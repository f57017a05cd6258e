"""Sending an issue: turn by turn, one mail after the other, each written down before the mail server is spoken to.

Whoever dies in the middle leaves one mail *on its way*; whoever comes next calls it *unclear*, counts it and never sends it again. So it
is with all that waited in a backup that was restored: the installation that is gone may have sent it since.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock, going_on
from stoa.base.backup import restored_at
from stoa.base.mail.carrying import Carriage, NoServer, NotTaken, Unclear
from stoa.base.models.site import site
from stoa.base.work import Fenced
from stoa.base.work import drain as draining
from stoa.social.networks.newsletter.home.actions.issues import stop
from stoa.social.networks.newsletter.home.actions.returned import note_refusal
from stoa.social.networks.newsletter.home.addresses import without_addresses
from stoa.social.networks.newsletter.home.letters import Letter, content_of, letter_of
from stoa.social.networks.newsletter.home.models import Issue, Mail, Picture, Subscriber
from stoa.social.networks.newsletter.home.models.issue import SENDING, SENT
from stoa.social.networks.newsletter.home.models.mail import (
    LEFT_OUT,
    ON_ITS_WAY,
    REFUSED,
    TAKEN,
    UNCLEAR,
    WAITING,
)  # fmt: skip
from stoa.social.networks.newsletter.home.options import PER_MINUTE
from stoa.social.networks.newsletter.home.signing import choice_address, stop_address

KEY = "newsletter"
LEASE = timedelta(
    seconds=240
)  # longer than one mail can take, with each answer of the server at its slowest; renewed before each
MINUTE, TURN = timedelta(minutes=1), timedelta(seconds=50)
AGAIN = tuple(timedelta(minutes=each) for each in (5, 15, 60, 180, 360, 720, 1440))  # after which a mail is given up
AT_ONCE = 50


def carry_on(issue_id: int, fence: int) -> None:
    """One turn: as many mails as this minute has room for, unless something speaks against it."""
    issue = Issue.objects.select_related("newsletter").prefetch_related("pictures").get(id=issue_id)
    left_behind(issue)
    sent_before(issue)
    if issue.state != SENDING:
        rest(issue, fence, None)
        return
    if reason := halted(issue):
        rest(issue, fence, clock.now() + MINUTE, reason)
        return
    if Issue.objects.filter(id=issue.id, state=SENDING).exists():
        run(issue, fence)
    else:
        rest(issue, fence, None)


def left_behind(issue: Issue) -> None:
    """Of whoever had this turn before and did not come to its end."""
    said = _("The sending broke off here. It may have arrived, so it is not sent again.")
    issue.mails.filter(state=ON_ITS_WAY).update(state=UNCLEAR, said=said)


def sent_before(issue: Issue) -> None:
    """What waited when a backup was made that was restored since: whoever went on afterwards is gone, with what they wrote down."""
    at = restored_at()
    if at is None or issue.at > at:
        return
    said = _("A backup was restored before its turn came. It may have arrived, so it is not sent again.")
    issue.mails.filter(state=WAITING).update(state=UNCLEAR, said=said, again_at=None)


def halted(issue: Issue) -> str:
    """Why nothing may go out now; what stops it for good ends it here."""
    said = going_on.against(KEY, issue.newsletter.shown_id, issue.key)
    if said and said.for_good:
        stop(issue)
        return ""
    if said:
        return said.reason
    return site().paused_reason or ("" if settings.STOA_MAIL_URL else _("This installation has no mail server."))


def run(issue: Issue, fence: int) -> None:
    began, reason = clock.now(), ""
    room = PER_MINUTE.get() - Mail.objects.filter(tried_at__gt=began - MINUTE).count()
    if room > 0 and is_anything_due(issue, began):
        try:
            with Carriage() as line:
                reason = carry_each(issue, fence, line, room, began + TURN)
        except NoServer as trouble:
            reason = _("The mail server cannot be reached: %(said)s") % {"said": trouble}
    conclude(issue, fence, reason, began)


def carry_each(issue: Issue, fence: int, line: Carriage, room: int, until: datetime) -> str:
    """Gives why it stopped before its time, or nothing."""
    pictures = content_of(issue)
    for mail in due_mails(issue, room):
        if clock.now() >= until or draining.stopping.is_set():
            break
        if reason := halted(issue):
            return reason
        if taken_up(mail, issue, fence) and (reason := carry(mail, issue, pictures, line)):
            return reason
    return ""


def is_anything_due(issue: Issue, now: datetime) -> bool:
    return issue.mails.filter(state=WAITING).exclude(again_at__gt=now).exists()


def due_mails(issue: Issue, room: int) -> Iterator[Mail]:
    """Those that nobody has tried before those that are tried again."""
    waiting = issue.mails.filter(state=WAITING).select_related("subscriber").order_by("tries", "again_at", "id")
    last, given = 0, 0
    while given < room:
        batch = list(waiting.exclude(again_at__gt=clock.now())[: min(AT_ONCE, room - given)])
        if not batch or batch[0].id == last:
            return
        last = batch[0].id
        for mail in batch:
            given += 1
            yield mail


def taken_up(mail: Mail, issue: Issue, fence: int) -> bool:
    """Writes it down before a byte leaves. False when its reader does not want it any more, or it waits no more. Raises `Fenced`."""
    with transaction.atomic():
        lease = {"lease_until": clock.db_now() + LEASE}
        if not Issue.objects.filter(id=issue.id, fence=fence, state=SENDING).update(**lease):
            raise Fenced
        reader = Subscriber.objects.filter(id=mail.subscriber_id).first()
        if reader is None or not reader.is_subscribed:
            said = _("Its reader had unsubscribed.")
            Mail.objects.filter(id=mail.id, state=WAITING).update(state=LEFT_OUT, said=said, again_at=None)
            return False
        mail.subscriber, mail.tries, mail.tried_at = reader, mail.tries + 1, clock.now()
        written = {"state": ON_ITS_WAY, "tries": mail.tries, "tried_at": mail.tried_at, "again_at": None}
        return bool(Mail.objects.filter(id=mail.id, state=WAITING).update(**written))


def carry(mail: Mail, issue: Issue, pictures: list[tuple[Picture, bytes]], line: Carriage) -> str:
    """Hands it over and writes what became of it. Gives why nothing more should be tried now, or nothing."""
    try:
        letter = letter_to(mail, issue, pictures)
    except (ValueError, LookupError, TypeError) as broken:  # an address that no head can hold: this reader's alone
        note(mail, REFUSED, _("It could not be written: %(said)s") % {"said": broken})
        return ""
    try:
        said = line.carry(letter.sender, letter.reader, letter.content)
    except NotTaken as no:
        return not_taken(mail, no)
    except Unclear as trouble:
        note(mail, UNCLEAR, _("The mail server did not answer: %(said)s") % {"said": trouble})
        return _("The mail server broke off.")
    except NoServer as trouble:
        put_back(mail)
        return _("The mail server broke off: %(said)s") % {"said": trouble}
    note(mail, TAKEN, said, 250)
    return ""


def letter_to(mail: Mail, issue: Issue, pictures: list[tuple[Picture, bytes]]) -> Letter:
    reader = mail.subscriber
    addresses = {"stop": stop_address(reader, mail.id), "choices": choice_address(reader)}
    return letter_of(issue, pictures, to=reader.address, mail_id=mail.id, **addresses)


def not_taken(mail: Mail, no: NotTaken) -> str:
    """A no to us stops the turn and costs this reader nothing; one to the reader or the words is this mail's own."""
    if no.what == "sender":
        put_back(mail)
        return _("The mail server does not take our sender (%(code)s %(said)s).") % {"code": no.code, "said": no.said}
    if not no.is_for_good and mail.tries <= len(AGAIN):
        note(mail, WAITING, no.said, no.code, clock.now() + AGAIN[mail.tries - 1])
    else:
        note(mail, REFUSED, no.said, no.code)
        if no.what == "reader" and no.is_for_good:
            note_refusal(mail, no.said)
    return ""


def put_back(mail: Mail) -> None:
    """Nothing left the house: it is as though it had not been tried."""
    waiting = {"state": WAITING, "tries": mail.tries - 1, "tried_at": None}
    Mail.objects.filter(id=mail.id, state=ON_ITS_WAY).update(**waiting)


def note(mail: Mail, state: str, said: str, code: int | None = None, again_at: datetime | None = None) -> None:
    """What became of it; also when somebody else has called it unclear meanwhile, for this is the server's own answer."""
    said = without_addresses(said, mail.subscriber.address)[:300]
    known = {"state": state, "said": said, "code": code, "again_at": again_at}
    Mail.objects.filter(id=mail.id, state__in=(ON_ITS_WAY, UNCLEAR)).update(**known)


def conclude(issue: Issue, fence: int, reason: str, began: datetime) -> None:
    """Done when nothing waits any more; else the next turn."""
    waiting = issue.mails.filter(state=WAITING)
    if not waiting.exists():
        rest(issue, fence, None, state=SENT, done_at=clock.now())
        return
    now = clock.now()
    first = waiting.exclude(again_at__gt=now)
    due = began + MINUTE if first.exists() else waiting.order_by("again_at").values_list("again_at", flat=True)[0]
    rest(issue, fence, max(due or now, now + timedelta(seconds=1)), reason)


def rest(issue: Issue, fence: int, due_at: datetime | None, trouble: str = "", **more: object) -> None:
    """Ends the turn. Raises `Fenced` when another worker has it, unless the issue was stopped meanwhile."""
    ended = {"due_at": due_at, "lease_until": None, "trouble": trouble[:300], **more}
    if not Issue.objects.filter(id=issue.id, fence=fence, state=SENDING).update(**ended):
        if Issue.objects.filter(id=issue.id, fence=fence).update(due_at=None, lease_until=None):
            return
        raise Fenced
