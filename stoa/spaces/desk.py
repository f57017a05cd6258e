"""What the desk's page about roles reads."""

from typing import Any

from stoa.base.actors import SITE, Actor
from stoa.people.models import Person
from stoa.spaces.models import Grant, Role
from stoa.spaces.policy import may_give
from stoa.spaces.shipped import MEMBER


def roles_page(actor: Actor, asked: str) -> dict[str, Any]:
    """Who holds what over the site; people found by name, to give a role to. Four queries."""
    roles = [each for each in Role.objects.filter(scope_kind="site") if each.key != MEMBER]
    grants = Grant.objects.standing().within(SITE).select_related("person", "role").order_by("-role__rank", "id")
    found = Person.objects.visible_to(actor).members().filter(folded__contains=asked.casefold()) if asked else None
    return {
        "grants": [(grant, may_give(actor, grant.role, None)) for grant in grants],
        "givable": [each for each in roles if may_give(actor, each, None)],
        "found": list(found.order_by("folded", "id")[:20]) if found is not None else [],
        "asked": asked,
    }
