"""A channel that a kept query makes is the one that Django makes: also with what is sealed on it."""

import pytest
from django.db.models import QuerySet

from stoa.base import standing_queries
from stoa.base.crypto import Secret
from stoa.base.standing_queries import first, standing
from stoa.social.networks.models import Channel

pytestmark = pytest.mark.django_db


def channels(number: int) -> QuerySet[Channel]:
    return Channel.objects.filter(id=number).order_by()


def test_what_is_sealed_comes_by_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing_queries, "_texts", {})
    for sealed in (Secret("word"), None):
        channel = Channel.objects.create(network="plaza", remote_id=f"of {sealed}", sealed=sealed)
        found = first(standing(channels, number=channel.id))
        assert found is not None
        assert found.__dict__.keys() == Channel.objects.get(id=channel.id).__dict__.keys()
        assert found.sealed.open() == sealed if sealed else found.sealed is None
    assert [text and bool(text.plan) for text in standing_queries._texts.values()] == [True]
