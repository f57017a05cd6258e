"""Rows whose HTML an older renderer made are rendered again from their source, a batch at a time."""

from collections.abc import Iterator

from django.apps import apps

from stoa.base.text.plain import direction_of, plain
from stoa.base.text.render import VERSION, rendered
from stoa.base.text.source import PERSON
from stoa.base.text.value import Authored

BATCH = 200


def render_again(most: int = BATCH) -> int:
    """Renders at most so many rows anew and says how many. What somebody edits meanwhile is left to them."""
    done = 0
    for kind in authored():
        old = kind._default_manager.filter(renderer__lt=VERSION).order_by("pk")
        for number, source in list(old.values_list("pk", "source")[: most - done]):
            html = rendered(source)
            values = {"html": html, "renderer": VERSION, "direction": direction_of(PERSON.sub("", plain(html)))}
            done += kind._default_manager.filter(pk=number, source=source, renderer__lt=VERSION).update(**values)
    return done


def authored() -> Iterator[type[Authored]]:
    """Every table with an authored text."""
    return (model for model in apps.get_models() if issubclass(model, Authored))
