"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.nav import Entry

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
        order=16,
        label=lambda: _("What you may do"),
        route="talk:trust",
        icon="key",
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
