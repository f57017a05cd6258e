"""A search that somebody keeps, to be told of what is new for it."""

from collections.abc import Collection
from typing import ClassVar, Self
from urllib.parse import parse_qsl, urlencode

from django.db import models
from django.urls import reverse

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person


class SavedSearches(models.QuerySet["SavedSearch"]):
    """How saved searches are found."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own: what somebody looks for is nobody else's business."""
        return self.filter(person_id=actor.person_id) if actor.is_member else self.none()


class SavedSearch(Row):
    """`question` as its address holds it, `words` what was typed. Documents with ids below `seen_upto` have been looked at;
    `found_at`: when there was something new, the last time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_searches")
    question = models.CharField(max_length=2000)
    words = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    seen_upto = models.BigIntegerField()
    found_at = models.DateTimeField(null=True)

    objects: ClassVar[SavedSearches] = SavedSearches.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "question"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.words

    @property
    def asked(self) -> dict[str, str]:
        """What its address holds."""
        return dict(parse_qsl(self.question))

    def get_absolute_url(self) -> str:
        """The search with the latest first: where what is new stands."""
        return f"{reverse('talk:search')}?{urlencode({**self.asked, 'order': 'latest'})}"


def visible_saved_searches(actor: Actor, ids: Collection[int]) -> SavedSearches:
    """One's own among `ids`."""
    return SavedSearch.objects.visible_to(actor).filter(id__in=ids)
