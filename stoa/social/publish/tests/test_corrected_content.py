"""What a correction sends beside its words, and what its form shows for what stands there."""

from dataclasses import replace

import pytest

from stoa.base.errors import Invalid
from stoa.social.networks.models import Channel
from stoa.social.networks.plaza.connector import RULES
from stoa.social.publish.actions import corrected_by_hand, correcting
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork
from stoa.social.publish.tests.makers import fresh, make_delivery, make_thread, run
from stoa.spaces.tests.makers import make_staff


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


def test_a_first_comment_is_corrected_by_the_rules_for_answers(
    network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = make_staff("social_media_manager")
    rows = make_thread(channel, ["Zips."], comment="More belwo.", by=staff)
    run(hours=1)
    answer_text = (replace(RULES.text[0], at_most=9_000),)
    strict = replace(RULES, needs="video", answer_text=answer_text)
    monkeypatch.setattr(HostileConnector, "rules", property(lambda _self: strict))
    words = "More below. " * 300
    assert corrected_by_hand(fresh(rows[1]), words, by=staff).words == words.strip()
    with pytest.raises(Invalid, match="takes no post without a video"):
        corrected_by_hand(fresh(rows[0]), "Zips can be saved.", by=staff)
