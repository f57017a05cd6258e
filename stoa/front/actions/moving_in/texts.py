"""The texts of some messages, with what they name as it is here: people by their ids, links to where things stand now, pictures."""

from collections.abc import Sequence
from urllib.parse import quote

from django.urls import reverse

from stoa.base import ids
from stoa.base.models import File
from stoa.base.text import LONGEST
from stoa.base.things import Reference
from stoa.front.actions.moving_in.load import Load, Trouble, cut
from stoa.front.actions.moving_in.pictures import Kept, keep_bytes_of
from stoa.front.models import Moved
from stoa.front.moving_in import tokens
from stoa.front.moving_in.shapes import VanMessage

ENDING = "\n\n[…]"


class Texts:
    """Asks once for all that a batch names. What was not carried in yet keeps a link to its old address, which leads on when it is here."""

    def __init__(self, load: Load, messages: Sequence[VanMessage]) -> None:
        self.load = load
        self.files: list[File] = []
        self.rows: list[Moved] = []
        self.troubles: list[Trouble] = []
        self.pictures: dict[str, Kept | None] = {}
        links = {key for message in messages for key in tokens.named(message.text, tokens.LINK)}
        kinds = {
            kind: [key.partition("/")[2] for key in links if key.startswith(f"{kind}/")]
            for kind in ("message", "topic", "place")
        }
        self.known = {
            (kind, old): thing for kind, olds in kinds.items() for old, thing in load.moved(kind, olds).items()
        }
        uploads = {key for message in messages for key in tokens.named(message.text, tokens.PICTURE)}
        kept = load.moved("upload", uploads)
        files = File.objects.in_bulk([number for _, number in kept.values()])
        self.kept = {old: Kept.of(files[number]) for old, (_, number) in kept.items() if number in files}

    def source(self, message: VanMessage, thing: Reference, author_id: int) -> str:
        """The source of one message."""

        def resolve(kind: str, key: str, words: str) -> str:
            if kind == tokens.PERSON:
                number = self.load.people.get(key)
                return f"@[person:{ids.shown(number)}]" if number else f"@{words}"
            if kind == tokens.LINK:
                return self._address(*key.split("/", 1))
            return self._picture(key, words, thing, author_id, message)

        whole = tokens.resolved(message.text, resolve).strip() or "…"
        if len(whole) <= LONGEST:
            return whole
        self.troubles.append(("cut", message.key, author_id))
        return whole[: LONGEST - len(ENDING) - 100] + ENDING

    def _address(self, kind: str, old: str = "") -> str:
        thing = self.known.get((kind, cut(old)))
        return address_of(thing) if thing else old_address(self.load.row.home_id, kind, old)

    def _picture(self, key: str, words: str, thing: Reference, author_id: int, message: VanMessage) -> str:
        said = "".join(each for each in words if each not in "[]\\\n")
        kept = self._bytes(key, f"{words or key} ({message.key})", author_id)
        if kept is None:
            return said or "…"
        file = kept.file(author_id, thing, name=words, alt=words)
        self.files.append(file)
        if key not in self.kept:
            self.kept[cut(key)] = kept
            self.rows.append(self.load.moved_row("upload", key, ("base.file", file.id)))
        return f"![{said}]({file.address})"

    def _bytes(self, key: str, which: str, author_id: int) -> Kept | None:
        if cut(key) in self.kept:
            return self.kept[cut(key)]
        if key not in self.pictures:
            upload = self.load.van.upload(key)
            self.pictures[key] = keep_bytes_of(upload[0]) if upload else None
            if self.pictures[key] is None:
                self.troubles.append(("picture" if upload else "no_picture", which, author_id))
        return self.pictures[key]


def address_of(thing: Reference) -> str:
    """Where something stands that moved in, for a link in a text: whoever follows it is asked there whether they may see it."""
    key, number = thing
    names = {"talk.topic": "talk:topic_short", "talk.reply": "talk:reply", "spaces.space": "spaces:space_short"}
    argument = {"talk.topic": "topic_id", "talk.reply": "reply_id", "spaces.space": "space_id"}[key]
    return reverse(names[key], kwargs={argument: number})


def old_address(home_id: int, kind: str, old: str) -> str:
    """An address that leads to an old thing as soon as it is here."""
    return reverse("front:moved_thing", kwargs={"home_id": home_id, "kind": kind, "old": quote(old, safe="/")})
