"""The demo's spaces: twelve of all visibilities, who belongs to which, who holds which role, and three who ask to come in."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.demo_guild.belonging import memberships
from stoa.demo_guild.people import by_key, people
from stoa.demo_guild.reading import spaces
from stoa.demo_guild.rows import Space as Told
from stoa.people.models import Person
from stoa.spaces.demo_doors import fill as fill_doors
from stoa.spaces.facts import ApplicationMade, RoleGranted, SpaceJoined, SpaceMade
from stoa.spaces.models import Application, Grant, Heading, Role, Space
from stoa.spaces.models.space import slug_of

JOINING = {"open": "open", "ask": "apply", "invited": "invite"}
HEADINGS = {
    "Begin here": ("porch", "ask", "mended"),
    "Workbenches": ("needle", "wheels", "sparks", "wood", "small"),
    "Behind the counter": ("spares", "crew", "apprentices"),
}
"""What stands under which heading; the secret room stands under none."""
MADE = timedelta(days=-369)
ASKING = {
    "pelumi": ("apprentices", "Six zips and one boot so far. I would like to learn from the beginning, with others.", -31),
    "isolde": ("apprentices", "Lamps first, then anything that hums. Thursdays are free.", -9),
    "bo": ("crew", "I can carry tables, and I know where the fuse box of Hall 3 is.", -52),
}  # fmt: skip
"""Who asks, into which space, with what words, so many hours ago."""


def fill(story: Story) -> None:
    """Spaces, belongings, roles, and open applications."""
    roles = {role.key: role for role in Role.objects.all()}
    told: list[Past] = []
    with story.at(story.now + MADE):
        headings = [Heading(title=title, place=place) for place, title in enumerate(HEADINGS)]
        under = {key: row for row in headings for key in HEADINGS[row.title]}
        rows = [_space(story, each, under.get(each.key)) for each in spaces()]
        owner = story.id_of("person", people(story.seed, story.scale)[0].key)
        told += [Past(SpaceMade(row.id), story.now + MADE, owner) for row in rows]
    Heading.objects.bulk_create(headings)
    Space.objects.bulk_create(rows)
    grants = list(_belongings(story, roles, told)) + list(_site_roles(story, roles, told))
    Grant.objects.bulk_create(grants, batch_size=2000)
    Application.objects.bulk_create(_applications(story, told))
    fill_doors(story, told)
    announce_past(told)


def _space(story: Story, told: Told, heading: Heading | None) -> Space:
    row = Space(
        name=told.name, slug=slug_of(told.name), description=told.description, visibility=told.visibility,
        joining=JOINING[told.joining], standards=told.standard, norm=f"{told.norm}: {told.example}"[:300],
        interests=list(told.interests), heading=heading,
        question="What would you like to learn, or bring?" if told.joining == "ask" else "",
    )  # fmt: skip
    story.remember("space", told.key, row.id)
    return row


def _belongings(story: Story, roles: dict[str, Role], told: list[Past]) -> Iterator[Grant]:
    came = dict(Person.objects.values_list("id", "joined_at"))
    for space in spaces():
        number = story.id_of("space", space.key)
        for key in memberships(story.seed, story.scale)[space.key]:
            if ASKING.get(key, ("",))[0] == space.key:
                continue
            person = story.id_of("person", key)
            moment = _moment(story, came[person], key, space.key)
            role = roles["space.steward" if key in space.stewards else "space.member"]
            with story.at(moment):
                yield Grant(person_id=person, role=role, scope_kind="space", scope_id=number, by_id=person)
            told.append(Past(SpaceJoined(number, person), moment, person))


def _moment(story: Story, joined: datetime, key: str, space: str) -> datetime:
    """Into the porch at once, elsewhere within the first days."""
    after = timedelta(minutes=2 if space == "porch" else story.dice(f"into {space} {key}").randint(3, 3000))
    return min(max(joined, story.now + MADE) + after, story.now)


def _site_roles(story: Story, roles: dict[str, Role], told: list[Past]) -> Iterator[Grant]:
    owner = story.id_of("person", people(story.seed, story.scale)[0].key)
    for member in by_key(story.seed, story.scale).values():
        for name in member.roles:
            role = roles[name.replace(" ", "_")]
            person = story.id_of("person", member.key)
            moment = story.now + timedelta(days=max(member.joined_day, -365) + 1)
            with story.at(moment):
                yield Grant(person_id=person, role=role, scope_kind="site", by_id=owner)
            told.append(Past(RoleGranted(person, role.id, None), moment, owner))


def _applications(story: Story, told: list[Past]) -> Iterator[Application]:
    for key, (space, answer, hours) in ASKING.items():
        moment = story.now + timedelta(hours=hours)
        person, number = story.id_of("person", key), story.id_of("space", space)
        with story.at(moment):
            row = Application(space_id=number, person_id=person, answer=answer)
        told.append(Past(ApplicationMade(number, row.id, person), moment, person))
        yield row
