"""Forms as pages drew them, sent back with what does not belong into them: ids of secret things, and words that nobody types."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

from tests.access.world import World

Form = tuple[str, tuple[str, ...]]  # where it goes, and the names of its fields
COUNTED = {
    "/security/again/",
    "/sight/",  # what is seen as stands in the session, whose random key comes along
}  # the sign-in library counts these tries by the clock on the wall: one sweep meets its limit earlier
OWN = {"csrfmiddlewaretoken", "once", "_method"}
NONSENSE = "\u202e<b>'\"; " + "x" * 400


class Drawn(HTMLParser):
    """The forms of a page that change something."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms, self._open = path, list[tuple[str, dict[str, str]]](), False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._open = said.get("method", "").lower() == "post"
            if self._open:
                self.forms.append((urljoin(self.path, said.get("action", "")), {}))
        elif self._open and tag in ("input", "select", "textarea", "button") and said.get("name"):
            self.forms[-1][1].setdefault(said["name"], said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "form"


def drawn(page: bytes, path: str) -> Iterator[Form]:
    """The forms of a page; of what they hold, only the verb is kept."""
    reader = Drawn(path)
    reader.feed(page.decode(errors="replace"))
    for action, fields in reader.forms:
        verb = fields.get("_method", "")
        names = sorted(set(fields) - OWN)
        if action.startswith("/") and names and action.partition("?")[0] not in COUNTED:
            yield action, (*names, *([f"_method={verb}"] if verb else []))


def baits(form: Form, world: World) -> Iterator[tuple[tuple[str, str], ...]]:
    """What is sent: every field an id of something secret, then every field nonsense."""
    space, topic = (world.get(key, "secret").shown_id for key in ("spaces.space", "talk.topic"))
    names = [name for name in form[1] if "=" not in name]
    verb = [("_method", name.partition("=")[2]) for name in form[1] if "=" in name]
    yield (*verb, *((name, space if "space" in name else topic) for name in names))
    yield (*verb, *((name, NONSENSE) for name in names))
