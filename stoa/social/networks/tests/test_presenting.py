"""Every network that tells it shows an account as a stranger sees it, and says what it does not tell."""

from dataclasses import replace

import pytest

from stoa.social.networks.conforming import Tried, every_one_that
from stoa.social.networks.conforming import tried as tried
from stoa.social.networks.protocol import NotOffered, Presents, Publishes, Replies

pytestmark = pytest.mark.django_db


@every_one_that(Presents, Publishes)
def test_the_account_and_its_own_posts_are_told_newest_first(tried: Tried) -> None:
    first = tried.publish(tried.post("The first"))
    second = tried.publish(tried.post("The second", key="second"))
    answer = replace(tried.post("An answer", key="third"), answers=first.id)
    answered = tried.does.reply(answer, over=tried.line).id if isinstance(tried.does, Replies) else ""
    told = tried.does.present(over=tried.line)
    assert told.account.id == tried.account.id
    shown = [each for each in told.posts if not each.is_answer]
    assert [(each.id, each.text) for each in shown] == [(second.id, "The second"), (first.id, "The first")]
    assert all(each.address.startswith("http") for each in shown)
    assert answered not in {each.id for each in shown}


@every_one_that(Presents)
def test_an_account_without_posts_is_told_too(tried: Tried) -> None:
    told = tried.does.present(over=tried.line)
    assert told.posts == ()
    assert told.bio is None or isinstance(told.bio, str)
    assert isinstance(told.followers, int | NotOffered)
