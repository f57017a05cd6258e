"""What the Guild asks its people: the quarter they live in, when they have time, and what the workshop should know."""

from collections.abc import Iterator
from datetime import timedelta

from stoa.base.demo import Story
from stoa.demo_guild.rows import Member
from stoa.people.models import ProfileAnswer, ProfileField

TIMES = ("Weekday mornings", "Weekday evenings", "Saturdays", "Sundays")
ALLERGIES = ("Solder fumes give me headaches", "A step-free way in, please", "Hard of hearing on the left")


def fill_fields(story: Story, members: tuple[Member, ...]) -> None:
    """Three fields, answered by those who would: nobody is made to."""
    with story.at(story.now - timedelta(days=371)):
        quarters = sorted({member.quarter for member in members if member.quarter})
        quarter = ProfileField.objects.create(
            order=0, label="Quarter", kind="choice", choices=quarters, asked="sign_up",
            hint="So that neighbours find each other.",
        )  # fmt: skip
        times = ProfileField.objects.create(
            order=1, label="When I have time", kind="choices", choices=list(TIMES), shown_to="members"
        )
        needs = ProfileField.objects.create(
            order=2, label="What we should know at the workshop", kind="long", shown_to="staff",
            hint="Allergies, a step-free way in, whatever helps.",
        )  # fmt: skip
    rows = [row for member in members for row in _answers(story, member, quarter, times, needs)]
    ProfileAnswer.objects.bulk_create(rows, batch_size=2000)


def _answers(
    story: Story, member: Member, quarter: ProfileField, times: ProfileField, needs: ProfileField
) -> Iterator[ProfileAnswer]:
    dice = story.dice(f"fields {member.key}")
    said = [(quarter, member.quarter)] if member.quarter and dice.random() < 0.8 else []
    if member.activity != "quiet":
        said += [(times, each) for each in sorted(dice.sample(TIMES, dice.randint(1, 3)))]
    if dice.random() < 0.03:
        said.append((needs, dice.choice(ALLERGIES)))
    person_id = story.id_of("person", member.key)
    for field, text in said:
        yield ProfileAnswer(person_id=person_id, field=field, text=text, folded=text.casefold())
