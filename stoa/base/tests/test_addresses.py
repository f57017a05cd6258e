"""Addresses that are filled from a shape are those that Django would have made."""

import pytest
from django.urls import NoReverseMatch, reverse

from stoa.base.addresses import address


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("talk:topics", {}),
        ("talk:topic", {"topic_id": 0, "slug": "a-topic"}),
        ("talk:topic", {"topic_id": (1 << 63) - 1, "slug": "Schlösser & mehr (neu)~:@"}),
        ("talk:topic", {"topic_id": 912825371615001490, "slug": "水道の修理"}),
        ("talk:edit_reply", {"reply_id": 5}),
        ("moderation:version", {"number": 3}),
        ("networks:connecting", {"network": "plaza"}),
    ],
)
def test_an_address_is_what_reverse_says(name: str, arguments: dict[str, object]) -> None:
    assert address(name, **arguments) == reverse(name, kwargs=arguments or None)
    assert address(name, **arguments) == reverse(name, kwargs=arguments or None)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("talk:no-such-page", {}),
        ("talk:edit_reply", {}),
        ("talk:edit_reply", {"topic_id": 5}),
        ("talk:topic", {"topic_id": 5, "slug": "with/a/slash"}),
        ("networks:connecting", {"network": "no slug"}),
        ("networks:connecting", {"network": ""}),
    ],
)
def test_what_reverse_refuses_is_refused(name: str, arguments: dict[str, object]) -> None:
    with pytest.raises(NoReverseMatch):
        address(name, **arguments)
