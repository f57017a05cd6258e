"""How the API writes what there is: ids as text, addresses in full, how far the sending is."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from stoa.social.networks.newsletter.home.models import Issue, Newsletter


def of_newsletter(newsletter: Newsletter) -> dict[str, str]:
    address = absolute(newsletter.get_absolute_url())
    return {"id": newsletter.shown_id, "handle": newsletter.handle, "name": newsletter.name, "address": address}


def of_issue(issue: Issue) -> dict[str, Any]:
    """`waiting`: how many nobody has tried to send yet; `out`: how many are."""
    counted = issue.mails.counted()
    waiting = counted["untried"] + counted["on_its_way"]
    return {
        "id": issue.shown_id,
        "at": issue.at.isoformat(),
        "address": absolute(issue.get_absolute_url()),
        "every": counted["every"],
        "waiting": waiting if issue.state == "sending" else 0,
        "out": counted["taken"] + counted["unclear"],
    }


def of_numbers(issue: Issue) -> dict[str, Any]:
    """What is known of its mails: sent, taken by the mail server and not come back, come back or refused, ended by it."""
    counted = issue.mails.counted()
    return {
        "id": issue.shown_id,
        "sent": counted["taken"] + counted["unclear"] + counted["refused"],
        "delivered": counted["taken"] - counted["bounced"],
        "bounced": counted["refused"] + counted["bounced"],
        "unsubscribed": counted["ended"],
    }


def absolute(path: str) -> str:
    return f"{settings.STOA_URL}{path}"
