"""The demo's year: what the room says is published stands on the network, and every count fits its rows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stoa.base import clock, ids
from stoa.base.demo import Story
from stoa.base.models import Site
from stoa.demo_guild.social import channels, posts
from stoa.social.networks import demo as networks_demo
from stoa.social.networks.actions import open_credentials
from stoa.social.networks.indoors import Indoors
from stoa.social.networks.models import Channel
from stoa.social.networks.plaza.home import demo as home
from stoa.social.networks.protocol import Line
from stoa.social.publish import check, demo
from stoa.social.publish.models import Click, ClickDay, Delivery, Post

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_years_posts_stand_on_the_network(settings: object, tmp_path: Path) -> None:
    settings.STOA_DATA = tmp_path  # type: ignore[attr-defined]
    Site.objects.update_or_create(id=1, defaults={"is_demo": True, "zone": "Europe/London"})
    with clock.pinned(NOW), ids.seeded(5):
        home.fill()
        story = Story(NOW, 1871)
        networks_demo.fill(story)
        demo.fill(story)
    assert Channel.objects.filter(is_by_hand=False).count() == len(channels()) == 3
    assert (
        Post.objects.filter(at__lte=NOW).count() - 1
        == len([plan for plan in posts() if plan.key in story.made["post"]])
        > 290
    )
    published, planned = Delivery.objects.filter(state="published"), Delivery.objects.filter(state="planned")
    assert set(published.values_list("due_at", flat=True)) == {None}
    asks = Delivery.objects.get(state="asks")
    assert (asks.channel.is_by_hand, asks.question, asks.due_at) == (True, "forgotten", None)
    assert published.count() + planned.count() + 1 == Delivery.objects.count()
    assert planned.filter(due_at__lte=NOW + timedelta(hours=1)).count() == 0
    assert planned.filter(due_at__lt=NOW + timedelta(hours=12)).count() == 2
    assert planned.filter(due_at__gt=NOW + timedelta(days=10)).exists()
    last = Delivery.objects.select_related("channel").filter(state="published").order_by("-published_at")[0]
    line = Line(Indoors(), open_credentials(last.channel))
    assert last.channel.connector.stands(last.remote_id, over=line)
    assert Click.objects.count() == sum(ClickDay.objects.values_list("clicks", flat=True)) > 1000
    assert list(check.check()) == []
