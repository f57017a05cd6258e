"""The rooms of the house, lowest first: a room knows only the rooms above it in this list (the house tests hold the exact order)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """One room: its label, and the folder under stoa/ (which is also its dotted path)."""

    label: str
    folder: str

    @property
    def app(self) -> str:
        return f"stoa.{self.folder.replace('/', '.')}"


ROOMS = [
    Room("base", "base"),
    Room("people", "people"),
    Room("spaces", "spaces"),
    Room("moderation", "moderation"),
    Room("talk", "community/talk"),
    Room("gather", "community/gather"),
    Room("networks", "social/networks"),
    Room("library", "social/library"),
    Room("publish", "social/publish"),
    Room("listen", "social/listen"),
    Room("bridge", "bridge"),
    Room("measure", "measure"),
    Room("front", "front"),
]
