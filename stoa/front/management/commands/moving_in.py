"""`manage.py moving_in SYSTEM ARCHIVE`: reads an archive and says what is in it; carries it in once a person has confirmed the mapping."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stoa.base import actors
from stoa.base.errors import Refusal
from stoa.front.actions.moving_in import carry_again, carry_on_here, confirm_import, go_on, read_archive
from stoa.front.brought import ImportPage, carried_words, noted_words
from stoa.front.models import Import, ImportTrouble
from stoa.front.moving_in import places
from stoa.front.moving_in.archive import Refused
from stoa.front.moving_in.systems import SYSTEMS

FRONT = actors.system("front")


class Command(BaseCommand):
    help = "Lets a community move in: a backup of Discourse, an export of Zulip, or a list of members as CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("system", choices=sorted(SYSTEMS))
        parser.add_argument("archive", type=Path)
        parser.add_argument("--check", action="store_true", help="read it and say what is in it, and nothing else")
        parser.add_argument("--mapping", type=Path, help="the file that says for whom each space is, confirmed by you")
        parser.add_argument(
            "--address", default="", help="where the old community stood, as in https://chat.example.org"
        )
        parser.add_argument(
            "--column", action="append", default=[], metavar="HEADER=FIELD", help="what a column of a CSV is"
        )
        parser.add_argument("--again", action="store_true", help="go once more through an archive that is here already")

    def handle(self, *args: Any, **said: Any) -> None:
        try:
            self._move_in(**said)
        except (Refused, Refusal) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _move_in(
        self,
        system: str,
        archive: Path,
        check: bool,
        mapping: Path | None,
        address: str,
        column: list[str],
        again: bool,
        **_other: Any,
    ) -> None:
        columns = dict(each.split("=", 1) for each in column if "=" in each)
        row = read_archive(system, archive, by=FRONT, address=address, columns=columns, again=again)
        self._report(row)
        if check or not self._is_started(row, mapping or Path(f"{archive}.mapping.json"), again):
            return
        is_done = carry_on_here(row, self._progress)
        row.refresh_from_db()
        for name, words in carried_words().items():
            if row.carried.get(name):
                self.stdout.write(f"  {words}: {row.carried[name]}")
        for trouble in ImportTrouble.objects.filter(brought=row)[:20]:
            self.stdout.write(f"  {trouble}")
        self.stdout.write("All of it is here." if is_done else "Somebody else carries it in, or it was paused.")

    def _is_started(self, row: Import, mapping: Path, again: bool) -> bool:
        """Whether it may be carried in: a person has confirmed for whom each space is."""
        if row.state == Import.State.PROPOSED and not mapping.exists():
            places.write_file(mapping, places.from_rows(row.mapping))
            self.stdout.write(
                f"Nothing of it is here yet. Say for whom each space is: at the desk under Moving in, or in {mapping}, in which you set "
                '"confirmed" to true; then run this command again.'
            )
            return False
        if row.state == Import.State.PROPOSED:
            confirm_import(row, places.read_file(mapping), by=FRONT)
        elif row.state == Import.State.PAUSED:
            go_on(row, by=FRONT)
        elif row.state == Import.State.DONE and again:
            carry_again(row, by=FRONT)
        elif row.state == Import.State.DONE:
            self.stdout.write("All of it is here already.")
        return row.state == Import.State.MOVING

    def _report(self, row: Import) -> None:
        page = ImportPage.of(row, FRONT)
        self.stdout.write(f"{row.home.name} ({SYSTEMS[row.home.system].name})")
        for words, count in page.counts:
            self.stdout.write(f"  {words}: {count}")
        for each in places.from_rows(row.mapping):
            self.stdout.write(f"  {each.was}: {each.visibility}, {each.topics} topics, {each.messages} messages")
        for noted in row.noted:
            verb = "Stays behind" if noted["is_left"] else "In another form"
            example = f' (as "{noted["example"]}")' if noted["example"] else ""
            self.stdout.write(f"  {verb}: {noted['count']} × {noted_words(noted['what'])}{example}")

    def _progress(self, row: Import) -> None:
        self.stdout.write(f"  {row.step} {row.place}", ending="\r")
        self.stdout.flush()
