"""Foreign keys keep the order of the rooms: one written as a string imports nothing and still ties two rooms for ever."""

from collections.abc import Iterable

from django.db.models import Model

from stoa.base.rows import Row
from tests.house.laws.order import FLOORS, may_know


def room_of(model: type[Model]) -> str:
    return model._meta.app_label


def ties_out_of_order(models: Iterable[type[Model]]) -> list[str]:
    """Relations from a room to one that it may not know. Libraries' tables may point at whom signs in."""
    found = []
    for model in models:
        if not model.__module__.startswith("stoa.") and room_of(model) not in FLOORS:
            continue
        for field in model._meta.get_fields(include_hidden=True):
            if not (field.concrete and field.is_relation and field.related_model) or isinstance(
                field.related_model, str
            ):
                continue
            room, other = room_of(model), room_of(field.related_model)
            if other in FLOORS and not may_know(room, other):
                found.append(f"{model._meta.label}.{field.name}: {room} may not know {other}")
    return found


def without_our_id(models: Iterable[type[Model]]) -> list[str]:
    """Tables of our rooms whose key is not an id from base.ids."""
    return [
        f"{model._meta.label}: make it a stoa.base.rows.Row"
        for model in models
        if model.__module__.startswith("stoa.") and not issubclass(model, Row) and not model._meta.auto_created
    ]
