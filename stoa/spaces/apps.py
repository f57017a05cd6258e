"""The room's place in Django; after each migration the shipped roles take up rights that rooms have newly named."""

from django.db.models.signals import post_migrate

from stoa.base.apps import RoomConfig


class SpacesConfig(RoomConfig):
    default = True
    name = "stoa.spaces"
    label = "spaces"

    def ready(self) -> None:
        super().ready()
        post_migrate.connect(ship_roles, sender=self)


def ship_roles(**_: object) -> None:
    from stoa.spaces.actions.roles import ship

    ship()
