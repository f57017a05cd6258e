"""What sending costs is said before, counted from the attempts, and refused when the month's budget does not take it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.social.networks.actions import set_budget
from stoa.social.networks.limits import Cost
from stoa.social.networks.models import Channel
from stoa.social.networks.plaza.connector import RULES
from stoa.social.publish.actions import Draft, VariantDraft, answer_on_network, plan_post, send_again
from stoa.social.publish.costs import cost_of, left, money, price_of, spent
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery, make_thread, run
from stoa.spaces.tests.makers import make_staff

SOURCE = RULES.rates[0].source
COSTS = (
    Cost("A post", Decimal("0.015"), "USD", SOURCE, "post"),
    Cost("A post with a link", Decimal("0.20"), "USD", SOURCE, "link"),
)


@pytest.fixture
def dear(network: HostileNetwork, monkeypatch: pytest.MonkeyPatch) -> HostileNetwork:
    """A network that takes money, and answers to who addressed the account alone."""
    rules = replace(RULES, rates=(), costs=COSTS, answers="when_addressed")
    monkeypatch.setattr(HostileConnector, "rules", property(lambda self: replace(rules, lag=self.lag)))
    return network


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def browser(staff: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


def bare(channel: Channel, text: str = "Zips can be saved.") -> Delivery:
    """A delivery of a post that leads nowhere."""
    by = make_staff("social_media_manager")
    return Delivery.objects.get(
        post=plan_post(by=by, variants=[VariantDraft(channel)], draft=Draft(text=text), wall=None)
    )


def budgeted(channel: Channel, amount: str) -> Channel:
    Channel.objects.filter(id=channel.id).update(monthly_budget=Decimal(amount))
    return Channel.objects.get(id=channel.id)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("Zips can be saved.", "0.015"),
        ("See https://stoa.example/x", "0.20"),
        ("See porch.club", "0.20"),
        ("me@porch.club", "0.015"),
    ],
)
def test_a_post_with_a_link_costs_more(dear: HostileNetwork, channel: Channel, text: str, cost: str) -> None:
    found = cost_of(channel, {"text": text})
    assert found is not None
    assert found.amount == Decimal(cost)


def test_a_described_picture_costs_beside_its_post_and_what_is_read_does_not(
    dear: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = (
        Cost("A description", Decimal("0.005"), "USD", SOURCE, "picture"),
        Cost("Reading", Decimal(1), "USD", SOURCE, "reading"),
    )
    rules = replace(RULES, rates=(), costs=(*COSTS, *more))
    monkeypatch.setattr(HostileConnector, "rules", property(lambda self: rules))
    price = price_of(channel, [{"text": "x", "pictures": [{"alt": "A zip"}, {"alt": ""}, {"alt": "A lamp"}]}], START)
    assert price is not None
    assert (price.this.amount, [each.what for each in price.each]) == (
        Decimal("0.025"), ["A post", "A post with a link", "A description"],
    )  # fmt: skip


def test_by_hand_and_where_no_money_is_taken_nothing_costs(dear: HostileNetwork, channel: Channel) -> None:
    channel.is_by_hand = True
    assert cost_of(channel, {"text": "x"}) is None
    assert RULES.cost(with_link=True) is None


def test_each_attempt_carries_its_price_and_what_was_not_done_costs_nothing(
    dear: HostileNetwork, channel: Channel
) -> None:
    dear.choose = lambda n: "not sent" if n == 1 else "ok"
    bare(channel)
    make_delivery(channel)
    run(hours=0.5)
    costs = sorted(Attempt.objects.filter(kind="send", outcome="published").values_list("cost", flat=True))
    assert costs == [Decimal("0.015"), Decimal("0.20")]
    assert Attempt.objects.filter(kind="send", outcome="not sent").count() == 1
    assert spent(channel, START) == Decimal("0.215")


def test_what_may_have_been_sent_counts_as_paid(dear: HostileNetwork, channel: Channel) -> None:
    dear.choose = lambda n: "time-out before"
    bare(channel)
    run(hours=0.01)
    assert spent(channel, START) == Decimal("0.015")


def test_a_month_begins_where_the_organisation_is(dear: HostileNetwork, channel: Channel) -> None:
    make_delivery(channel)
    run(hours=0.1)
    assert spent(channel, START + timedelta(days=40)) == 0
    assert left(budgeted(channel, "1"), START + timedelta(days=40)) == 1


def test_what_the_budget_does_not_take_is_refused_and_says_why(dear: HostileNetwork, channel: Channel) -> None:
    channel = budgeted(channel, "0.21")
    first, second, third = sorted((make_delivery(channel) for _ in range(3)), key=lambda each: each.id)
    run(hours=0.5)
    assert [fresh(each).state for each in (first, second, third)] == ["published", "refused", "refused"]
    assert (
        fresh(second).reason == "It would cost 0.20 USD, and of this month’s budget of the channel 0.01 USD are left."
    )
    assert "Raise the channel’s budget" in fresh(second).mend
    assert (len(dear.posts), second.attempts.count()) == (1, 0)
    staff = make_staff("social_media_manager")
    set_budget(channel, Decimal(2), by=staff)
    with clock.pinned(START + timedelta(hours=1)):
        send_again(fresh(second), by=staff)
    run(START + timedelta(hours=1), hours=0.2)
    assert fresh(second).state == "published"


def test_the_budget_is_set_by_who_connects_channels(dear: HostileNetwork, channel: Channel, staff: Actor) -> None:
    with pytest.raises(NotAllowed):
        set_budget(channel, Decimal(5), by=make_actor())
    assert Channel.objects.get(id=channel.id).monthly_budget is None
    set_budget(channel, Decimal("5.50"), by=staff)
    assert Channel.objects.get(id=channel.id).monthly_budget == Decimal("5.50")
    set_budget(channel, None, by=staff)
    assert Channel.objects.get(id=channel.id).monthly_budget is None


def test_the_composer_says_the_price_before_sending(dear: HostileNetwork, channel: Channel, browser: Client) -> None:
    budgeted(channel, "0.10")
    given = {"channels": channel.shown_id, "text": "Zips can be saved."}
    page = browser.post("/desk/posts/checks/", given).content.decode()
    assert "Sending this costs 0.015 USD there." in page
    assert "(A post: 0.015 USD · A post with a link: 0.20 USD) Of this month’s budget 0.10 USD are left." in page
    assert "does not take it" not in page
    with_link = browser.post("/desk/posts/checks/", {**given, "target": "/join/"}).content.decode()
    assert "Sending this costs 0.20 USD there." in with_link
    assert "The channel’s budget of this month does not take it." in with_link


def test_the_channels_page_takes_a_budget_and_keeps_a_wrong_one_beside_its_field(
    dear: HostileNetwork, channel: Channel, browser: Client
) -> None:
    address = f"/desk/channels/{channel.shown_id}/"
    assert "What it may spend" in browser.get(address).content.decode()
    wrong = browser.post(f"{address}budget/", {"_method": "PUT", "amount": "-3"})
    assert wrong.status_code == 422
    assert 'value="-3"' in wrong.content.decode()
    assert Channel.objects.get(id=channel.id).monthly_budget is None
    assert browser.post(f"{address}budget/", {"_method": "PUT", "amount": "12.50"}).status_code == 303
    assert Channel.objects.get(id=channel.id).monthly_budget == Decimal("12.50")
    assert 'value="12.50"' in browser.get(address).content.decode()


def test_where_nothing_costs_no_budget_is_asked_for(network: HostileNetwork, channel: Channel, browser: Client) -> None:
    assert "What it may spend" not in browser.get(f"/desk/channels/{channel.shown_id}/").content.decode()


def test_a_reply_that_the_network_will_refuse_is_not_even_planned(
    dear: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    with pytest.raises(NotPossible, match="This reply will be refused"):
        answer_on_network(channel, answers="post-1", text="Hello", by=staff)
    assert not Delivery.objects.exists()
    assert answer_on_network(channel, answers="post-1", text="Hello", by=staff, addressed=True).answers == "post-1"


@pytest.mark.parametrize(
    ("amount", "shown"), [("0.2", "0.20 USD"), ("0.0150", "0.015 USD"), ("5", "5.00 USD"), ("1000", "1000.00 USD")]
)
def test_amounts_are_written_with_two_places_or_as_many_as_there_are(amount: str, shown: str) -> None:
    assert money(Decimal(amount), "USD") == shown


def test_a_thread_is_begun_only_where_the_budget_takes_all_of_it(dear: HostileNetwork, channel: Channel) -> None:
    budgeted(channel, "0.22")
    rows = make_thread(channel)
    run(hours=0.5)
    assert [fresh(row).state for row in rows] == ["refused", "planned", "planned"]
    assert fresh(rows[0]).reason.startswith("It would cost 0.23 USD")
    assert dear.posts == []


def test_what_was_ready_no_more_costs_nothing(dear: HostileNetwork, channel: Channel) -> None:
    bare(channel)
    run(hours=0.01)
    Attempt.objects.filter(kind="send").update(outcome="ready no more")
    assert spent(channel, START) == 0
