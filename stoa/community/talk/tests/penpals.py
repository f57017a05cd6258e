"""What the tests of direct messages ask again and again."""

from stoa.base.actors import Actor
from stoa.community.talk.actions import begin_exchange
from stoa.community.talk.direct_reading import ExchangePage, exchanges_page, with_news
from stoa.community.talk.models import DirectMessage, Exchange
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of


def person(actor: Actor) -> Person:
    return Person.objects.get(id=actor.own_id)


def begin(by: Actor, *others: Actor, source: str = "Hello.", name: str = "") -> Exchange:
    return begin_exchange([person(each) for each in others], source=source, by=by, name=name)


def texts(exchange: Exchange, actor: Actor) -> list[str]:
    return [row.source for row in DirectMessage.objects.visible_to(actor).filter(exchange=exchange).in_order()]


def page(exchange: Exchange, actor: Actor) -> ExchangePage:
    rows = with_news(Exchange.objects.visible_to(actor).for_cards(actor), actor)
    return ExchangePage.of(rows.get(id=exchange.id), actor)


def news(actor: Actor) -> list[int]:
    return [each.news for each in exchanges_page(actor).rows]


def fresh(actor: Actor) -> Actor:
    return actor_of(person(actor))
