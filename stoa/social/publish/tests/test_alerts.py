"""What did not go out is told to those who can mend it, while it still is so."""

import pytest

from stoa.base.facts import announce
from stoa.base.mail import may_be_sent
from stoa.base.models.letter import Letter
from stoa.base.work.drain import drain
from stoa.people.models import Notice, Person
from stoa.people.reading import notices_page
from stoa.people.tests.makers import actor_of
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.facts import DeliveryAsks, DeliveryRefused, DeliveryStopped, DeliveryUnknown
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.makers import make_delivery
from stoa.spaces.models import Grant
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db


def in_state(state: str, channel: Channel, **more: str) -> Delivery:
    """A planned delivery that came to this."""
    delivery = make_delivery(channel, minutes=60, by=make_staff("social_media_manager", "Mia"))
    Delivery.objects.filter(id=delivery.id).update(state=state, due_at=None, **more)
    delivery.refresh_from_db()
    return delivery


@pytest.mark.parametrize(
    ("state", "kind", "mailed", "sentence"),
    [
        ("refused", "publish.refused", True, "On Porch: the network refused it"),
        ("asks", "publish.asks", True, "On Porch: it waits for a decision"),
        ("unknown", "publish.unknown", False, "On Porch: it is not known whether it went out"),
    ],
)
def test_who_plans_posts_is_told_what_happened_and_what_to_do(
    state: str, kind: str, mailed: bool, sentence: str
) -> None:
    social, lead = make_staff("social_media_manager"), make_staff("lead")
    delivery = in_state(state, make_channel(by=social), **({"question": "ambiguous"} if state == "asks" else {}))
    told = {
        "refused": DeliveryRefused(delivery.id, delivery.channel_id, delivery.post_id),
        "asks": DeliveryAsks(delivery.id, delivery.channel_id, delivery.post_id, True),
        "unknown": DeliveryUnknown(delivery.id, delivery.channel_id, delivery.post_id),
    }[state]
    announce(told, by=social)
    drain()
    shown = notices_page(actor_of(Person.objects.get(id=social.person_id))).notices
    assert [(each.notice.kind, each.sentence) for each in shown] == [(kind, sentence)]
    assert Letter.objects.filter(kind=kind, person_id=social.person_id).exists() is mailed
    assert not Notice.objects.filter(person_id=lead.person_id).exists()


def test_what_was_mended_before_anybody_was_told_or_mailed_is_no_news() -> None:
    social = make_staff("social_media_manager")
    delivery = in_state("refused", make_channel(by=social))
    announce(DeliveryRefused(delivery.id, delivery.channel_id, delivery.post_id), by=social)
    Delivery.objects.filter(id=delivery.id).update(state="held")
    drain()
    assert not Notice.objects.filter(kind__startswith="publish").exists()
    Delivery.objects.filter(id=delivery.id).update(state="refused")
    letter = Letter.objects.create(
        kind="publish.refused", person_id=social.person_id, subject="x", text="x", thing_key="publish.delivery",
        thing_id=delivery.id,
    )  # fmt: skip
    reader = actor_of(Person.objects.get(id=social.person_id))
    assert may_be_sent(reader, letter)
    Delivery.objects.filter(id=delivery.id).update(state="withdrawn")
    assert not may_be_sent(reader, letter)


def test_a_channel_that_is_lost_is_told_of_once_however_much_waits_for_it() -> None:
    social = make_staff("social_media_manager")
    channel = make_channel(by=social)
    Channel.objects.filter(id=channel.id).update(state="reconnect")
    for number in range(3):
        announce(DeliveryStopped(number + 1, channel.id, None), by=social)
    drain()
    rows = Notice.objects.filter(kind="publish.stopped").values_list("person_id", "thing_id", "count")
    assert list(rows) == [(social.person_id, channel.id, 3)]
    assert Letter.objects.filter(kind="publish.stopped").count() == 1


def test_who_lost_the_right_is_mailed_nothing() -> None:
    social = make_staff("social_media_manager")
    delivery = in_state("refused", make_channel(by=social))
    announce(DeliveryRefused(delivery.id, delivery.channel_id, delivery.post_id), by=social)
    drain()
    letter = Letter.objects.filter(kind="publish.refused", person_id=social.person_id).get()
    Grant.objects.filter(person_id=social.person_id).delete()
    assert not may_be_sent(actor_of(Person.objects.get(id=social.person_id)), letter)
