"""Authored text as one value, and as columns of the row that it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from stoa.base.text import sockets
from stoa.base.text.plain import direction_of, plain
from stoa.base.text.render import VERSION, rendered
from stoa.base.text.source import NO_GROUPS, PERSON, Resolve, for_editing, normalised, with_ids


@dataclass(frozen=True)
class Written:
    """What somebody wrote: the source (Markdown, mentions as ids), clean HTML, the renderer's version, the language ("" until
    the worker has found it), the direction, the ids of the persons mentioned and of the pictures shown, and the keys of the
    groups called."""

    source: str
    html: str
    version: int = VERSION
    language: str = ""
    direction: str = "auto"
    person_ids: frozenset[int] = frozenset()
    file_ids: frozenset[int] = frozenset()
    groups: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not self.source.strip()


def write(source: str, *, mentions: Resolve | None = None, groups: Mapping[str, str] = NO_GROUPS) -> Written:
    """Makes the value of what somebody typed. `mentions` resolves names (default: as people plugged it), `groups` are the words of those
    that the writer may call, with their keys. Raises `Invalid` when too long."""
    from stoa.base.text.show import file_ids, group_keys, person_ids

    kept = with_ids(normalised(source), mentions or sockets.resolve, groups)
    html = rendered(kept)
    direction = direction_of(PERSON.sub("", plain(html)))
    people, files = frozenset(person_ids(html)), frozenset(file_ids(html))
    return Written(kept, html, VERSION, "", direction, people, files, group_keys(html))


class Authored(models.Model):
    """Adds the columns of one authored text to a row: `source`, `html`, `renderer`, `language`, `direction`."""

    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField(default=VERSION)
    language = models.CharField(max_length=12, blank=True)
    direction = models.CharField(max_length=4, default="auto")

    TEXT_FIELDS = ("source", "html", "renderer", "language", "direction")

    class Meta:
        abstract = True

    @property
    def text(self) -> Written:
        """The columns as one value."""
        return Written(self.source, self.html, self.renderer, self.language, self.direction)

    def source_for_editing(self) -> str:
        """What was typed, with names in place of ids: for the text field. One query when somebody is named."""
        from stoa.base.text.show import person_ids

        return for_editing(self.source, sockets.names_of(person_ids(self.html)))

    def set_text(self, written: Written) -> None:
        """Takes a value into the columns; the caller saves (`update_fields=[..., *Authored.TEXT_FIELDS]`)."""
        self.source, self.html, self.renderer = written.source, written.html, written.version
        self.language, self.direction = written.language, written.direction

    def erase_text(self) -> None:
        """Leaves nothing of what was written."""
        self.set_text(Written("", ""))
