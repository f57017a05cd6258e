"""Mail that comes in: reading one message as somebody else wrote it, without believing it. What it is for, a higher room decides.

mail = read(content)      `Incoming`: who says they wrote it, its words without quoted tails, its pictures; `mail.automatic` says why
                          no person wrote it; raises `Unreadable`
"""

from stoa.base.mail.incoming.authenticity import verdict
from stoa.base.mail.incoming.reading import Incoming, Picture, Unreadable, read
from stoa.base.mail.incoming.tails import without_tail

__all__ = ["Incoming", "Picture", "Unreadable", "read", "verdict", "without_tail"]
