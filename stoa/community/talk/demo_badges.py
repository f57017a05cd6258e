"""The demo's badges: those that the year's acts have earned, and two that were given by hand. Nobody is told of them any more."""

from datetime import timedelta

from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.community.talk.badges import earned
from stoa.community.talk.facts import BadgeEarned, BadgeGiven
from stoa.community.talk.models import Badge, BadgeEvidence
from stoa.community.talk.models.badge import GIVEN
from stoa.demo_guild.people import people

BY_HAND = (
    ("tomasz", "Keeper of the Sunday bench", "You came early every Sunday in winter and heated the hall before the others were there.", 40),
    ("amara", "Patient with beginners", "You explained the tension of a thread nine times, and the ninth as kindly as the first.", 12),
)  # fmt: skip


def fill(story: Story) -> None:
    told: list[Past] = []
    rows: list[BadgeEvidence] = []
    badges: list[Badge] = []
    for (person, key, sphere), acts in sorted(earned().items()):
        at = min(max(act.at for act in acts) + timedelta(hours=1), story.now)
        with story.at(at):
            badge = Badge(person_id=person, key=key.value, sphere=sphere)
            things = sorted({(act.thing, act.space) for act in acts})
            rows += [BadgeEvidence(badge=badge, thing_key=k, thing_id=n, space_id=space) for (k, n), space in things]
        badges.append(badge)
        told.append(Past(BadgeEarned(badge.id, person, key), at, None))
    members = people(story.seed, story.scale)
    giver, keys = story.id_of("person", members[0].key), {each.key for each in members}
    for holder, name, words, days in BY_HAND:
        if holder in keys and story.id_of("person", holder) != giver:
            at = story.now - timedelta(days=days)
            with story.at(at):
                badge = Badge(person_id=story.id_of("person", holder), name=name, words=words, by_id=giver)
                badge.key = f"{GIVEN}{badge.shown_id}"
            badges.append(badge)
            told.append(Past(BadgeGiven(badge.id, badge.person_id, None), at, giver))
    Badge.objects.bulk_create(badges, batch_size=500)
    BadgeEvidence.objects.bulk_create(rows, batch_size=500)
    announce_past(told)
