"""Calling a group: `@moderators`, `@stewards`, `@team` and `@everyone` in what somebody writes in a space. A text keeps the group's key;
who that is, is asked when they are told, and of the place where the text stands then."""

from collections.abc import Collection
from enum import Enum

from django.utils.translation import gettext as _

from stoa.base.actors import SITE, Actor
from stoa.people.models import Person
from stoa.spaces.models import Grant, Space
from stoa.spaces.policy import may_call, may_call_everyone
from stoa.spaces.readers import holders_of


class Group(Enum):
    """Whom one can call in a space."""

    MODERATORS = "moderators"
    STEWARDS = "stewards"
    TEAM = "team"
    EVERYONE = "everyone"


TENDING = {Group.MODERATORS: "spaces.restrict", Group.STEWARDS: "spaces.manage"}


def names() -> dict[str, str]:
    """How each group is called, in the reader's language."""
    return {
        Group.MODERATORS.value: _("moderators"),
        Group.STEWARDS.value: _("stewards"),
        Group.TEAM.value: _("team"),
        Group.EVERYONE.value: _("everyone"),
    }


def notes() -> dict[str, str]:
    """Who that is, for whoever is about to call them."""
    return {
        Group.MODERATORS.value: _("Those who moderate this space"),
        Group.STEWARDS.value: _("Those who look after this space"),
        Group.TEAM.value: _("Those who run this community"),
        Group.EVERYONE.value: _("All members of this space; once a day"),
    }


def callable_by(actor: Actor, space: Space) -> dict[str, str]:
    """Which words call a group here, with its key: none for somebody new, and everyone only for who may. No query."""
    groups = [each for each in Group if _may(actor, each, space)]
    called = names()
    return {word: each.value for each in groups for word in (each.value, called[each.value].casefold())}


def _may(actor: Actor, group: Group, space: Space) -> bool:
    return may_call_everyone(actor, space) if group is Group.EVERYONE else may_call(actor, space)


def called(keys: Collection[str], space: Space) -> set[int]:
    """The members of these groups; whether they may read what calls them is another question. At most three queries a group."""
    people: set[int] = set()
    for group in Group:
        if group.value in keys:
            people |= _members(group, space)
    return people


def _members(group: Group, space: Space) -> set[int]:
    """An open space that nobody tends by a role there is tended by those who hold the right over the site."""
    if group is Group.EVERYONE:
        return belonging(space)
    if group is Group.TEAM:
        grants = Grant.objects.standing().within(SITE)
        return set(Person.objects.members().filter(grants__in=grants).values_list("id", flat=True))
    there = holders_of(TENDING[group], space.scope)
    return there if there or space.is_closed else holders_of(TENDING[group], SITE)


def belonging(space: Space) -> set[int]:
    """Those who are in the space: not whom an owner's broken glass let look."""
    grants = Grant.objects.standing().within(space.scope).exclude(role__key="space.witness")
    return set(Person.objects.members().filter(grants__in=grants).values_list("id", flat=True))
