"""A face's style sheet as one file: what it imports, put in its place in its layer, when static files are collected."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile, File

ENTRIES = ("base/css/community.css", "base/css/desk.css")
IMPORT = re.compile(r'^@import "([\w-]+\.css)" layer\((\w+)\);$', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class OneSheet:
    """Stands in for the storage of an entry: opening it gives the whole sheet."""

    storage: Any

    def open(self, path: str) -> "File[bytes]":
        folder = path.rpartition("/")[0]
        return ContentFile(IMPORT.sub(lambda found: self._layer(folder, *found.groups()), self._text(path)).encode())

    def _layer(self, folder: str, name: str, layer: str) -> str:
        return f"@layer {layer} {{\n{self._text(f'{folder}/{name}')}}}\n"

    def _text(self, path: str) -> str:
        with self.storage.open(path) as sheet:
            text: str = sheet.read().decode()
        return COMMENT.sub("", text)


def bundled(paths: dict[str, tuple[Any, str]]) -> dict[str, tuple[Any, str]]:
    """What collectstatic found, the entries being whole sheets."""
    return {
        name: (OneSheet(storage), path) if name in ENTRIES else (storage, path)
        for name, (storage, path) in paths.items()
    }
