"""Pictures that come along: made anew from their pixels, stored before any row speaks of them."""

from dataclasses import dataclass
from pathlib import Path

from stoa.base.errors import Invalid
from stoa.base.files import storing
from stoa.base.files.pictures import MOST_BYTES, remake
from stoa.base.models import File
from stoa.base.things import Reference


@dataclass(frozen=True)
class Kept:
    """A picture whose bytes are stored."""

    digest: str
    thumb: str
    media_type: str
    size: int
    width: int
    height: int

    def file(self, owner_id: int, thing: Reference, *, name: str = "", alt: str = "") -> File:
        """Its row, to be written: owned by this person, belonging to this thing."""
        return File(
            owner_id=owner_id, thing_key=thing[0], thing_id=thing[1], digest=self.digest, thumb=self.thumb, media_type=self.media_type,
            size=self.size, width=self.width, height=self.height, name=name[:120], alt=alt[:2000],
        )  # fmt: skip

    @classmethod
    def of(cls, file: File) -> "Kept":
        """The same bytes once more, for another row."""
        return cls(file.digest, file.thumb, file.media_type, file.size, file.width or 0, file.height or 0)


def keep_bytes_of(path: Path) -> Kept | None:
    """None for what is no picture that we can read. Not inside a transaction."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return None
        made = remake(path.read_bytes())
    except Invalid:
        return None
    digest, thumb = storing.put(made.content), storing.put(made.thumb)
    return Kept(digest, thumb, made.media_type, len(made.content) + len(made.thumb), made.width, made.height)
