"""One's own profile, the purpose, whom one blocks, what one follows."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stoa.base import clock, files, things
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.base.mail import hold_back_letters
from stoa.base.standing_queries import standing
from stoa.people.actions.mailing import wait_no_longer
from stoa.people.actions.words import keep_words
from stoa.people.away import LONGEST_DAYS, back_at
from stoa.people.facts import PersonBlocked, PersonUnblocked, ProfileEdited, PurposeSet
from stoa.people.models import Block, Follow, Notice, Person, Purpose
from stoa.people.models.follow import LEVELS
from stoa.people.policy import may_block, may_edit_profile, may_follow, may_set_purpose

PERSON = "people.person"
FIELDS = ["name", "folded", "bio", "helps_with", "looks_for", "interests", "zone", "shown_to", "welcomes", "away_until"]


@dataclass(frozen=True)
class Profile:
    """What a person says about themselves."""

    name: str
    bio: str = ""
    helps_with: str = ""
    looks_for: str = ""
    interests: tuple[str, ...] = ()
    zone: str = "UTC"
    shown_to: str = "members"
    welcomes: bool = False
    away_until: date | None = None


def edit_profile(person: Person, profile: Profile, *, by: Actor) -> None:
    if not may_edit_profile(by, person):
        raise NotAllowed(_("Only you can edit your profile."))
    if not profile.name.strip():
        raise Invalid(_("People need a name to call you by."), field="name")
    now = clock.now()
    if profile.away_until and not now < back_at(profile.away_until, profile.zone) < now + timedelta(days=LONGEST_DAYS):
        raise Invalid(_("Choose a day from tomorrow on, within a year."), field="away_until")
    with transaction.atomic():
        person.name, person.bio = profile.name.strip(), profile.bio
        person.helps_with, person.looks_for = profile.helps_with, profile.looks_for
        person.interests, person.zone, person.shown_to = list(profile.interests), profile.zone, profile.shown_to
        person.welcomes = profile.welcomes
        is_back_sooner = person.is_away_at(now) and person.away_until != profile.away_until
        person.away_until = profile.away_until
        person.save(update_fields=FIELDS)
        if is_back_sooner:
            wait_no_longer(person)
        keep_words(person)
        announce(ProfileEdited(person.id), by=by)


def bring_portrait(person: Person, upload: IO[bytes], *, by: Actor) -> None:
    """Keeps the picture, made anew from its pixels, as their portrait."""
    with transaction.atomic():
        file = files.keep_picture(upload, by=by, alt=person.name)
        set_portrait(person, file.id, by=by)


def set_portrait(person: Person, file_id: int | None, *, by: Actor) -> None:
    """`file_id` is a file of theirs, or none."""
    if not may_edit_profile(by, person):
        raise NotAllowed(_("Only you can change your portrait."))
    with transaction.atomic():
        files.detach(("people.person", person.id))
        if file_id is not None and not files.attach([file_id], ("people.person", person.id), by=by):
            raise Invalid(_("That is not a picture of yours."), field="picture")
        person.portrait_id = file_id
        person.save(update_fields=["portrait_id"])
        announce(ProfileEdited(person.id), by=by)


def set_purpose(sentence: str, *, by: Actor) -> None:
    """What the community is for, in one sentence."""
    if not may_set_purpose(by):
        raise NotAllowed(_("You may not change the purpose."))
    if not sentence.strip():
        raise Invalid(_("Say in one sentence what this place is for."), field="sentence")
    with transaction.atomic():
        values = {"sentence": sentence.strip()[:300], "by_id": by.person_id, "changed_at": clock.now()}
        Purpose.objects.update_or_create(id=1, defaults=values)
        announce(PurposeSet(), by=by)


def block_person(other: Person, *, by: Actor, kind: str = "block") -> None:
    """`kind` is "block" or "mute". The other is not told."""
    if not may_block(by, other):
        raise NotAllowed(_("You cannot block yourself."))
    with transaction.atomic():
        Block.objects.update_or_create(person_id=by.person_id or 0, other=other, defaults={"kind": kind})
        forget_what_they_told(by.own_id, other.id)
        if kind == "block":
            Follow.objects.filter(person_id=by.own_id, thing_key=PERSON, thing_id=other.id).delete()
        announce(PersonBlocked(by.person_id or 0, other.id), by=by)


def forget_what_they_told(person_id: int, other_id: int) -> None:
    """Notices of what the other did go, and so do the letters about it that wait."""
    notices = Notice.objects.filter(person_id=person_id, by_id=other_id)
    for notice in notices:
        hold_back_letters(person_id, notice.kind, notice.reference)
    notices.delete()


def unblock_person(other: Person, *, by: Actor) -> None:
    with transaction.atomic():
        Follow.objects.filter(person_id=by.person_id or 0, thing_key=PERSON, thing_id=other.id, level="mute").delete()
        if Block.objects.filter(person_id=by.person_id or 0, other=other).delete()[0]:
            announce(PersonUnblocked(by.person_id or 0, other.id), by=by)


def follow(thing: things.Reference, level: str, *, by: Actor) -> None:
    """Watches, follows or mutes a thing that one can see; an empty level forgets it."""
    if level and level not in LEVELS:
        raise Invalid(_("That is not a way to follow."))
    if not may_follow(by) or (level and not things.may_see(thing, by=by)):
        raise NotAllowed(_("You cannot follow this."))
    mine: dict[str, Any] = {"person_id": by.own_id, "thing_key": thing[0], "thing_id": thing[1]}
    with transaction.atomic():
        if thing[0] == PERSON:
            _mute(thing[1], level == "mute", by)
        if level:
            Follow.objects.update_or_create(**mine, defaults={"level": level, "at": clock.now()})
        else:
            Follow.objects.filter(**mine).delete()


def _mute(other_id: int, is_muted: bool, by: Actor) -> None:
    """Who mutes a person does not read them either; a block stays what it is."""
    other = Person.objects.visible_to(by).filter(id=other_id).first()
    block = Block.objects.filter(person_id=by.own_id, other_id=other_id).first()
    if other and is_muted and block is None:
        block_person(other, by=by, kind="mute")
    elif other and block and block.kind == "mute" and not is_muted:
        unblock_person(other, by=by)


def level_of(thing: things.Reference, *, by: Actor) -> str:
    """How this person follows the thing; "" where they said nothing."""
    mine = Follow.objects.filter(person_id=by.person_id or 0, thing_key=thing[0], thing_id=thing[1])
    return mine.values_list("level", flat=True).first() or ""


def followers(thing: things.Reference, *levels: str) -> list[int]:
    """The ids of those who follow a thing at these levels (watch and follow when none are named). Of a person's
    followers those are left out whom that person blocked."""
    rows = standing(following, shape=(thing[0], levels or ("watch", "follow")), number=thing[1])
    return [person_id for (person_id,) in rows]


def following(key: str, levels: tuple[str, ...], number: int) -> "QuerySet[Follow, tuple[int]]":
    found = Follow.objects.filter(thing_key=key, thing_id=number, level__in=levels)
    if key == PERSON:  # who was blocked follows on as far as they know, and is told of nothing
        found = found.exclude(person__in=Block.objects.filter(person_id=number, kind="block").values("other_id"))
    return found.order_by("id").values_list("person_id")
