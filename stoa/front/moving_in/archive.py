"""Opening what was brought: a tar (packed or not), a folder or a single file. Whatever leads out of the archive, or grows without end
when it is unpacked, is refused before anything of it is used."""

import gzip
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

MOST_BYTES = 200_000_000_000  # of one archive, unpacked
MOST_ENTRIES = 5_000_000
MOST_GROWTH = 200  # times as many bytes as the archive has, beyond the first gigabyte
FREE_GROWTH = 1_000_000_000
PIECE = 1 << 20
LONGEST_NAME = 1000


class Refused(Exception):
    """This archive cannot be brought in; says why, and what to do."""


@dataclass(frozen=True)
class Entry:
    """A file of the archive: its path within it, with slashes, and its bytes (to be read before the next entry)."""

    path: str
    size: int
    stream: IO[bytes]


Wanted = Callable[[str], bool]


def entries(brought: Path, wanted: Wanted) -> Iterator[Entry]:
    """The files that are `wanted`, in the archive's own order. Raises `Refused`."""
    if brought.is_dir():
        yield from _of_folder(brought, wanted)
    elif not brought.is_file():
        raise Refused(f"There is no file or folder {brought}.")
    elif _is_tar(brought):
        yield from _of_tar(brought, wanted)
    else:
        with brought.open("rb") as stream:
            yield Entry(brought.name, brought.stat().st_size, stream)


def safe_path(name: str) -> str:
    """A path within the archive as we use it. Raises `Refused` for one that leads out of it."""
    path = PurePosixPath(name.replace("\\", "/"))
    parts = [part for part in path.parts if part not in (".", "")]
    if path.is_absolute() or ".." in parts or "\0" in name or len(name) > LONGEST_NAME or (parts and ":" in parts[0]):
        raise Refused(f"The archive holds a path that leads out of it: {name[:80]!r}. Nothing of it was used.")
    return "/".join(parts)


def copied(entry: Entry, to: Path) -> None:
    """Writes an entry's bytes to a file of ours."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("wb") as out:
        shutil.copyfileobj(entry.stream, out, PIECE)


def unpacked(stream: IO[bytes], name: str) -> IO[bytes]:
    """A stream that may be packed with gzip, as bytes that are not."""
    return gzip.GzipFile(fileobj=stream) if name.endswith(".gz") else stream


def _is_tar(brought: Path) -> bool:
    try:
        return tarfile.is_tarfile(brought)
    except (OSError, EOFError, zlib.error):
        return False


def _of_folder(brought: Path, wanted: Wanted) -> Iterator[Entry]:
    root = brought.resolve()
    for path in sorted(brought.rglob("*")):
        name = path.relative_to(brought).as_posix()
        if path.is_symlink() or not path.is_file() or not wanted(name):
            continue
        if not path.resolve().is_relative_to(root):
            raise Refused(f"{name[:80]!r} leads out of the folder. Nothing of it was used.")
        with path.open("rb") as stream:
            yield Entry(name, path.stat().st_size, stream)


def _of_tar(brought: Path, wanted: Wanted) -> Iterator[Entry]:
    """Streamed: one member after the other, never the whole in memory."""
    most = min(MOST_BYTES, brought.stat().st_size * MOST_GROWTH + FREE_GROWTH)
    count = total = 0
    try:
        with tarfile.open(brought, "r|*") as packed:
            for member in packed:
                path = safe_path(member.name)
                count, total = count + 1, total + member.size
                if total > most or count > MOST_ENTRIES:
                    raise Refused("Unpacked, this archive is far larger than it should be. Nothing of it was used.")
                if not (member.isfile() or member.isdir()):
                    raise Refused(f"The archive holds a link or a device: {path[:80]!r}. Nothing of it was used.")
                if member.isfile() and wanted(path):
                    stream = packed.extractfile(member)
                    if stream is not None:
                        yield Entry(path, member.size, stream)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as trouble:
        raise Refused(f"This archive is damaged: {trouble}. Copy it once more, or make a new one.") from trouble
