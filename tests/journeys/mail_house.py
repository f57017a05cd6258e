"""Stoa behind a post office, for the journey of answers by mail: its processes on a data folder of its own, and what a member's mail
program writes. Their settings are the blocks of `docs/answers-by-mail.md`."""

import json
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

from stoa.settings import ROOT
from tests.journeys.post_office import PASSWORD, PostOffice, block, free_port, text_of, until

ADA = "ada@members.example"
QUOTED = "\n\n--\nAda Lindqvist\nMender of zips\n\nOn Mon, 30 Nov 2026 at 10:12, Stoa <stoa@example.org> wrote:\n\n"


@dataclass
class House:
    """Stoa on a data folder of its own: its worker and its door are processes that can be stopped and started."""

    folder: Path
    office: PostOffice
    origin: str
    topic: int = 0
    path: str = ""
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        settings = dict(line.split("=", 1) for line in block("environment").splitlines())
        out = settings["STOA_MAIL_URL"].replace("127.0.0.1:25?", f"127.0.0.1:{self.office.smtp}?")
        own = {**settings, "STOA_MAIL_URL": out, "STOA_DATA": str(self.folder), "STOA_URL": self.origin}
        return {**os.environ, **own, "STOA_DATABASE": ""}

    def manage(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environ, check=True, capture_output=True, text=True).stdout

    def do(self, act: str) -> str:
        """One act of `penfriends`."""
        return self.manage("shell", "-v", "0", "-c", f"from tests.journeys import penfriends; penfriends.{act}")

    def start(self, name: str, *words: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            command = [sys.executable, "manage.py", *words]
            self.processes[name] = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)

    def stop(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGTERM)
        process.wait(30)

    def open_door(self) -> None:
        """The process that the page's unit starts, at the port that Postfix knows."""
        (line,) = [line for line in block("stoa-mail.service").splitlines() if line.startswith("ExecStart=")]
        words = shlex.split(line.removeprefix("ExecStart="))
        assert words[1:4] == ["manage.py", "take_mail", "--lmtp"]
        assert words[4] == "127.0.0.1:8024"
        before = self.log("door").count("are taken at")
        self.start("door", "take_mail", "--lmtp", f"127.0.0.1:{self.office.door}")
        until(lambda: self.log("door").count("are taken at") > before, "the door to open")

    def log(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text() if path.exists() else ""

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        with sqlite3.connect(f"file:{self.folder / 'stoa.sqlite3'}?mode=ro", uri=True) as line:
            return line.execute(sql).fetchall()

    def answers(self) -> list[str]:
        """What Ada wrote in the topic, in its order."""
        return [
            source
            for (source,) in self.rows(
                "select r.source from talk_reply r join people_person p on p.id = r.author_id where p.name = 'Ada' order by r.id"
            )
        ]

    def outcomes(self) -> list[tuple[str, ...]]:
        return self.rows("select outcome, reason from talk_mailedreply order by id")


@contextmanager
def living(office: PostOffice, folder: Path) -> Iterator[House]:
    """A house with its people, its web server and its worker."""
    port = free_port()
    house = House(folder, office, f"http://localhost:{port}")
    house.manage("migrate", "-v", "0")
    said = json.loads(house.do("lay_out()").splitlines()[-1])
    house.topic, house.path = said["topic"], said["path"]
    try:
        house.start("worker", "worker")
        house.start("web", "serve", "--no-worker", "--port", str(port))
        yield house
    finally:
        for name in list(house.processes):
            house.stop(name)


def fetched(house: House, program: str = "") -> None:
    """One round of fetchmail with the page's own settings; `program` stands in for Stoa's."""
    own = program or f"{sys.executable} {ROOT / 'manage.py'} take_mail"
    said = block("fetchmailrc").replace("/opt/stoa/.venv/bin/python /opt/stoa/manage.py take_mail", own)
    said = said.replace("the password of the mailbox", PASSWORD).replace('" ssl', '" sslproto ""')
    said = said.replace("imap.example.org protocol IMAP port 993", f"127.0.0.1 protocol IMAP port {house.office.imap}")
    settings = house.folder / "fetchmailrc"
    settings.write_text(said)
    settings.chmod(0o600)
    command = ["/usr/bin/fetchmail", "-f", str(settings), "-i", str(house.folder / "seen"), "--nodetach", "--nosyslog"]
    environ = {**house.environ, "FETCHMAILHOME": str(house.folder)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120)
    (house.folder / "fetchmail.log").write_text(done.stdout + done.stderr)


def answer_to(letter: EmailMessage, text: str, sender: str = ADA, **heads: str) -> EmailMessage:
    """As a mail program writes it: above the quoted letter, with a signature, plain and as HTML."""
    made = EmailMessage(policy=policy.SMTP)
    made["From"], made["To"] = f"Ada Lindqvist <{sender}>", str(letter["Reply-To"])
    made["Subject"], made["Message-ID"] = f"Re: {letter['Subject']}", make_msgid(domain="members.example")
    made["In-Reply-To"] = made["References"] = str(letter["Message-ID"])
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    quoted = "\n".join(f"> {line}" for line in text_of(letter).splitlines())
    made.set_content(f"{text}{QUOTED}{quoted}\n", cte="quoted-printable")
    made.add_alternative(f"<p>{text}</p><blockquote>{quoted}</blockquote>", subtype="html")
    return made
