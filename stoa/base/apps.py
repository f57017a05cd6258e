"""How a room is loaded: its plugs, subscribers and tasks are imported once all models are ready."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.urls import register_converter
from django.urls.converters import get_converters

from stoa.base.ids import IdConverter


class RoomConfig(AppConfig):
    """The AppConfig of every room. What a room brings to sockets stands in the modules named here."""

    brings = ("plugs", "subscribers", "tasks")

    def ready(self) -> None:
        for module in self.brings:
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")


class BaseConfig(RoomConfig):
    default = True
    name = "stoa.base"
    label = "base"

    def ready(self) -> None:
        if "id" not in get_converters():
            register_converter(IdConverter, "id")
        super().ready()
