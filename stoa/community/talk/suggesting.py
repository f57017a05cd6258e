"""What a question may become while it is typed: topics, people, spaces and tags that begin so, as far as its reader may know them."""

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base import search, things
from stoa.base.actors import Actor
from stoa.base.search import Within
from stoa.base.search.folding import fold
from stoa.community.talk.models import TopicTag
from stoa.community.talk.models.tag import normalised
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.readers import search_readable

LONGEST = 100
SHORTEST = 2
TOPICS, PEOPLE, SPACES, TAGS = 5, 3, 3, 3


@dataclass(frozen=True)
class Suggestion:
    """One line: what it is, its name, and where it leads."""

    kind: str
    label: str
    address: str


def suggestions(text: str, actor: Actor) -> list[dict[str, str]]:
    """Spaces, people and tags first: there are few of them. Nothing for a single letter. Five queries."""
    text = text.strip()[:LONGEST]
    if len(text) < SHORTEST:
        return []
    found = [*_spaces(text, actor), *_people(text, actor), *_tags(text, actor), *_topics(text, actor)]
    return [asdict(each) for each in found]


def _spaces(text: str, actor: Actor) -> list[Suggestion]:
    begins = fold(text)
    known = Space.objects.visible_to(actor).living().order_by("name", "id")
    found = [space for space in known if f" {fold(space.name)}".find(f" {begins}") >= 0]
    return [Suggestion(_("Space"), space.name, space.address) for space in found[:SPACES]]


def _people(text: str, actor: Actor) -> list[Suggestion]:
    known = Person.objects.visible_to(actor).members().exclude(id__in=actor.blocked)
    found = known.filter(folded__startswith=text.casefold()).order_by("folded", "id")[:PEOPLE]
    return [Suggestion(_("Person"), person.name, person.address) for person in found]


def _tags(text: str, actor: Actor) -> list[Suggestion]:
    """Those of topics that the reader may see."""
    if not (begins := normalised(text.removeprefix("#"))):
        return []
    known = TopicTag.objects.visible_to(actor).filter(name__startswith=begins)
    names = known.order_by("name").values_list("name", flat=True).distinct()[:TAGS]
    return [Suggestion(_("Tag"), f"#{name}", f"{reverse('talk:tag')}?{urlencode({'tag': name})}") for name in names]


def _topics(text: str, actor: Actor) -> list[Suggestion]:
    """Those in whose titles some of it stands."""
    hits = search.query(text, to=search_readable(actor), within=Within(keys=["talk.topic"]), limit=2 * TOPICS)
    titled = [hit for hit in hits if "<mark>" in search.highlight(hit.title, text)][:TOPICS]
    cards = things.cards([(hit.thing_key, hit.thing_id) for hit in titled], to=actor)
    shown = [cards[hit.thing_key, hit.thing_id] for hit in titled if (hit.thing_key, hit.thing_id) in cards]
    return [Suggestion(card.label, card.title, card.address) for card in shown]
