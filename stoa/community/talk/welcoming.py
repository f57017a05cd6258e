"""Filling in a saved welcome: a strict set of variables, each a value of the newcomer's that cannot turn into anything but words."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.models.site import site
from stoa.community.talk.introducing import first_topic
from stoa.community.talk.models import SavedWelcome, Topic
from stoa.community.talk.models.welcome import VARIABLE, VARIABLES
from stoa.people.models import Person

SPECIAL = re.compile(r"([\\\[\]()*_`<>#@!|~{}])")


def checked_variables(source: str) -> None:
    """Raises `Invalid` beside the text when it names a variable that there is none of."""
    unknown = [name for name in VARIABLE.findall(source) if name not in VARIABLES]
    if unknown:
        raise Invalid(
            _("There is no variable {%(name)s}.") % {"name": unknown[0]},
            _("There are: %(names)s.") % {"names": ", ".join(f"{{{each}}}" for each in VARIABLES)},
            field="source",
        )


def filled(source: str, values: Mapping[str, str]) -> str:
    """The text with each variable that has a value; the others stay, for whoever sends it to write."""
    return VARIABLE.sub(lambda found: values.get(found[1]) or found[0], source)


def left_open(source: str) -> list[str]:
    """The variables that nobody has filled in."""
    return [name for name in VARIABLE.findall(source) if name in VARIABLES]


def values_for(newcomer: Person, topic: Topic | None, by: Actor) -> dict[str, str]:
    """What each variable means for this newcomer. Their name is a mention, as somebody would type it."""
    interest = next((str(each) for each in newcomer.interests), "")
    return {
        "name": f"@{newcomer.name}", "interest": as_words(interest), "space": as_words(topic.space.name if topic else ""),
        "place": as_words(site().name), "me": as_words(by.name),
    }  # fmt: skip


def as_words(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def prefilled(newcomer: Person, saved: SavedWelcome | None, by: Actor) -> str:
    """What the writing box begins with."""
    return filled(saved.source, values_for(newcomer, first_topic(newcomer), by)) if saved else ""
