"""Badges that are earned: given and taken again as what stands here says. Badges by hand: given with words, and taken back. Which of
one's own others see."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.base.things import Reference
from stoa.community.talk import policy
from stoa.community.talk.badge_acts import Act
from stoa.community.talk.badges import Earned, earned
from stoa.community.talk.facts import BadgeEarned, BadgeGiven, BadgeKey, BadgeLost, BadgesShown, BadgeTakenBack
from stoa.community.talk.models import Badge, BadgeEvidence, BadgeHidden
from stoa.community.talk.models.badge import GIVEN, LONGEST_NAME, LONGEST_WORDS
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.readers import readers_among

Slot = tuple[int, BadgeKey, int]


def settle_badges(people: Collection[int] | None = None, *, by: Actor) -> int:
    """Makes the badges of these people, or of all, those that they have earned. Says how many changed; the second time none does."""
    wanted, rows = earned(people), Badge.objects.earned()
    rows = rows if people is None else rows.filter(person__in=people)
    there = {slot_of(each): each for each in rows.prefetch_related("evidence")}
    changed = [slot for slot in wanted.keys() | there.keys() if _differs(wanted.get(slot), there.get(slot))]
    for slot in sorted(changed):
        with transaction.atomic():
            _settle(slot, wanted.get(slot), by)
    return len(changed)


def slot_of(badge: Badge) -> Slot:
    return (badge.person_id, BadgeKey(badge.key), badge.sphere)


def as_evidence(acts: Sequence[Act]) -> set[tuple[Reference, int | None]]:
    return {(act.thing, act.space) for act in acts}


def as_shown(badge: Badge) -> set[tuple[Reference, int | None]]:
    return {(each.reference, each.space_id) for each in badge.evidence.all()}


def _differs(wanted: Sequence[Act] | None, badge: Badge | None) -> bool:
    return badge is None or wanted is None or as_evidence(wanted) != as_shown(badge)


def _settle(slot: Slot, wanted: Sequence[Act] | None, by: Actor) -> None:
    """One badge: there with this evidence, or not there."""
    person_id, key, sphere = slot
    named: dict[str, Any] = {"person_id": person_id, "key": key.value, "sphere": sphere}
    if not wanted:
        if Badge.objects.filter(**named).delete()[0]:
            announce(BadgeLost(person_id, key), by=by)
        return
    badge, is_new = Badge.objects.get_or_create(**named)
    badge.evidence.all().delete()
    things = [BadgeEvidence(badge=badge, thing_key=key, thing_id=number, space_id=space) for (key, number), space in
              sorted(as_evidence(wanted))]  # fmt: skip
    BadgeEvidence.objects.bulk_create(things)
    if is_new:
        announce(BadgeEarned(badge.id, person_id, key), by=by)


def give_badge(
    person: Person, name: str, words: str, *, by: Actor, space: Space | None = None, about: Reference | None = None,
    about_in: Space | None = None,
) -> Badge:  # fmt: skip
    """By hand, in a space or for the whole place, for something that is named: `about` is a thing that the giver sees, in its space."""
    if not policy.may_give_badge(by, person, space):
        raise NotAllowed(
            _("You may not give this badge."), _("Badges are given to others, by those who look after a place.")
        )
    name, words = " ".join(name.split()), " ".join(words.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_("A badge needs a name, of at most %(most)s characters.") % {"most": LONGEST_NAME}, field="name")
    if not words or len(words) > LONGEST_WORDS:
        raise Invalid(_("Say what it is for, in at most %(most)s characters.") % {"most": LONGEST_WORDS}, field="words")
    if space and person.id not in readers_among(space, [person.id]):
        raise Invalid(_("They do not read this space, and would not see their badge."), field="place")
    if about_in and space and about_in.id != space.id:
        raise Invalid(
            _("This stands in another space. Name something from the space that the badge is for."), field="about"
        )
    if about_in and (about_in.ask_team or person.id not in readers_among(about_in, [person.id])):
        raise Invalid(_("They, or others, do not see this. Name something else, or say it in words."), field="about")
    with transaction.atomic():
        badge = Badge(person=person, name=name, words=words, space=space, by_id=by.person_id)
        badge.key = f"{GIVEN}{badge.shown_id}"
        badge.save(force_insert=True)
        if about:
            BadgeEvidence.objects.create(badge=badge, thing_key=about[0], thing_id=about[1], space=about_in)
        announce(BadgeGiven(badge.id, person.id, space.id if space else None), by=by)
    return badge


def take_badge_back(badge: Badge, *, by: Actor) -> None:
    """One that was given by hand, by whoever may give it there, whoever gave it."""
    if not policy.may_take_badge_back(by, badge):
        raise NotAllowed(
            _("You may not take this badge back."), _("One that was earned goes when what it is for goes.")
        )
    with transaction.atomic():
        announce(BadgeTakenBack(badge.person_id, badge.space_id), by=by)
        BadgeHidden.objects.filter(person=badge.person_id, key=badge.key).delete()
        badge.delete()


def show_badges(key: str, is_shown: bool, *, by: Actor) -> None:
    """Whether others see one's badge of this key; the empty key stands for all."""
    if not by.is_member:
        raise NotAllowed(_("Badges are of members."))
    if key and not Badge.objects.filter(person_id=by.own_id, key=key).exists():
        raise NotAllowed(_("This is no badge of yours."))
    with transaction.atomic():
        kept = BadgeHidden.objects.filter(person_id=by.own_id, key=key)
        if is_shown:
            changed = bool(kept.delete()[0])
        else:
            changed = BadgeHidden.objects.get_or_create(person_id=by.own_id, key=key)[1]
        if changed:
            announce(BadgesShown(by.own_id, is_shown), by=by)


def forget_badges(person: Person) -> None:
    """All of theirs; what they said of others' goes from those that they gave."""
    Badge.objects.filter(person=person).delete()
    BadgeHidden.objects.filter(person=person).delete()
    Badge.objects.filter(by_id=person.id).update(words="", by_id=None)


def apart(wanted: Earned, there: Collection[Badge]) -> list[Slot]:
    """Where what is kept is not what is earned, for the check."""
    kept = {slot_of(each): each for each in there}
    return sorted(slot for slot in wanted.keys() | kept.keys() if _differs(wanted.get(slot), kept.get(slot)))
