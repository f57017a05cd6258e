"""Campaigns, their links, and by which link somebody joined."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.work.drain import drain
from stoa.bridge.actions import add_link, keep_click, keep_join, make_campaign
from stoa.bridge.models import Campaign, HeardOf, Placement, Touch
from stoa.bridge.origin import take
from stoa.bridge.tallies import apart, campaigns_page, placements_of
from stoa.people.actions.joining import sign_up
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Account, SignUp
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.social.networks.models import Channel
from stoa.social.publish import material
from stoa.social.publish.actions import Draft, VariantDraft, plan_post
from stoa.social.publish.models import ClickDay, Link
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def make() -> Campaign:
    now = clock.now()
    by = make_staff("social_media_manager")
    return make_campaign(
        name="Zip week", goal="Forty people who mend.", starts_at=now, ends_at=now + timedelta(days=14), by=by
    )


def test_a_post_written_for_a_campaign_brings_its_links_to_it(channel: Channel) -> None:
    campaign, by = make(), make_staff("social_media_manager")
    found = material.find("bridge.campaign", campaign.id, by=by)
    assert found
    assert found.target == "/join/"
    post = plan_post(by=by, variants=[VariantDraft(channel)], material=found, draft=Draft(text="Mend a zip."))
    drain()
    drain()
    placement = Placement.objects.get()
    assert (placement.campaign, placement.link.delivery.post) == (campaign, post)  # type: ignore[union-attr]


def test_who_joins_through_a_link_is_counted_once() -> None:
    campaign = make()
    link = add_link(campaign, label="Poster", target="/join/", by=make_staff("social_media_manager")).link
    account = Account.objects.create(email="new@example.org")
    person = sign_up(account, name="New", via=link.code)
    drain()
    touch = Touch.objects.get()
    assert (touch.person, touch.link, touch.kind) == (person, link, "join")
    assert keep_join(SignUp.objects.get(person=person), by=actor_of(person)) is None
    assert [(tally.clicks, tally.joins) for tally in placements_of(campaign)] == [(0, None)]


@pytest.mark.parametrize(
    ("every", "paid", "told"),
    [
        (12, 0, (12, 0)),
        (12, 1, (12, 0)),  # a boost said for the hour in which one person joined
        (12, 8, (12, 0)),
        (12, 12, (0, 12)),
        (12, 6, (6, 6)),
        (4, 0, (None, 0)),
        (4, 4, (None, 0)),
        (0, 0, (0, 0)),
    ],
)
def test_so_few_who_joined_are_not_told_apart_from_the_others(every: int, paid: int, told: tuple[int, int]) -> None:
    assert apart(every, paid) == told


def test_a_campaigns_words_stand_above_the_form_for_those_who_come_by_its_link(client: Client) -> None:
    campaign = make()
    Campaign.objects.filter(id=campaign.id).update(words="Bring your broken zip.")
    link = add_link(campaign, label="Poster", target="/join/", by=make_staff("social_media_manager")).link
    assert b"Bring your broken zip." in client.get(f"/join/?via={link.code}").content
    assert b"Bring your broken zip." not in client.get("/join/").content


def test_an_unknown_code_leaves_the_origin_unknown() -> None:
    sign_up(Account.objects.create(email="new@example.org"), name="New", via="nothing")
    drain()
    assert Touch.objects.count() == 0


def test_a_members_click_is_kept_once_an_hour_by_account() -> None:
    link, ada = Link.objects.create(code="abc", target="/"), make_actor("Ada")
    kept = [keep_click(link, by=ada), keep_click(link, by=ada)]
    assert [bool(each) for each in kept] == [True, False]


def follow(client: Client, link: Link) -> str:
    """A browser follows the link; where it is sent."""
    answer = client.get(f"/l/{link.code}", headers={"sec-fetch-mode": "navigate", "user-agent": FIREFOX})
    assert (answer.status_code, answer["Cache-Control"], answer.cookies) == (302, "no-store", {})
    return answer["Location"]


def test_a_member_who_follows_a_link_leaves_a_touch_and_the_link_counts_them_like_anybody(client: Client) -> None:
    link, ada = Link.objects.create(code="abc", target="/topics/"), make_person("Ada")
    client.force_login(ada.account)  # type: ignore[arg-type]
    assert [follow(client, link), follow(client, link)] == ["/topics/?via=abc"] * 2
    touch = Touch.objects.get()
    assert (touch.person, touch.link, touch.kind) == (ada, link, "click")
    assert ClickDay.objects.get().clicks == 1


def test_a_visitors_click_never_becomes_a_touch(client: Client) -> None:
    link = Link.objects.create(code="abc", target="/topics/")
    assert follow(client, link) == "/topics/?via=abc"
    assert (Touch.objects.count(), ClickDay.objects.get().clicks) == (0, 1)


def test_how_one_heard_of_us_is_kept_apart_and_may_be_left_out() -> None:
    from django.http import QueryDict

    person = make_person(standing="pending")
    take(person, QueryDict("heard=friend"), by=actor_of(person))
    assert HeardOf.objects.get().answer == "friend"
    other = make_person("Ben", standing="pending")
    take(other, QueryDict("heard=none"), by=actor_of(other))
    assert HeardOf.objects.count() == 1


def test_who_leaves_takes_their_touches_along() -> None:
    ada = make_actor("Ada")
    keep_click(Link.objects.create(code="abc", target="/"), by=ada)
    from stoa.people.models import Person

    erase_person(Person.objects.get(id=ada.person_id), by=ada)
    assert Touch.objects.count() == 0


def test_only_whoever_holds_the_right_makes_campaigns() -> None:
    now = clock.now()
    with pytest.raises(NotAllowed):
        make_campaign(name="A", goal="B", starts_at=now, ends_at=now + timedelta(1), by=make_staff("moderator"))
    with pytest.raises(Invalid):
        make_campaign(name="A", goal="B", starts_at=now, ends_at=now, by=make_staff("owner"))
    assert Campaign.objects.count() == 0


def test_the_pages_open(client: Client, channel: Channel) -> None:
    from stoa.people.models import Person

    campaign, by = make(), make_staff("owner")
    client.force_login(Person.objects.get(id=by.person_id).account)  # type: ignore[arg-type]
    for path in ("/desk/campaigns/", campaign.address, "/desk/stories/", "/stories/"):
        assert client.get(path).status_code == 200
    answer = client.post(f"{campaign.address}links/", {"label": "Poster", "target": "/join/"})
    assert (answer.status_code, campaign.placements.count()) == (303, 1)


def test_who_may_not_write_posts_is_not_led_to_the_composer(client: Client) -> None:
    campaign, asked = make(), {}
    for role in ("social_media_manager", "community_manager"):
        client.force_login(Account.objects.get(person__id=make_staff(role).person_id))
        asked[role] = "/desk/posts/new/?material=" in client.get(campaign.address).content.decode()
    assert asked == {"social_media_manager": True, "community_manager": False}


@pytest.mark.parametrize(("count", "shown"), [(0, []), (1, [1]), (31, [30, 1])])
def test_the_list_of_campaigns_goes_on_to_its_end(count: int, shown: list[int]) -> None:
    made = [make().id for _ in range(count)]
    pages, before = [], ""
    while page := campaigns_page(Campaign.objects.all(), before):
        pages.append([row.id for row in page.rows])
        before = page.next
        if not before:
            break
    assert [len(page) for page in pages if page] == shown
    assert [number for page in pages for number in page] == made[::-1]
