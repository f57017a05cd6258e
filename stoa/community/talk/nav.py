"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.elsewhere import may_tend_cards
from stoa.base.nav import Entry
from stoa.community.talk.policy import may_introduce

ENTRIES = [
    Entry(
        face="search",
        order=10,
        label=lambda: _("Search"),
        route="talk:search",
        icon="search",
        suggests="talk:suggestions",
    ),
    Entry(
        face="me",
        order=45,
        label=lambda: _("Saved searches"),
        route="talk:saved_searches",
        icon="bell-plus",
        may=lambda actor: actor.is_member,
    ),
    Entry(
        face="me",
        order=9,
        label=lambda: _("Your page"),
        route="talk:me",
        icon="heart-handshake",
        may=lambda actor: actor.is_member,
    ),
    Entry(
        face="me",
        order=17,
        label=lambda: _("Your badges"),
        route="talk:own_badges",
        icon="award",
        may=lambda actor: actor.is_member,
    ),
    Entry(
        face="me",
        order=16,
        label=lambda: _("What you may do"),
        route="talk:trust",
        icon="key",
        may=lambda actor: actor.is_member,
    ),
    Entry(
        face="desk",
        order=922,
        label=lambda: _("Welcomes"),
        route="talk:saved_welcomes",
        icon="hand-heart",
        group="Settings",
        may=may_introduce,
    ),
    Entry(
        face="desk",
        order=924,
        label=lambda: _("Link cards"),
        route="talk:link_cards",
        icon="link",
        group="Settings",
        may=may_tend_cards,
    ),
    Entry(
        face="me",
        order=13,
        label=lambda: _("Direct messages"),
        route="talk:exchanges",
        icon="mail",
        keys="d",
        may=lambda actor: actor.is_member,
    ),
    Entry(
        face="me",
        order=44,
        label=lambda: _("Planned topics"),
        route="talk:planned_topics",
        icon="calendar-clock",
        may=lambda actor: actor.is_member,
    ),
    Entry(
        face="create",
        order=10,
        label=lambda: _("Open a topic"),
        route="talk:begin",
        icon="plus",
        may=lambda actor: actor.is_member,
    ),
    Entry(face="community", order=20, label=lambda: _("Topics"), route="talk:topics", icon="messages-square", keys="t"),
]
