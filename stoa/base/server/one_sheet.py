"""A face's style sheet as one file, and its entry module too: what they import, put in its place, when static files are collected."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile, File

ENTRIES = ("base/css/community.css", "base/css/desk.css")
MODULES = ("base/js/community.js", "base/js/desk.js")
TAKEN = ("behaviours", "keys")  # what every page needs at once; other modules come when they are asked for
IMPORT = re.compile(r'^@import "([\w-]+\.css)" layer\((\w+)\);$', re.MULTILINE)
TAKES = re.compile(rf'^import (?:\{{ )?(\w+)(?: \}})? from "\./({"|".join(TAKEN)})\.js";$', re.MULTILINE)
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


@dataclass(frozen=True)
class OneModule:
    """Stands in for the storage of an entry module: opening it gives the module with those that it takes in written before it."""

    storage: Any

    def open(self, path: str) -> "File[bytes]":
        return ContentFile(self._whole(path).encode())

    def _whole(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        with self.storage.open(path) as module:
            text: str = module.read().decode()
        return TAKES.sub(lambda found: self._taken(f"{folder}/{found[2]}.js", found[1]), text)

    def _taken(self, path: str, name: str) -> str:
        """Without its `export`: the name that is taken is the one under which it is written."""
        text, exports = re.subn(
            rf"^export (?:default )?(?=function {name}\b)", "", self._whole(path), flags=re.MULTILINE
        )
        if exports != 1:
            raise ValueError(f"{path} does not export {name} as a function.")
        return text


def bundled(paths: dict[str, tuple[Any, str]]) -> dict[str, tuple[Any, str]]:
    """What collectstatic found, the entries being whole sheets and whole modules."""
    whole = {**dict.fromkeys(ENTRIES, OneSheet), **dict.fromkeys(MODULES, OneModule)}
    return {
        name: (whole[name](storage), path) if name in whole else (storage, path)
        for name, (storage, path) in paths.items()
    }
