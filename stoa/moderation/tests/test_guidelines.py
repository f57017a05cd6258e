"""Guidelines: versions, acceptance, norms."""

import pytest
from django.http import QueryDict

from stoa.base.actors import VISITOR
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.work.drain import drain
from stoa.moderation.acceptance import STEP
from stoa.moderation.actions.guidelines import (
    Wording,
    accept_guidelines,
    drop_clause,
    publish_guidelines,
    retire_norm,
    start_draft,
    write_clause,
    write_norm,
)
from stoa.moderation.models import Acceptance, Clause, GuidelineVersion, Norm
from stoa.moderation.models.guideline import version_to_accept
from stoa.moderation.tests.makers import make_guidelines
from stoa.people.models import Notice
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def test_a_draft_begins_as_the_version_in_force_and_leaves_that_alone() -> None:
    current, manager = make_guidelines(), make_staff("community_manager")
    draft = start_draft(by=manager)
    assert start_draft(by=manager) == draft
    write_clause(draft, Wording("1.1", "Be decent", "Speak about the thing, kindly.", harm=3), by=manager)
    write_clause(draft, Wording("3.1", "Mend honestly", "Say how sure you are."), by=manager)
    drop_clause(draft.clauses.get(part=2), by=manager)
    assert [clause.number for clause in draft.clauses.all()] == ["1.1", "3.1"]
    assert [clause.text for clause in Clause.objects.in_force()] == ["Speak about the thing.", "Post no address."]
    assert GuidelineVersion.objects.current() == current
    assert GuidelineVersion.objects.visible_to(VISITOR).count() == 1


def test_what_is_in_force_is_not_changed() -> None:
    version, manager = make_guidelines(), make_staff("community_manager")
    with pytest.raises(NotPossible):
        write_clause(version, Wording("1.1", "Be decent", "Otherwise."), by=manager)
    with pytest.raises(NotPossible):
        drop_clause(version.clauses.get(part=1), by=manager)
    with pytest.raises(NotAllowed):
        start_draft(by=make_actor())
    assert Clause.objects.in_force()[0].text == "Speak about the thing."


def test_a_new_version_asks_everybody_to_accept_it() -> None:
    ada, manager = make_person("Ada"), make_staff("community_manager")
    accept_guidelines(make_guidelines(), ada, by=actor_of(ada))
    assert version_to_accept(ada.id) is None
    draft = start_draft(by=manager)
    publish_guidelines(draft, "2.1 names telephone numbers.", by=manager)
    drain()
    assert version_to_accept(ada.id) == draft
    assert list(Notice.objects.filter(person=ada).values_list("kind", flat=True)) == ["moderation.guidelines"]
    with pytest.raises(NotAllowed):
        accept_guidelines(draft, ada, by=manager)
    accept_guidelines(draft, ada, by=actor_of(ada))
    accept_guidelines(draft, ada, by=actor_of(ada))
    assert list(Acceptance.objects.filter(person=ada).order_by("at").values_list("version__number", flat=True)) == [
        1,
        2,
    ]


def test_a_version_is_published_with_what_changed() -> None:
    manager = make_staff("community_manager")
    draft = start_draft(by=manager)
    with pytest.raises(NotPossible):
        publish_guidelines(draft, "Nothing yet.", by=manager)
    write_clause(draft, Wording("1.1", "Be decent", "Kindly."), by=manager)
    with pytest.raises(Invalid):
        publish_guidelines(draft, " ", by=manager)
    assert GuidelineVersion.objects.current() is None


@pytest.mark.parametrize("number", ["", "1", "0.1", "1.1.1", "one"])
def test_a_clause_has_a_number_of_two_parts(number: str) -> None:
    manager = make_staff("community_manager")
    with pytest.raises(Invalid):
        write_clause(start_draft(by=manager), Wording(number, "Part", "Words."), by=manager)


def test_the_door_asks_for_the_version_that_was_shown() -> None:
    ada = make_person("Ada", "pending")
    assert not STEP.needed(ada, actor_of(ada))
    version = make_guidelines()
    assert STEP.needed(ada, actor_of(ada))
    with pytest.raises(Invalid):
        STEP.take(ada, QueryDict(""), by=actor_of(ada))
    STEP.take(ada, QueryDict(f"accepts={version.shown_id}"), by=actor_of(ada))
    assert Acceptance.objects.get().version == version


def test_norms_of_a_space_are_for_those_who_read_it() -> None:
    shed = make_space("Shed", "private")
    steward, manager = make_insider(shed, "space.steward"), make_staff("community_manager")
    norm = write_norm("Ask before you touch.", "May I open it?", space=shed, by=steward)
    with pytest.raises(NotAllowed):
        write_norm("Mine now.", "So there.", space=shed, by=manager)
    with pytest.raises(Invalid):
        write_norm("Be kind.", "", by=manager)
    write_norm("Say what you tried.", "I oiled it twice.", by=manager)
    assert Norm.objects.visible_to(make_actor()).count() == 1
    assert Norm.objects.visible_to(steward).count() == 2
    retire_norm(norm, by=steward)
    assert Norm.objects.visible_to(steward).holding().count() == 1
