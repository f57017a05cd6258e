"""A post office on the loopback: Postfix, which takes mail and hands on what is for Stoa, and Dovecot, which keeps members' mailboxes. Both
run from one temporary folder on free ports and end with their process ids. What Postfix knows of Stoa is read from
`docs/answers-by-mail.md`: what stands there is what is tested."""

import imaplib
import os
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

from stoa.settings import ROOT

MASTER, POSTFIX, DOVECOT = "/usr/lib/postfix/sbin/master", "/usr/sbin/postfix", "/usr/sbin/dovecot"
NEEDED = (
    MASTER,
    DOVECOT,
    "/usr/lib/dovecot/lmtp",
    "/usr/lib/dovecot/imap",
    "/usr/lib/dovecot/modules/lib90_sieve_plugin.so",
)
PAGE = ROOT / "docs" / "answers-by-mail.md"
PASSWORD = "a-word-for-mailboxes"
PATIENCE = 240.0  # a machine may be busy
SERVICES = """\
{smtp} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
DOVECOT_CONF = """\
protocols = imap lmtp
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
recipient_delimiter = +
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
submission_host = 127.0.0.1:{smtp}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
protocol lmtp {{
  mail_plugins = sieve
}}
plugin {{
  sieve = file:{folder}/mail/%u/answers.sieve
}}
"""
Found = TypeVar("Found")


def missing() -> str:
    """Why there can be no post office here, or nothing."""
    gone = [name for name in NEEDED if not Path(name).exists()]
    if gone:
        return f"not on this machine: {', '.join(gone)} (bin/test --all installs them)"
    return "" if os.geteuid() == 0 else "Postfix starts as root alone"


def block(name: str) -> str:
    """The block of that name on the page for operators."""
    found = re.search(rf"^```{re.escape(name)}\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    assert found is not None, f"docs/answers-by-mail.md has no block {name}"
    return found[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(look: Callable[[], Found | None], what: str) -> Found:
    """What `look` finds, as soon as it does."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain: {what}")


@dataclass(frozen=True)
class PostOffice:
    """Where letters are handed in, where mailboxes are read, and where Stoa's door is meant to be."""

    folder: Path
    smtp: int
    imap: int
    door: int

    def hand_in(self, letter: EmailMessage, sender: str, to: str) -> None:
        """By SMTP, with this envelope. Raises what the server answers when it refuses."""
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=PATIENCE) as line:
            line.send_message(letter, sender, [to])

    def letters(self, address: str) -> list[EmailMessage]:
        """All that lies in a mailbox, by IMAP."""
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=PATIENCE) as line:
            line.login(address, PASSWORD)
            line.select("INBOX", readonly=True)
            numbers = line.search(None, "ALL")[1][0].split()
            fetched = [line.fetch(number, "(BODY.PEEK[])")[1][0] for number in numbers]
        letters = [message_from_bytes(part[1], policy=policy.default) for part in fetched if isinstance(part, tuple)]
        return [letter for letter in letters if isinstance(letter, EmailMessage)]

    def letter(self, address: str, words: str) -> EmailMessage:
        """The letter in that mailbox that holds these words, once it is there."""
        look = lambda: next((each for each in self.letters(address) if words in text_of(each)), None)  # noqa: E731
        return until(look, f"a letter to {address} with “{words}” in it")

    def sieve(self, address: str, rules: str) -> None:
        """What a mailbox does with what comes (RFC 5228)."""
        script = self.folder / "mail" / address / "answers.sieve"
        script.write_text(rules)
        shutil.chown(script, "nobody", "nogroup")

    @property
    def log(self) -> str:
        return (self.folder / "postfix.log").read_text()

    def again(self) -> None:
        """Lets Postfix try at once what it could not deliver."""
        subprocess.run(["/usr/sbin/postqueue", "-c", str(self.folder / "etc"), "-f"], check=True)


def text_of(letter: EmailMessage) -> str:
    """Its subject and its plain words, with those of what it reports."""
    parts = [part for part in letter.walk() if part.get_content_type() in ("text/plain", "message/delivery-status")]
    texts = [
        str(part.get_payload(decode=True) or b"", "utf-8") if not part.is_multipart() else str(part) for part in parts
    ]
    return "\n".join([str(letter["Subject"]), *texts])


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Both servers, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="post-office-") as folder, running(Path(folder)) as office:
        yield office


@contextmanager
def running(folder: Path) -> Iterator[PostOffice]:
    office = PostOffice(folder, free_port(), free_port(), free_port())
    lmtp = free_port()
    laid_out(office, lmtp)
    etc = folder / "etc"
    subprocess.run([POSTFIX, "-c", str(etc), "check"], check=True)
    servers = [
        subprocess.Popen([DOVECOT, "-F", "-c", str(etc / "dovecot.conf")], start_new_session=True),
        subprocess.Popen([MASTER, "-c", str(etc), "-d"], start_new_session=True),
    ]
    try:
        for port in (office.smtp, office.imap, lmtp):
            until(lambda port=port: answers(port), f"a server at port {port}")  # type: ignore[misc]
        yield office
    finally:
        for server in servers:
            server.send_signal(signal.SIGTERM)
        for server in servers:
            server.wait(20)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 2).close()
    except OSError:
        return False
    return True


def laid_out(office: PostOffice, lmtp: int) -> None:
    """The folders, each of whom the servers want, and their settings."""
    folder = office.folder
    folder.chmod(0o755)  # mailboxes belong to nobody, who has to get there
    for name in ("etc", "queue", "data", "run", "mail"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix", "postfix")
    shutil.chown(folder / "mail", "nobody", "nogroup")
    own = block("main.cf").replace("127.0.0.1:8024", f"127.0.0.1:{office.door}")
    (folder / "etc" / "main.cf").write_text(f"""\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
myhostname = mx.example.org
mydestination =
alias_maps =
alias_database =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
message_size_limit = 30000000
virtual_mailbox_domains = members.example, example.org
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
{own}""")
    (folder / "etc" / "master.cf").write_text(SERVICES.format(smtp=f"127.0.0.1:{office.smtp}"))
    values = {"folder": folder, "smtp": office.smtp, "imap": office.imap, "lmtp": lmtp, "password": PASSWORD}
    (folder / "etc" / "dovecot.conf").write_text(DOVECOT_CONF.format(**values))
