"""Thirty letters that pretend to be Ada's answer, or that no person wrote: none of them may be posted."""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

from stoa.base import ids
from stoa.community.talk.models import Topic
from stoa.people.models import Person

DOMAIN = "reply.example"


@dataclass(frozen=True)
class Case:
    """Ada, who may answer a topic by mail, and Mallory, who is a member too."""

    ada: Person
    mallory: Person
    topic: Topic
    to: str


def address_of(person: Person) -> str:
    assert person.account is not None
    return person.account.email


def written(sender: str, to: str, text: str = "Rub a pencil.", **heads: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = sender, to, f"<{ids.shown(ids.new())}@mail.example>"
    made["Subject"] = "Re: Zip stuck"
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def changed(address: str, place: int) -> str:
    other = "0" if address[place] != "0" else "1"
    return address[:place] + other + address[place + 1 :]


Spoof = Callable[[Case], tuple[EmailMessage, str]]
SPOOFS: dict[str, Spoof] = {
    "somebody else's address": lambda c: (written(address_of(c.mallory), c.to), c.to),
    "reply-to of hers": lambda c: (written(address_of(c.mallory), c.to, Reply_To=address_of(c.ada)), c.to),
    "sender of hers": lambda c: (written(address_of(c.mallory), c.to, Sender=address_of(c.ada)), c.to),
    "return-path of hers": lambda c: (written(address_of(c.mallory), c.to, Return_Path=f"<{address_of(c.ada)}>"), c.to),
    "her address as the name": lambda c: (written(f'"{address_of(c.ada)}" <{address_of(c.mallory)}>', c.to), c.to),
    "her address as a comment": lambda c: (written(f"{address_of(c.mallory)} ({address_of(c.ada)})", c.to), c.to),
    "her address and another": lambda c: (written(f"{address_of(c.ada)}, {address_of(c.mallory)}", c.to), c.to),
    "another and her address": lambda c: (written(f"{address_of(c.mallory)}, {address_of(c.ada)}", c.to), c.to),
    "her address with a tail": lambda c: (written(f"{address_of(c.ada)}.evil.example", c.to), c.to),
    "her name at another host": lambda c: (written(f"{address_of(c.ada).partition('@')[0]}@evil.example", c.to), c.to),
    "her address with a tag": lambda c: (written(address_of(c.ada).replace("@", "+x@"), c.to), c.to),
    "forwarded by another": lambda c: (
        written(address_of(c.mallory), c.to, "---------- Forwarded message ---------\nFrom: Ada\n\nHello"), c.to,
    ),
    "another person in the token": lambda c: tampered(c, 7),
    "another topic in the token": lambda c: tampered(c, 25),
    "a later end in the token": lambda c: tampered(c, 34),
    "another proof": lambda c: tampered(c, 40),
    "no proof": lambda c: readdressed(c, c.to[:36] + "@" + DOMAIN),
    "a longer token": lambda c: readdressed(c, c.to.replace("@", "0@")),
    "another domain": lambda c: readdressed(c, c.to.replace(DOMAIN, "evil.example")),
    "a domain below ours": lambda c: readdressed(c, c.to.replace(DOMAIN, f"x.{DOMAIN}")),
    "no token": lambda c: readdressed(c, f"reply+@{DOMAIN}"),
    "a token of nothing but zeros": lambda c: readdressed(c, f"reply+{'0' * 46}@{DOMAIN}"),
    "a token in the subject": lambda c: (written(address_of(c.ada), "hello@reply.example", Subject_2=c.to), "hello@x.example"),
    "dmarc fails": lambda c: (written(address_of(c.ada), c.to, Authentication_Results="mx.example; dmarc=fail"), c.to),
    "dmarc is somebody else's word": lambda c: (
        written(address_of(c.ada), c.to, Authentication_Results="evil.example; dmarc=pass"), c.to,
    ),
    "no word of ours": lambda c: (written(address_of(c.ada), c.to), c.to),
    "a pass and a fail": lambda c: two_results(c),
    "an automatic answer": lambda c: (passing(c, Auto_Submitted="auto-replied"), c.to),
    "a vacation": lambda c: (passing(c, X_Autoreply="yes"), c.to),
    "a list": lambda c: (passing(c, List_Id="<x.example>"), c.to),
    "a bounce": lambda c: (passing(c, Return_Path="<>"), c.to),
    "nothing but quotes": lambda c: (passing(c, text="> Ada asked\n> about a zip"), c.to),
}  # fmt: skip


def passing(case: Case, text: str = "Hello", **heads: str) -> EmailMessage:
    return written(address_of(case.ada), case.to, text, Authentication_Results="mx.example; dmarc=pass", **heads)


def tampered(case: Case, place: int) -> tuple[EmailMessage, str]:
    return readdressed(case, changed(case.to, place))


def readdressed(case: Case, address: str) -> tuple[EmailMessage, str]:
    made = written(address_of(case.ada), address, Authentication_Results="mx.example; dmarc=pass")
    return made, address


def two_results(case: Case) -> tuple[EmailMessage, str]:
    made = passing(case)
    made["Authentication-Results"] = "mx.example; dmarc=fail"
    return made, case.to
