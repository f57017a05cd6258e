"""The address of each page that the access rules know, in a filled folder: which thing stands for its arguments."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.urls import reverse

from stoa.base.actors import Actor
from tests.access.rules import ROUTES, Rule

# Objects of the access world that go by another name than their model.
MODELS = {
    "talk.own_reply": "talk.reply",
    "talk.idea": "talk.topic",
    "talk.planned_topic": "talk.plannedtopic",
    "talk.saved_welcome": "talk.savedwelcome",
    "gather.begun": "gather.event",
    "moderation.version": "moderation.guidelineversion",
    "spaces.site_invitation": "spaces.invitation",
    "publish.draft": "publish.post",
    "bridge.right": "bridge.usageright",
    "bridge.conversation": "listen.conversation",
    "people.question": "people.doorquestion",
    "people.field": "people.profilefield",
    "front.home": "front.oldhome",
}
# What stands for a route where not every thing of its kind has that page.
PICKED: dict[str, Callable[[QuerySet[Any], Actor], QuerySet[Any]]] = {
    "talk.idea": lambda found, _owner: found.filter(kind="idea"),
    "talk.own_reply": lambda found, owner: found.filter(author_id=owner.own_id),
    "people.person": lambda found, _owner: found.filter(account__isnull=False),
    "spaces.space": lambda found, _owner: found.filter(state="active"),
    "spaces.site_invitation": lambda found, _owner: found.filter(space=None),
}
NO_PAGES = {
    "gather:feed": "a calendar file", "gather:event_calendar": "a calendar file", "base:file": "bytes", "base:manifest": "JSON",
    "people:draft": "JSON", "people:push_worker": "a script", "talk:suggestions": "JSON", "talk:similar": "a fragment",
    "spaces:mentionable": "JSON", "plaza:avatar": "a picture", "plaza:picture": "a picture", "publish:link": "leads on",
    "plaza:api_posts": "JSON", "plaza:api_post": "JSON", "plaza:api_notifications": "JSON", "plaza:api_readings": "JSON",
    "people:mail_stop": "needs a token that we signed",
    "front:moved": "leads on", "front:moved_thing": "leads on",
    "moderation:report": "its subject is one of the tests; made by hand",
}  # fmt: skip


def pages(owner: Actor) -> dict[str, str]:
    """Addresses by route: the newest thing of each kind that the owner of the place sees stands for its arguments."""
    shown = [rule for rule in ROUTES if "GET" in rule.methods and rule.route not in NO_PAGES]
    return {rule.route: reverse(rule.route, kwargs=_arguments(rule, owner)) + rule.query for rule in shown}


def _arguments(rule: Rule, owner: Actor) -> dict[str, object]:
    given: dict[str, object] = {}
    for argument, source in rule.of.items():
        key, _colon, field = source.partition(":")
        given[argument] = source[1:]
        if not source.startswith("="):
            newest = _seen(key, owner).order_by("-id").first()
            assert newest is not None, f"there is no {key} for {rule.route}"
            given[argument] = getattr(newest, field or "id")
    return given


def _seen(key: str, owner: Actor) -> QuerySet[Any]:
    rows = apps.get_model(MODELS.get(key, key)).objects.all()
    seen = rows.visible_to(owner) if hasattr(rows, "visible_to") else rows
    return PICKED[key](seen, owner) if key in PICKED else seen
