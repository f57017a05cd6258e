"""Reading one message: untrusted bytes into what may be used of it, within limits."""

import re
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

from selectolax.lexbor import LexborHTMLParser

from stoa.base.mail.incoming.automatic import automatic_because
from stoa.base.mail.incoming.tails import without_tail

LONGEST = 10 * 1024 * 1024  # bytes of a message
LONGEST_HEAD, LONGEST_HEADER = 64 * 1024, 8000  # bytes before the text, characters of one header
HEAD_END = re.compile(rb"\r?\n\r?\n")
MOST_TAGS = 8000  # of an HTML mail: deeper ones cost more than they say
PARTS = 100
WORDS = 100_000  # characters of text that are looked at
PICTURES = 5
PICTURE_BYTES = 8 * 1024 * 1024
GONE = "script,style,head,title,template,blockquote,.gmail_quote,.gmail_signature,.moz-cite-prefix,#divRplyFwdMsg"
BLOCKS = frozenset(("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "pre", "ul", "ol", "table"))


class Unreadable(Exception):
    """Not a message that can be used: too large, broken, or from nobody in particular."""


@dataclass(frozen=True)
class Picture:
    name: str
    content: bytes


@dataclass(frozen=True)
class Incoming:
    """`sender` is what `From` says: nobody has proved it. `automatic` says why no person wrote it, or nothing."""

    message_id: str
    sender: str
    automatic: str
    text: str
    results: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    left_out: tuple[str, ...] = field(default=())


def read(content: bytes) -> Incoming:
    """The message as far as it may be used. Raises `Unreadable`."""
    if len(content) > LONGEST:
        raise Unreadable("too large")
    if HEAD_END.search(content, 0, LONGEST_HEAD) is None and len(content) > LONGEST_HEAD:
        raise Unreadable("a head that is too long")
    try:
        message = BytesParser(policy=policy.default.clone(max_line_length=None)).parsebytes(content)
        if any(len(value) > LONGEST_HEADER for _name, value in message.raw_items()):
            raise Unreadable("a header that is too long")  # the parser of addresses takes more than its share of time
        return _read(message)
    except Unreadable:
        raise
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as trouble:
        raise Unreadable(f"broken ({type(trouble).__name__})") from None  # the parser trips over some hostile headers


def addressed_to(content: bytes) -> list[str]:
    """To whom its head says that it was delivered, when whoever brings it does not say; a report comes from nobody that `read` takes."""
    try:
        head = HEAD_END.split(content[:LONGEST_HEAD], maxsplit=1)[0]
        message = BytesParser(policy=policy.default.clone(max_line_length=None)).parsebytes(head, headersonly=True)
        if any(len(value) > LONGEST_HEADER for _name, value in message.raw_items()):
            return []
        named = getaddresses(header(message, "Delivered-To", "X-Original-To", "Envelope-To", "To"))
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        return []
    return [address for _name, address in named if address][:PARTS]


def _read(message: EmailMessage) -> Incoming:
    senders = [address for _name, address in getaddresses(header(message, "From")) if address]
    if len(senders) != 1 or "@" not in senders[0] or len(message.get_all("From", [])) != 1:
        raise Unreadable("not from one address")
    parts = [part for number, part in enumerate(message.walk()) if number < PARTS and not part.is_multipart()]
    pictures, left_out = _attached(parts)
    named = getaddresses(header(message, "To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"))
    return Incoming(
        message_id=" ".join(header(message, "Message-ID")[:1]).strip()[:500],
        sender=senders[0].strip(), automatic=automatic_because(message), text=without_tail(_words(parts)),
        results=tuple(header(message, "Authentication-Results")),
        recipients=tuple(address for _name, address in named if address), pictures=pictures, left_out=left_out,
    )  # fmt: skip


def header(message: EmailMessage, *names: str) -> list[str]:
    """All values of these headers, in their order, unfolded."""
    return [" ".join(str(value).split()) for name in names for value in message.get_all(name, [])]


def _words(parts: list[EmailMessage]) -> str:
    """The plain text; where there is none, that of the HTML."""
    for kind, made in (("text/plain", str), ("text/html", words_of_html)):
        for part in parts:
            if part.get_content_type() == kind and not _is_attached(part):
                text = made(_decoded(part))[:WORDS].replace("\0", "")
                if text.strip():
                    return text
    return ""


def _decoded(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    try:
        return raw.decode(part.get_content_charset("utf-8") or "utf-8", "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def _attached(parts: list[EmailMessage]) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """Pictures that may be kept, and the names of what is left out."""
    pictures: list[Picture] = []
    left_out: list[str] = []
    for part in parts:
        kind, name = part.get_content_type(), (part.get_filename() or "")[:100]
        if not _is_attached(part) and not kind.startswith("image/"):
            continue
        content = part.get_payload(decode=True)
        fits = isinstance(content, bytes) and 0 < len(content) <= PICTURE_BYTES and len(pictures) < PICTURES
        if kind.startswith("image/") and isinstance(content, bytes) and fits:
            pictures.append(Picture(name, content))
        elif name:
            left_out.append(" ".join(name.split()))
    return tuple(pictures), tuple(left_out)


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def words_of_html(html: str) -> str:
    """The words of an HTML mail, a line for each block, without what it quotes."""
    tree = LexborHTMLParser("<".join(html[: 4 * WORDS].split("<", MOST_TAGS)[:MOST_TAGS]))
    for node in tree.css(GONE):
        node.decompose()
    for node in tree.css(",".join(sorted(BLOCKS))):
        node.insert_before("\n")
        node.insert_after("\n")
    text = (tree.body or tree.root).text() if tree.root else ""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "\n".join(line for number, line in enumerate(lines) if line or (number and lines[number - 1])).strip()
