"""Home brings what one follows, and leaves out what one muted."""

import pytest

from stoa.community.talk.tests.makers import make_topic
from stoa.front.home import own
from stoa.people.actions.profile import follow
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import make_space

pytestmark = pytest.mark.django_db


def test_home_shows_what_one_follows_and_not_what_one_muted() -> None:
    ada, followed, muted, space = make_actor("Ada"), make_space("One"), make_space("Two"), make_space("Three")
    here, silent, author = make_topic(followed), make_topic(muted), make_person("Ben")
    by_author, elsewhere = make_topic(space, by=actor_of(author)), make_topic(space)
    follow(followed.reference, "follow", by=ada)
    follow(muted.reference, "mute", by=ada)
    follow(("people.person", author.id), "follow", by=ada)
    assert {topic.id for topic in own(ada).topics} == {here.id, by_author.id}
    assert not {silent.id, elsewhere.id} & {topic.id for topic in own(ada).topics}
