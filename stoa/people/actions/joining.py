"""Signing up, answering at the door, being let in."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor, system
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.people import door
from stoa.people.actions.words import words_in
from stoa.people.facts import DoorAnswered, DoorQuestionChanged, PersonJoined, PersonSignedUp
from stoa.people.models import Account, DoorAnswer, DoorPass, DoorQuestion, DoorQuestionWords, Person, SignUp
from stoa.people.policy import may_edit_door
from stoa.people.vouching import fingerprint


def sign_up(
    account: Account,
    *,
    name: str,
    via: str = "",
    invitation: str = "",
    language: str = "en",
    proof: str = SignUp.Proof.LETTER,
) -> Person:
    """The person behind a fresh account, pending until confirmed and through the door, with how they came."""
    with transaction.atomic():
        person = Person.objects.create(account=account, name=name.strip()[:80], language=language)
        row = SignUp.objects.create(
            person=person, via=via[:40], invitation=fingerprint(invitation), address=account.email, proof=proof
        )
        announce(PersonSignedUp(person.id, row.id), by=Actor(person_id=person.id))
    return person


def note_opened_here(account: Account) -> None:
    """The letter that confirmed their address was opened in the browser in which they joined."""
    rows = SignUp.objects.filter(person__account=account, address__iexact=account.email, proof=SignUp.Proof.LETTER)
    rows.update(proof=SignUp.Proof.OWN)


def answer_door(person: Person, answers: Mapping[int, str], *, by: Actor) -> None:
    """Stores answers by question id; empty ones are not stored. Raises Invalid for a missing required one."""
    if by.person_id != person.id:
        raise NotAllowed(_("Only you can answer for yourself."))
    kept = 0
    with transaction.atomic():
        for question in DoorQuestion.objects.filter(retired_at=None).prefetch_related("translations"):
            text = answers.get(question.id, "").strip()
            if not text and question.is_required:
                words = question.words(by.language)
                raise Invalid(_("Please answer: %(question)s") % {"question": words.label if words else ""})
            if text:
                DoorAnswer.objects.update_or_create(person=person, question=question, defaults={"text": text[:2000]})
                kept += 1
                if question.kind == "interests":
                    person.interests = words_in(text)
                    person.save(update_fields=["interests"])
        announce(DoorAnswered(person.id, kept), by=by)


def pass_step(person: Person, step: str, *, by: Actor) -> None:
    """Notes that a step was taken, and lets the person in when it was the last."""
    if by.person_id != person.id and not by.is_system:
        raise NotAllowed(_("Only you can go through your own door."))
    if person.is_erased:  # they went on as the person whom they took over
        return
    DoorPass.objects.get_or_create(person=person, step=step)
    admit(person, by=by)


def admit(person: Person, *, by: Actor) -> bool:
    """Makes a pending person a member once nothing is asked of them any more. Says whether they are one now."""
    if person.standing != "pending":
        return person.standing == "member"
    if door.next_step(person, by) is not None:
        return False
    with transaction.atomic():
        changed = Person.objects.filter(id=person.id, standing="pending").update(
            standing="member", joined_at=clock.now()
        )
        if changed:
            sign_up_id = SignUp.objects.filter(person=person).values_list("id", flat=True).first()
            announce(PersonJoined(person.id, sign_up_id), by=by)
    person.refresh_from_db(fields=["standing", "joined_at"])
    return True


def make_member(account: Account, *, name: str) -> Person:
    """A member without the door: the owner at set-up, who opens it for the others."""
    with transaction.atomic():
        person = Person.objects.create(account=account, name=name.strip()[:80], standing="member")
        announce(PersonJoined(person.id, None), by=system("people"))
    return person


def write_question(
    question: DoorQuestion | None,
    *,
    label: str,
    by: Actor,
    hint: str = "",
    kind: str = "text",
    is_required: bool = False,
    choices: list[str] | None = None,
    language: str = "en",
) -> DoorQuestion:
    """Adds a door question, or changes its words in one language."""
    if not may_edit_door(by):
        raise NotAllowed(_("You may not change what is asked at the door."))
    if not label.strip():
        raise Invalid(_("A question needs words."), field="label")
    with transaction.atomic():
        row = question or DoorQuestion(order=DoorQuestion.objects.count())
        row.kind, row.is_required = kind, is_required
        row.save()
        words = {"label": label.strip()[:200], "hint": hint[:300], "choices": choices or []}
        DoorQuestionWords.objects.update_or_create(question=row, language=language, defaults=words)
        announce(DoorQuestionChanged(row.id), by=by)
    return row


def retire_question(question: DoorQuestion, *, by: Actor) -> None:
    """Asks it no more; the answers given stay."""
    if not may_edit_door(by):
        raise NotAllowed(_("You may not change what is asked at the door."))
    if question.retired_at:
        raise NotPossible(_("This question is not asked any more."))
    with transaction.atomic():
        question.retired_at = clock.now()
        question.save(update_fields=["retired_at"])
        announce(DoorQuestionChanged(question.id), by=by)
