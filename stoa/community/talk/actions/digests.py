"""The digest: how often, and sending what is due. Nothing to say, nothing sent."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stoa.base import actors, clock, mail
from stoa.base.actors import Actor, Standing
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.work import Fenced
from stoa.community.talk import digest_words
from stoa.community.talk.digesting import Line, lines_for, window_start
from stoa.community.talk.models import Digest
from stoa.community.talk.models.digest import digest_of, next_morning
from stoa.people.away import away_among, waits_until
from stoa.people.models import Person, QuietHours
from stoa.people.stopping import stop_address

KIND = "talk.digest"
AT_ONCE = 500


def set_rhythm(rhythm: str, *, by: Actor) -> Digest:
    """How often the digest comes: daily, weekly, monthly or never."""
    if not by.is_member:
        raise NotAllowed(_("The digest is for members."), _("Join, or sign in."))
    if rhythm not in Digest.Rhythm.values:
        raise Invalid(_("Choose how often it comes."), field="rhythm")
    with transaction.atomic():
        digest = digest_of(by)
        digest.rhythm = Digest.Rhythm(rhythm)
        digest.due_at, digest.lease_until = next_morning(rhythm, clock.now(), by.zone), None
        digest.save()
    return digest


def begin_digests() -> int:
    """A row for each member who has none yet; at most `AT_ONCE` of them. Says how many."""
    now = clock.now()
    without = Person.objects.members().filter(digest=None).order_by("id").values_list("id", "zone")[:AT_ONCE]
    rows = [Digest.new_for(person_id, zone, now) for person_id, zone in without]
    Digest.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def send_digest(digest_id: int, fence: int) -> None:
    """Writes one person's letter, if there is anything to say, and makes the next one due; later, in their quiet hours or while they
    are away."""
    with transaction.atomic():
        digest = Digest.objects.select_for_update().filter(id=digest_id, fence=fence).first()
        if digest is None:
            raise Fenced
        reader, now = actors.of_person(digest.person_id), clock.now()
        quiet = QuietHours.objects.filter(person_id=digest.person_id).first()
        away = away_among([digest.person_id]).get(digest.person_id)
        if later := waits_until(now, reader.zone, away, quiet):
            digest.due_at = later
        else:
            if reader.standing is Standing.MEMBER and digest.rhythm != Digest.Rhythm.NEVER:
                _tell(digest, reader)
            digest.due_at = next_morning(digest.rhythm, now, reader.zone)
        digest.lease_until, digest.tries, digest.trouble = None, 0, ""
        digest.save()


def _tell(digest: Digest, reader: Actor) -> None:
    """Changes the row as it tells; the caller saves it."""
    with translation.override(reader.language), timezone.override(reader.zone or None):
        until = clock.now()  # before it is read: what comes meanwhile is for the next one
        since, lines = window_start(digest), lines_for(reader, digest)
        digest.told_from, digest.told_to = since, until
        digest.topics, digest.letter_id = [line.topic.id for line in lines], None
        if lines:
            said = letter_of(lines, reader)
            letter = mail.write_letter(KIND, person_id=reader.own_id, subject=said["subject"], text=said["text"])
            digest.letter_id = letter.id


def letter_of(lines: list[Line], reader: Actor) -> dict[str, str]:
    """Subject and text."""
    words: dict[str, Any] = {
        "name": reader.name, "lines": lines, "why": digest_words.why, "news": digest_words.news,
        "stop": stop_address(reader.own_id, KIND),
    }  # fmt: skip
    return mail.compose("talk/mail/digest.txt", words, language=reader.language)
