"""What newsletters keep of a person: what they get at the address of their account, and the lists that they brought along."""

from __future__ import annotations

from typing import Any

from stoa.people.claims import proven_address
from stoa.people.keeping import Keeping
from stoa.people.models import Person
from stoa.social.networks.newsletter.home.actions.subscribing import end
from stoa.social.networks.newsletter.home.addresses import normal
from stoa.social.networks.newsletter.home.models import Brought, Subscriber
from stoa.social.networks.newsletter.home.models.subscriber import ERASED
from stoa.social.networks.newsletter.home.models.subscriber import Subscribers as Rows


def rows_of(person: Person) -> Rows:
    """Of the address that is proven to be theirs: who only joined with it neither sees nor ends what its owner gets."""
    address = normal(proven_address(person))
    return Subscriber.objects.known_as(address) if address else Subscriber.objects.none()


def export(person: Person) -> dict[str, Any]:
    return {
        "subscriptions": [
            {
                "newsletter": each.newsletter.name, "address": each.address, "state": each.state,
                "consent": each.consent, "since": each.since.isoformat(),
                "ended_at": each.ended_at.isoformat() if each.ended_at else None,
                "mails": [
                    {"issue": mail.issue.shown_id, "at": mail.tried_at and mail.tried_at.isoformat(), "state": mail.state}
                    for mail in each.mails.select_related("issue").order_by("id")
                ],
            }
            for each in rows_of(person).select_related("newsletter").order_by("since", "id")
        ],
        "lists_brought": [
            {"newsletter": each.newsletter.name, "statement": each.statement, "at": each.at.isoformat()}
            for each in Brought.objects.filter(by_id=person.id).select_related("newsletter").order_by("id")
        ],
    }  # fmt: skip


def erase(person: Person) -> None:
    """They get nothing any more, and no address of theirs is kept; what is left keeps lists from bringing them back."""
    for each in rows_of(person):
        end(each, ERASED)
    Brought.objects.filter(by_id=person.id).update(by_id=None)


KEEPING = Keeping("newsletter", export, erase)
