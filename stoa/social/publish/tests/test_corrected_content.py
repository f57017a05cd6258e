"""What a correction sends beside its words, and what its form shows for what stands there."""

import pytest

from stoa.social.networks.models import Channel
from stoa.social.publish.actions import correcting
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import fresh, make_delivery


def test_a_correction_keeps_whose_picture_it_is_and_of_what_it_was_made(
    network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = make_delivery(channel, "Zips can be savd.")
    monkeypatch.setattr(correcting, "credit_of", lambda post: "Picture: Ada, CC BY 4.0")
    out.content = {**out.content, "pictures": [{"file": 7, "alt": "A zip", "of": 3}]}
    content = correcting.content_with(out, "Zips can be saved.")
    assert content["pictures"] == [{"file": 7, "alt": "A zip", "of": 3}]
    assert "Picture: Ada, CC BY 4.0" in content["text"]
    out.role = "part"
    assert "Ada" not in correcting.content_with(out, "Zips can be saved.")["text"]


def test_the_form_shows_the_comment_that_was_joined_to_the_text(network: HostileNetwork, channel: Channel) -> None:
    out = make_delivery(channel, "Zips can be savd.")
    assert correcting.words_of(out) == "Zips can be savd."
    joined = correcting.content_with(out, "Zips can be savd.\n\nMore below.")
    Delivery.objects.filter(id=out.id).update(content=joined)
    assert "More below." in correcting.words_of(fresh(out))
