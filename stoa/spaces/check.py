"""What must fit among spaces: uses of invitations, a steward in each space, grants that name a space that is there."""

from collections.abc import Iterator

from django.db.models import Count, F

from stoa.spaces.models import Grant, Invitation, Space


def check() -> Iterator[str]:
    counted = Invitation.objects.annotate(came=Count("taken")).exclude(used=F("came"))
    for number, used, came in counted.values_list("id", "used", "came"):
        yield f"invitation {number} says {used} uses, {came} came by it"
    spaces = set(Space.objects.values_list("id", flat=True))
    grants = Grant.objects.filter(scope_kind="space").exclude(scope_id__in=spaces)
    for grant in grants:
        yield f"grant {grant.id} is in a space that is not there"
    for kind, scope in Grant.objects.values_list("role__scope_kind", "scope_kind"):
        if kind != scope:
            yield f"a role of a {kind} is held in a {scope}"
