"""Mail: letters are written in actions, in their transaction, and sent by the worker, which asks again whether their reader may have them.

    write_letter("talk.reply", person_id=ada.id, thing=("talk.reply", reply.id), **compose("talk/mail/reply.txt", {...}))

Without a mail server (STOA_MAIL_URL) letters stay here to be read: an empty start shows links, the demo its mailbox page.
The accounts library's mails come the same way (`stoa.base.mail.backend`).

Sockets: `@may_send("talk.digest")` on `(actor, letter) -> bool` brings a rule of a kind, asked beside the sight of the thing;
`stopped_at(stop)` on `(letter) -> address` says where its reader stops letters like it in one click; `answered_at(answer)` where they
answer it by mail; `forgotten_once_sent(kind)` for letters of which nothing is kept. What comes in is read by
`stoa.base.mail.incoming`.
"""

from stoa.base.mail.answering import answered_at
from stoa.base.mail.compose import compose
from stoa.base.mail.rights import may_be_sent, may_send
from stoa.base.mail.send import forgotten_once_sent
from stoa.base.mail.stopping import stopped_at
from stoa.base.mail.write import (
    bring_letters_forward,
    carry_letters,
    erase_letters_of,
    forget_letters,
    hold_back_letters,
    write_letter,
)

__all__ = [
    "answered_at",
    "bring_letters_forward",
    "carry_letters",
    "compose",
    "erase_letters_of",
    "forget_letters",
    "forgotten_once_sent",
    "hold_back_letters",
    "may_be_sent",
    "may_send",
    "stopped_at",
    "write_letter",
]
