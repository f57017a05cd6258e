"""What the desk's pages of moving in read: an import with its counts, what stays behind, what could not be carried, what is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from stoa.base import cursors
from stoa.base.actors import Actor
from stoa.front.actions.moving_in.inviting import unwritten
from stoa.front.models import Import, ImportTrouble
from stoa.front.moving_in import places
from stoa.front.moving_in.places import Mapped

PAGE = 30
TROUBLES = 100
COMMANDS = """manage.py moving_in discourse backup.tar.gz
manage.py moving_in zulip zulip-export.tar.gz --address https://chat.example.org
manage.py moving_in members members.csv"""


@dataclass(frozen=True)
class ImportsPage:
    """Some imports, the latest first, and the cursor of the older ones."""

    imports: list[Import]
    before: str


def imports_page(actor: Actor, before: str = "") -> ImportsPage:
    found = cursors.page(Import.objects.visible_to(actor).select_related("home"), "read_at", before, size=PAGE)
    return ImportsPage(found.rows, found.next)


@dataclass(frozen=True)
class Said:
    """One place as the form shows it: with what was typed, where something was."""

    mapped: Mapped
    number: int
    choices: list[tuple[str, str]]
    chosen: str
    name: str
    takes: bool


@dataclass(frozen=True)
class ImportPage:
    """One import. `left` and `kept`: what stays behind, what comes in another form; each a sentence, a count and an example."""

    row: Import
    said: list[Said]
    troubles: list[tuple[str, str]]
    letters: int
    counts: list[tuple[str, int]] = field(default_factory=list)
    left: list[tuple[str, int, str]] = field(default_factory=list)
    kept: list[tuple[str, int, str]] = field(default_factory=list)
    refused: str = ""

    @classmethod
    def of(
        cls, row: Import, actor: Actor, typed: Mapping[str, Mapping[str, Any]] | None = None, refused: str = ""
    ) -> "ImportPage":
        """`typed`: what was typed and refused, and why."""
        is_done = row.state == Import.State.DONE
        return cls(
            row,
            [
                said_of(number, each, (typed or {}).get(each.key))
                for number, each in enumerate(places.from_rows(row.mapping))
            ],
            [
                (trouble_words(each.what), each.which)
                for each in ImportTrouble.objects.filter(brought=row).order_by("id")[:TROUBLES]
            ],
            len(unwritten(row)) if is_done else 0,
            [(words, int(row.found.get(name, 0))) for name, words in counted().items()],
            [(noted_words(each["what"]), each["count"], each["example"]) for each in row.noted if each["is_left"]],
            [(noted_words(each["what"]), each["count"], each["example"]) for each in row.noted if not each["is_left"]],
        )

    @property
    def share(self) -> int:
        """How far it is, in hundredths: by the messages, which are nearly all of it."""
        whole = int(self.row.found.get("messages", 0)) + int(self.row.found.get("signs", 0))
        if self.row.state == Import.State.DONE:
            return 100
        if self.row.step not in ("messages", "signs") or not whole:
            return 0
        gone = self.row.place + (int(self.row.found.get("messages", 0)) if self.row.step == "signs" else 0)
        return min(gone * 100 // whole, 99)

    @property
    def carried(self) -> list[tuple[str, int]]:
        """What is here of it."""
        return [
            (words, int(self.row.carried[name]))
            for name, words in carried_words().items()
            if self.row.carried.get(name)
        ]

    @property
    def state_words(self) -> tuple[str, str]:
        """The state and the kind of its badge."""
        return state_words(self.row)


def said_of(number: int, mapped: Mapped, typed: Mapping[str, Any] | None) -> Said:
    given = typed or {"visibility": mapped.visibility, "name": mapped.name, "takes": mapped.takes}
    words = visibility_words()
    return Said(
        mapped,
        number,
        [(each, words[each]) for each in mapped.choices],
        str(given["visibility"]),
        str(given["name"]),
        bool(given["takes"]),
    )


def state_words(row: Import) -> tuple[str, str]:
    return {
        "proposed": (_("Waits for you"), "warn"),
        "moving": (_("Being carried in"), "plain"),
        "paused": (_("Paused"), "warn"),
        "done": (_("Here"), "good"),
    }[row.state]


def visibility_words() -> dict[str, str]:
    return {
        "public": _("Everybody reads it"),
        "members": _("Members read it"),
        "private": _("Only those in it read it"),
        "secret": _("Only those in it know of it"),
    }


def counted() -> dict[str, str]:
    return {
        "people": _("People"),
        "here": _("of them here already"),
        "places": _("Places"),
        "topics": _("Topics"),
        "messages": _("Messages"),
        "signs": _("Reactions"),
        "pictures": _("Pictures"),
    }


def carried_words() -> dict[str, str]:
    return {
        "people": _("People"),
        "spaces": _("Spaces"),
        "belongings": _("Memberships of spaces"),
        "topics": _("Topics"),
        "replies": _("Replies"),
        "pictures": _("Pictures"),
        "signs": _("Reactions"),
        "left": _("Messages left out"),
    }


def noted_words(what: str) -> str:
    """What was left out, or changed its form."""
    return {
        "direct_messages": _("Direct messages: they stay between those who wrote them"),
        "whispers": _("Whispers among staff"),
        "small_actions": _("Notes of the software, as when a topic was closed"),
        "deleted": _("Messages that were deleted"),
        "hidden": _("Messages that were hidden"),
        "deleted_topics": _("Topics that were deleted or unlisted"),
        "placeless": _("Topics without a category"),
        "files": _("Files that are no pictures"),
        "signs": _("Reactions for which there is no sign here"),
        "no_email": _("Lines without an e-mail address"),
        "twice": _("Lines with an address that another line has"),
        "columns": _("Columns that have no place here"),
        "people_away": _(
            "People who were suspended or switched off: what they wrote comes along, and nobody can take it over"
        ),
        "mentions": _("Mentions of somebody who is not in the archive: they stay as words"),
        "groups": _("Mentions of groups: they stay as words"),
        "bookmarks": _("Bookmarks"),
        "versions": _("Former versions of texts"),
        "drafts": _("Drafts"),
        "badges": _("Badges"),
        "follows": _("Topics that somebody followed or muted"),
        "poll_votes": _(
            "Votes in polls, where not everybody could see the results, or where the archive does not tell them"
        ),
        "poll_totals": _("Votes in polls: they come as totals, without who voted"),
        "polls": _("Polls: their options stay as a list, and nobody can vote any more"),
        "spoilers": _("Spoilers: what they hid is shown"),
        "details": _("Folded passages: they are shown"),
        "formulas": _("Formulas: they stay as they were typed"),
        "dates": _("Dates that showed each reader's own time: they stay as they were typed"),
        "brackets": _("Other marks in square brackets: what they held stays"),
        "html": _("HTML tags: what they held stays"),
        "file_links": _("Links to files that do not come along: their names stay"),
    }.get(what, what)


def trouble_words(what: str) -> str:
    return {
        "picture": _("A picture that cannot be read"),
        "no_picture": _("A picture that is not in the archive"),
        "portrait": _("A portrait that cannot be read"),
        "cut": _("A message that was longer than can be, and was cut"),
    }.get(what, what)
