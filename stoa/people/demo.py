"""The demo's people: the Guild's members with their sign-ins, faces and answers at the door, the purpose and the two questions."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.base.files import storing
from stoa.base.models import File
from stoa.demo_guild import steering
from stoa.demo_guild.people import people
from stoa.demo_guild.pictures.faces import avatar_alt, avatar_png, has_picture
from stoa.demo_guild.rows import Member
from stoa.people.actions.words import words_of
from stoa.people.demo_fields import fill_fields
from stoa.people.facts import DoorAnswered, PersonJoined, PersonSignedUp, PurposeSet
from stoa.people.models import (
    Account,
    DoorAnswer,
    DoorPass,
    DoorQuestion,
    DoorQuestionWords,
    Person,
    PersonWord,
    ProfileLink,
    Purpose,
    SignUp,
)

PASSWORD = "mend-it-together"  # noqa: S105  (printed, for a folder that answers to this machine alone)
PURPOSE = "We are neighbours who mend what is broken, and teach each other how."
AWAY = "nell"
LINKS = (
    ("tomasz", "https://clocks.brackwater.example/", True),
    ("tomasz", "https://social.brackwater.example/@tomasz", True),
    ("amara", "https://amara.example/mending", False),
)
FACES = 400  # so many members at most have their faces drawn
PIXELS = 128


def fill(story: Story) -> None:
    """Everybody, as they came over the year."""
    members = people(story.seed, story.scale)
    rows = [_person(story, member) for member in members]
    Account.objects.bulk_create([account for account, _person, _sign_up in rows], batch_size=2000)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=account, email=account.email, verified=True, primary=True) for account, *_ in rows],
        batch_size=2000,
    )
    Person.objects.bulk_create([person for _account, person, _sign_up in rows], batch_size=2000)
    SignUp.objects.bulk_create([sign_up for *_, sign_up in rows], batch_size=2000)
    PersonWord.objects.bulk_create([word for _account, person, _ in rows for word in words_of(person)], batch_size=2000)
    fill_fields(story, members)
    ProfileLink.objects.bulk_create(_links(story))
    _draw_faces(story, members)
    _open_the_door(story, members)
    announce_past(_facts(story, members))


def _links(story: Story) -> Iterator[ProfileLink]:
    """Where else some are found: two are proven, one is not. Nothing of it was fetched."""
    for number, (key, address, is_proven) in enumerate(LINKS):
        at = story.now - timedelta(days=70 - 9 * number)
        with story.at(at):
            yield ProfileLink(
                person_id=story.id_of("person", key), address=address, checked_at=story.now - timedelta(days=6),
                proven_at=at if is_proven else None, failures=0 if is_proven else 3, said="" if is_proven else "no_link",
                due_at=story.now + timedelta(days=24) if is_proven else None,
            )  # fmt: skip


def joined_at(story: Story, member: Member) -> datetime:
    """When they came: that day, at an hour of their own."""
    dice = story.dice(f"joined {member.key}")
    if member.key == "amara":
        return story.now - timedelta(hours=20)
    moment = story.now + timedelta(days=member.joined_day)
    return moment.replace(hour=dice.randint(7, 21), minute=dice.randint(0, 59)) - timedelta(seconds=dice.randint(0, 59))


def _person(story: Story, member: Member) -> tuple[Account, Person, SignUp]:
    moment = min(joined_at(story, member), story.now)
    with story.at(moment):
        account = Account(email=member.email, password=_sealed())
        person = Person(
            account=account, name=member.name, folded=member.name.casefold(), standing="member",
            bio=member.bio, helps_with=", ".join(member.helps)[:200],
            looks_for=", ".join(member.wants)[:200],
            interests=list(member.interests), zone=member.zone, language=member.language,
            away_until=story.now.date() + timedelta(days=12) if member.key == AWAY else None,
            welcomes=member.activity in ("core", "regular") and member.joined_day < -60,
            shown_to="everyone" if _is_shown(story, member) else "members",
        )  # fmt: skip
        sign_up = SignUp(person=person)
    for kind, row in (("account", account), ("person", person), ("sign_up", sign_up)):
        story.remember(kind, member.key, row.id)
    return account, person, sign_up


def _is_shown(story: Story, member: Member) -> bool:
    """Who has put up a picture shows it to everyone, some of the others show themselves too."""
    return has_picture(member.key) or story.dice(f"shown {member.key}").random() < 0.2


@cache
def _sealed() -> str:
    """The one password, sealed once: it takes its time by intention."""
    return make_password(PASSWORD)


def _draw_faces(story: Story, members: tuple[Member, ...]) -> None:
    files, owners = [], []
    for member in [each for each in members if has_picture(each.key)][:FACES]:
        content = avatar_png(member.key, PIXELS)
        digest = storing.put(content)
        number = story.id_of("person", member.key)
        with story.at(joined_at(story, member)):
            file = File(
                owner_id=number, thing_key="people.person", thing_id=number, digest=digest, thumb=digest,
                media_type="image/png", size=len(content), width=PIXELS, height=PIXELS, name=f"{member.key}.png",
                alt=avatar_alt(member.name),
            )  # fmt: skip
        files.append(file)
        owners.append(Person(id=number, portrait_id=file.id))
    File.objects.bulk_create(files, batch_size=500)
    Person.objects.bulk_update(owners, ["portrait_id"], batch_size=200)


def _open_the_door(story: Story, members: tuple[Member, ...]) -> None:
    with story.at(story.now - timedelta(days=372)):
        Purpose.objects.update_or_create(
            id=1, defaults={"sentence": PURPOSE, "by_id": story.id_of("person", members[0].key)}
        )
        for order, asked in enumerate(steering.door_questions()):
            kind = "interests" if asked.many else "text"
            question = DoorQuestion.objects.create(kind=kind, order=order)
            choices = list(asked.answers) if asked.many else []
            DoorQuestionWords.objects.create(question=question, label=asked.text, hint=asked.hint, choices=choices)
            story.remember("door_question", asked.key, question.id)
    DoorAnswer.objects.bulk_create(_answers(story, members), batch_size=2000)
    DoorPass.objects.bulk_create(_passes(story, members), batch_size=2000)


def _answers(story: Story, members: tuple[Member, ...]) -> Iterator[DoorAnswer]:
    for member in members:
        said = {"interests": ", ".join(member.wants or member.helps), "hopes": member.hopes}
        with story.at(joined_at(story, member)):
            for key, text in said.items():
                yield DoorAnswer(
                    person_id=story.id_of("person", member.key),
                    question_id=story.id_of("door_question", key),
                    text=text,
                )


def _passes(story: Story, members: tuple[Member, ...]) -> Iterator[DoorPass]:
    for member in members:
        with story.at(joined_at(story, member)):
            for step in ("questions", "placing"):
                yield DoorPass(person_id=story.id_of("person", member.key), step=step)


def _facts(story: Story, members: tuple[Member, ...]) -> Iterator[Past]:
    yield Past(PurposeSet(), story.now - timedelta(days=372), story.id_of("person", members[0].key))
    for member in members:
        person, sign_up = story.id_of("person", member.key), story.id_of("sign_up", member.key)
        moment = min(joined_at(story, member), story.now)
        yield Past(PersonSignedUp(person, sign_up), moment - timedelta(minutes=9), person)
        yield Past(DoorAnswered(person, 2), moment - timedelta(minutes=4), person)
        yield Past(PersonJoined(person, sign_up), moment, person)
