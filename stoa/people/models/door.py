"""The door: what we ask those who join, what they answered, which steps they have taken."""

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models.person import Person

KINDS = ("text", "interests")


class DoorQuestions(models.QuerySet["DoorQuestion"]):
    """How questions are found."""

    def visible_to(self, actor: Actor) -> "DoorQuestions":
        """Everybody sees what is asked now; those who change the door see the retired ones too."""
        return self if actor.may("people.edit_door") else self.filter(retired_at=None)


class DoorQuestion(Row):
    """One question at the door. Its words stand in translations; a retired one is kept for the answers to it."""

    kind = models.CharField(max_length=10, default="text", choices=[(each, each) for each in KINDS])
    order = models.PositiveSmallIntegerField(default=0)
    is_required = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)

    objects = DoorQuestions.as_manager()

    def __str__(self) -> str:
        return self.shown_id

    def words(self, language: str) -> "DoorQuestionWords | None":
        """The translation for a language, else the first that was written."""
        known = sorted(self.translations.all(), key=lambda each: each.id)
        return next((each for each in known if each.language == language), known[0] if known else None)


class DoorQuestionWords(Row):
    """A question in one language; `choices` are offered where the kind knows them (interests)."""

    question = models.ForeignKey(DoorQuestion, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12, default="en")
    label = models.CharField(max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    choices = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "language"], name="question_words_once")]

    def __str__(self) -> str:
        return self.label


class DoorAnswer(Row):
    """What one person answered."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="door_answers")
    question = models.ForeignKey(DoorQuestion, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "question"], name="door_answer_once")]

    def __str__(self) -> str:
        return self.shown_id


class DoorPass(Row):
    """A step of the door that a person has taken."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="door_passes")
    step = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "step"], name="door_pass_once")]

    def __str__(self) -> str:
        return f"{self.step} {self.person_id}"


class SignUp(Row):
    """How somebody came: the link's code and the fingerprint of the invitation's code that their form carried, kept across devices, and
    what proves that `address`, with which they joined, is theirs."""

    class Proof(models.TextChoices):
        """LETTER: a letter to it was opened by somebody, who need not be who joined. HELD: an invitation that anybody may hold stood for
        the letter, and proves nothing. NAMED: an invitation made out to it. OWN: who reads that mail is who joined."""

        LETTER = "letter"
        HELD = "held"
        NAMED = "named"
        OWN = "own"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="sign_up")
    via = models.CharField(max_length=40, blank=True)
    invitation = models.CharField(max_length=40, blank=True)
    address = models.EmailField(blank=True)
    proof = models.CharField(max_length=6, choices=Proof.choices, default=Proof.LETTER)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.shown_id

    def is_about(self, address: str) -> bool:
        """Whether this is the address with which they joined; one that came later is proven by nothing that stands here."""
        return bool(address) and self.address.casefold() == address.casefold()
