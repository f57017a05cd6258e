"""The hostile texts in what is known of people and lets them in: fields, links, roles, invitations, notices, devices, archives."""

from stoa.base import clock
from stoa.community.talk.models import Reply
from stoa.front.models import Import, ImportTrouble, OldHome
from stoa.people.models import Device, Notice, Person, ProfileAnswer, ProfileField, ProfileLink
from stoa.people.notices import all_kinds
from stoa.people.tests.makers import make_session
from stoa.spaces.models import Role, Space
from stoa.spaces.tests.makers import give, make_invitation
from tests.access.world import World


def fill(world: World, number: int, payload: str, space: Space, reply: Reply) -> list[str]:
    """Gives the pages, in the same order for each payload."""
    person = reply.topic.author
    say_of(world, person, number, payload)
    tell(world, person, number, reply)
    role = Role.objects.create(key=f"hostile.{number}", name=payload[:60], rights=["spaces.read"])
    give(person, role.key, space)
    make_invitation(f"hostile{number}", world.people["owner"].id, space=space, role=role, uses=9)
    return [
        f"/desk/rights/{role.shown_id}/", f"/spaces/{space.shown_id}/members/", f"/spaces/{space.shown_id}/invitations/",
        f"/invitations/hostile{number}/", archive(number, payload),
    ]  # fmt: skip


def say_of(world: World, person: Person, number: int, payload: str) -> None:
    """What the organisation asks for and what was answered; a link that is proven; the owner's device."""
    field = ProfileField.objects.create(
        label=payload[:120], hint=payload[:300], kind=("short", "choices", "long")[number % 3], choices=[payload[:80]],
        shown_to="everyone", asked="everyone", order=number,
    )  # fmt: skip
    for each in (person, world.people["owner"]):
        ProfileAnswer.objects.create(person=each, field=field, text=payload, folded=payload.casefold()[:200])
        address = f"https://example.org/{number}?{payload}"[:300]
        ProfileLink.objects.create(person=each, address=address, proven_at=clock.now(), checked_at=clock.now())
    owner = world.people["owner"]
    Device.objects.create(
        person=owner, session_id=make_session(owner), name=payload[:60], endpoint="https://push.example/1", digest=f"{number + 100:064}",
        p256dh="", auth="", trouble=payload[:200],
    )  # fmt: skip


def tell(world: World, person: Person, number: int, reply: Reply) -> None:
    """Notices to the owner: a few of every kind there is, the alerts of staff among them."""
    kinds = sorted(all_kinds())
    for kind in kinds[number % 5 :: 5]:
        for thing in (("talk.topic", reply.topic_id), ("people.person", person.id)):
            Notice.objects.get_or_create(
                person=world.people["owner"], kind=kind, thing_key=thing[0], thing_id=thing[1],
                defaults={"by_id": person.id},
            )  # fmt: skip


def archive(number: int, payload: str) -> str:
    """What an archive that waits says of itself, and what could not be carried in."""
    home = OldHome.objects.create(system="zulip", key=payload[:150] + str(number), name=payload[:200])
    noted = [
        {"what": what, "count": 3, "example": payload, "is_left": is_left}
        for what, is_left in ((payload, True), ("polls", False))
    ]
    place = {
        "key": payload, "was": payload, "name": payload[:80], "visibility": "public", "most_open": "public", "takes": True,
        "topics": 1, "messages": 2,
    }  # fmt: skip
    row = Import.objects.create(
        home=home, digest=f"{number + 100:064}", folder="none", found={"people": 1, "messages": 2}, noted=noted, mapping=[place],
        trouble=payload[:300],
    )  # fmt: skip
    ImportTrouble.objects.create(brought=row, what=payload[:20], which=payload[:300])
    return f"/desk/moving-in/{row.shown_id}/"
