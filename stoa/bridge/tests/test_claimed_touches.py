"""Who takes over a person known from elsewhere keeps the link by which they came."""

import pytest

from stoa.bridge.actions import hand_touches_on
from stoa.bridge.models import Touch
from stoa.people.tests.makers import make_person
from stoa.social.publish.models import Link

pytestmark = pytest.mark.django_db


def test_the_join_goes_with_the_person_and_never_twice() -> None:
    was, person, link = make_person("Was"), make_person("Is"), Link.objects.create(code="k7m2", target="/")
    Touch.objects.create(link=link, person=was, kind="join")
    hand_touches_on(was.id, person.id)
    hand_touches_on(was.id, person.id)
    assert list(Touch.objects.values_list("person", flat=True)) == [person.id]
    Touch.objects.create(link=link, person=was, kind="join")
    hand_touches_on(was.id, person.id)
    assert Touch.objects.filter(person=person).count() == 1
