"""Taking a list along: everybody who gets a newsletter, as a table."""

from __future__ import annotations

import csv
import io

from django.db import transaction

from stoa.base.actors import Actor
from stoa.base.facts import announce
from stoa.social.networks.newsletter.home.facts import ListExported
from stoa.social.networks.newsletter.home.models import Newsletter
from stoa.social.networks.newsletter.home.policy import must_manage

HEAD = ("address", "since", "consent", "statement", "language")
SIGNS = ("=", "+", "-", "@", "\t", "\r")  # by which a table program takes what follows for a formula


def export_list(newsletter: Newsletter, *, by: Actor) -> str:
    """The table (CSV). Who took it is told to the audit log, with how many it holds."""
    must_manage(by)
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(HEAD)
    number = 0
    with transaction.atomic():
        rows = newsletter.subscribers.subscribed().select_related("brought").order_by("since", "id")
        for each in rows.iterator(chunk_size=1000):
            number += 1
            statement = each.brought.statement if each.brought else ""
            said = [each.address, each.since.isoformat(), each.consent, statement, each.language]
            table.writerow([f"'{cell}" if cell.startswith(SIGNS) else cell for cell in said])
        announce(ListExported(newsletter.id, number), by=by)
    return written.getvalue()
