"""What the organisation asks its people to say about themselves, what they said, and the words for what they help with and look for."""

from typing import TYPE_CHECKING

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models.person import Person

if TYPE_CHECKING:
    from stoa.people.models.person import People

KINDS = ("short", "long", "choice", "choices", "link")
SHOWN_TO = ("self", "staff", "members", "everyone")  # from few to many
ASKED = ("sign_up", "later", "everyone")
LONGEST_FOLDED = 200


def audiences_of(actor: Actor) -> list[str]:
    """To which audiences this actor belongs: a field that is shown to one of them is theirs to read and to search by."""
    staff = ["staff"] if actor.may("people.see_desk") else []
    return [*staff, *(["members"] if actor.is_member else []), "everyone"]


class ProfileFields(models.QuerySet["ProfileField"]):
    """How fields are found."""

    def visible_to(self, actor: Actor) -> "ProfileFields":
        """What is asked now is no secret to members, who are asked; what was archived is for those who arrange the fields."""
        if actor.may("people.edit_fields"):
            return self
        return self.asked() if actor.person_id else self.none()

    def asked(self) -> "ProfileFields":
        """Those that are not archived."""
        return self.filter(archived_at=None)

    def read_by(self, actor: Actor) -> "ProfileFields":
        """Those whose answers this actor may read of others, and so may search by."""
        return self.asked().filter(shown_to__in=audiences_of(actor))

    def in_order(self) -> "ProfileFields":
        return self.order_by("order", "id")


class ProfileField(Row):
    """One thing that people may say. `shown_to`: who reads the answers; `asked`: at sign-up, later on one's profile, or of everyone."""

    label = models.CharField(max_length=120)
    hint = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=7, default="short", choices=[(each, each) for each in KINDS])
    choices = models.JSONField(default=list, blank=True)
    shown_to = models.CharField(max_length=8, default="members", choices=[(each, each) for each in SHOWN_TO])
    asked = models.CharField(max_length=8, default="later", choices=[(each, each) for each in ASKED])
    order = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    objects = ProfileFields.as_manager()

    def __str__(self) -> str:
        return self.label

    @property
    def narrows(self) -> bool:
        """Whether people can be looked for by it."""
        return self.kind in ("short", "choice", "choices")


class ProfileAnswers(models.QuerySet["ProfileAnswer"]):
    """How answers are found."""

    def visible_to(self, actor: Actor) -> "ProfileAnswers":
        """One's own, and those to fields that are shown to this actor, of people whom they may see."""
        shown = models.Q(
            field__shown_to__in=audiences_of(actor),
            field__archived_at=None,
            person__in=Person.objects.visible_to(actor),
        )
        return self.filter(shown | models.Q(person_id=actor.person_id) if actor.person_id else shown)


class ProfileAnswer(Row):
    """What somebody said; of several choices, each is a row. `folded` is what people are looked for by."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="profile_answers")
    field = models.ForeignKey(ProfileField, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(max_length=2000)
    folded = models.CharField(max_length=LONGEST_FOLDED)
    at = models.DateTimeField(default=clock.now)

    objects = ProfileAnswers.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "field", "folded"], name="profile_answer_once")]
        indexes = [models.Index(fields=["field", "folded", "person"], name="profile_answer_said")]

    def __str__(self) -> str:
        return self.shown_id


class Words(models.QuerySet["PersonWord"]):
    """How the words of people are found."""

    def visible_to(self, actor: Actor) -> "Words":
        """Those of people whom the actor may see."""
        return self.filter(person__in=Person.objects.visible_to(actor))


class PersonWord(Row):
    """One word (or a few) for what somebody helps with or looks for, as it stands in their profile: what they are found by."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words")
    kind = models.CharField(max_length=5, choices=[("helps", "helps"), ("seeks", "seeks")])
    word = models.CharField(max_length=40)

    objects = Words.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "word"], name="person_word_once")]
        indexes = [models.Index(fields=["kind", "word", "person"], name="person_word_said")]

    def __str__(self) -> str:
        return self.word


def people_who_said(found: "People", field: ProfileField, value: str) -> "People":
    """Those among them whose answer is this choice, or holds these words."""
    answers = ProfileAnswer.objects.filter(person_id=models.OuterRef("pk"), field=field)
    folded = value.casefold()[:LONGEST_FOLDED]
    said = answers.filter(folded__contains=folded) if field.kind == "short" else answers.filter(folded=folded)
    return found.filter(models.Exists(said))


def people_with_word(found: "People", kind: str, word: str) -> "People":
    """Those among them who help with this, or look for it."""
    said = PersonWord.objects.filter(person_id=models.OuterRef("pk"), kind=kind, word=word)
    return found.filter(models.Exists(said))
