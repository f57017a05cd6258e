"""Who leaves takes their words along: none stays in any table of publish and bridge once the networks have answered."""

import json
from typing import Any

import pytest
from django.apps import apps

from stoa.base.errors import NotPossible
from stoa.bridge.actions import take_back
from stoa.bridge.models import UsageRight
from stoa.bridge.tests.makers import make_right, make_subject, make_use
from stoa.people.actions.leaving import erase_person
from stoa.people.tests.makers import actor_of
from stoa.social.networks.models import Channel
from stoa.social.publish import material
from stoa.social.publish.actions import Draft, VariantDraft, confirm_published, save_draft, send_again
from stoa.social.publish.models import Delivery, Link, Post
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import fresh, run
from stoa.spaces.tests.makers import make_staff

WORDS, NAME = "marzipan zeppelin", "Quillfeather"


def traces() -> set[str]:
    """The tables of both rooms that still hold their words or their name."""
    models = [*apps.get_app_config("publish").get_models(), *apps.get_app_config("bridge").get_models()]
    return {model.__name__ for model in models for row in model._base_manager.values() if told(row)}


def told(row: dict[str, Any]) -> bool:
    text = json.dumps(row, default=str, ensure_ascii=False).lower()
    return any(canary.lower() in text for canary in (WORDS, NAME))


def make_canary() -> UsageRight:
    return make_right(make_subject(f"The {WORDS} flies again."), credit=f"{NAME}, Brackwater")


def leave(right: UsageRight) -> None:
    erase_person(right.author, by=actor_of(right.author))


def test_no_word_stays_of_what_was_published_planned_and_drafted(network: HostileNetwork, channel: Channel) -> None:
    right = make_canary()
    live = make_use(right, channel)
    run(hours=1)
    planned = make_use(right, channel, minutes=6000)
    by = make_staff("social_media_manager")
    found = material.find("bridge.right", right.id, by=by)
    draft = save_draft(
        None, Draft(text=f"A {WORDS}", card_title=f"By {NAME}"), [VariantDraft(channel, f"Own {WORDS}")],
        material=found, by=by,
    )  # fmt: skip
    assert traces() == {"Post", "Variant", "Delivery", "Link", "UsageRight"}
    before = Delivery.objects.get(id=live.id)
    leave(right)
    assert traces() == {"Delivery"}
    run()
    assert traces() == set()
    after = Delivery.objects.get(id=live.id)
    assert (after.state, after.takedown_answer) == ("withdrawn", "Plaza confirms that the post is deleted.")
    assert (after.request_hash, after.remote_id, after.address) == (
        before.request_hash,
        before.remote_id,
        before.address,
    )
    assert (after.words, after.erased_at is not None) == ("Erased at the author's request.", True)
    assert [each.outcome for each in after.attempts.all()] == ["published", "gone"]
    assert (fresh(planned).state, fresh(planned).reason) == ("held", "Erased at the author's request.")
    assert {post.title for post in Post.objects.all()} == {"Erased at the author's request"}
    assert Link.objects.filter(delivery=live).get().code == before.marker
    with pytest.raises(NotPossible):
        send_again(fresh(planned), by=by)
    with pytest.raises(NotPossible):
        save_draft(draft, Draft(text="Anew"), [VariantDraft(channel)], by=by)
    assert network.gone == {"r1"}


def test_a_network_that_keeps_it_has_answered_too(network: HostileNetwork, channel: Channel) -> None:
    network.deletes = lambda n: "refused"
    right = make_canary()
    delivery = make_use(right, channel)
    run(hours=1)
    leave(right)
    run()
    row = fresh(delivery)
    assert (row.state, row.takedown, row.takedown_answer) == ("published", "stands", "This post is locked.")
    assert (traces(), row.remote_id) == (set(), "r1")


def test_what_nobody_could_tell_is_taken_down_once_a_person_has_found_it(
    network: HostileNetwork, channel: Channel
) -> None:
    right, by = make_canary(), make_staff("social_media_manager")
    delivery = make_use(right, channel)
    Delivery.objects.filter(id=delivery.id).update(state="asks", question="ambiguous", due_at=None)
    leave(right)
    assert fresh(delivery).state == "unknown"
    Delivery.objects.filter(id=delivery.id).update(state="asks", question="ambiguous", due_at=None)
    assert traces() == {"Delivery"}
    confirm_published(fresh(delivery), "https://plaza.example/@porch/1", by=by)
    run()
    assert (fresh(delivery).takedown, traces()) == ("unclear", set())


def test_a_right_taken_back_long_ago_leaves_nothing_either(network: HostileNetwork, channel: Channel) -> None:
    right = make_canary()
    make_use(right, channel)
    run(hours=1)
    take_back(right, by=actor_of(right.author))
    run()
    assert traces() == {"Post", "Delivery", "Link", "UsageRight"}
    leave(right)
    assert traces() == set()
