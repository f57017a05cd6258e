"""The demo's ways in and its own role: two invitations (one in use, one over) with who came by them, and a role that was composed here."""

from datetime import datetime, timedelta

from stoa.base import ids
from stoa.base.crypto import Secret
from stoa.base.demo import Story
from stoa.base.facts import Past
from stoa.demo_guild.belonging import memberships
from stoa.demo_guild.people import people
from stoa.demo_guild.reading import spaces
from stoa.people.vouching import fingerprint
from stoa.spaces.facts import InvitationMade, RoleMade
from stoa.spaces.models import Invitation, InvitationUse, Role

LINKS = [(timedelta(days=-12), timedelta(days=30), 20, 4), (timedelta(days=-60), timedelta(days=14), 2, 2)]
"""Made when, good for how long, for how many, of whom so many came."""


def fill(story: Story, told: list[Past]) -> None:
    """Into the first space that members join by invitation or by themselves and that has a steward; the facts go to `told`."""
    owner = story.id_of("person", people(story.seed, story.scale)[0].key)
    with story.at(story.now - timedelta(days=90)):
        role = Role(name="Doorkeeper", rank=15, rights=["spaces.decide_applications", "spaces.invite", "spaces.read"])
        role.key = f"made.{ids.shown(role.id)}"
        role.save(force_insert=True)
        told.append(Past(RoleMade(role.id), story.now - timedelta(days=90), owner))
    space = next(each for each in spaces() if each.stewards and each.visibility == "private")
    came = [key for key in memberships(story.seed, story.scale)[space.key] if key not in space.stewards]
    number, steward = story.id_of("space", space.key), story.id_of("person", space.stewards[0])
    for which, (made, lasts, uses, used) in enumerate(LINKS):
        moment = story.now + made
        link = _link(story, which, number, steward, moment, lasts, uses)
        told.append(Past(InvitationMade(link.id, number, link.ends_at), moment, steward))
        for place, key in enumerate(came[which * 4 :][:used]):
            with story.at(moment + timedelta(hours=7 * (place + 1))):
                InvitationUse.objects.create(invitation=link, person_id=story.id_of("person", key))
        Invitation.objects.filter(id=link.id).update(used=link.taken.count())
    _of_a_member(story, told)


def _of_a_member(story: Story, told: list[Past]) -> None:
    """A link that a member made for people they know: two came by it, one place is free."""
    members = people(story.seed, story.scale)
    known = next((each for each in members if each.key == "tomasz"), members[0])
    maker, moment = story.id_of("person", known.key), story.now - timedelta(days=3)
    with story.at(moment):
        code = f"{story.dice('invitation of a member').getrandbits(144):036x}"
        link = Invitation(
            fingerprint=fingerprint(code), uses=3, by_id=maker, ends_at=moment + timedelta(days=7), made_as="member"
        )
        link.sealed = Secret(code)
        link.save(force_insert=True)
    told.append(Past(InvitationMade(link.id, None, link.ends_at), moment, maker))
    for place, each in enumerate(members[-2:]):
        with story.at(moment + timedelta(hours=9 * (place + 1))):
            InvitationUse.objects.create(invitation=link, person_id=story.id_of("person", each.key))
    Invitation.objects.filter(id=link.id).update(used=2)


def _link(
    story: Story, which: int, space: int, steward: int, moment: datetime, lasts: timedelta, uses: int
) -> Invitation:
    code = f"{story.dice(f'invitation {which}').getrandbits(144):036x}"
    with story.at(moment):
        link = Invitation(
            fingerprint=fingerprint(code), space_id=space, uses=uses, by_id=steward, ends_at=moment + lasts
        )
        link.role = Role.objects.get(key="space.member")
        link.sealed = Secret(code)
        link.save(force_insert=True)
    return link
