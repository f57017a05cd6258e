"""Cutting what a mail program adds below a person's words: the quoted letter, the signature, "sent from my telephone".

Answers between quoted lines are kept whole: only what stands below the last words of one's own goes. No pattern looks at more than one
line of at most 300 characters, so that no message can make it slow.
"""

import re

LINE = 300
LINES = 2000  # that are looked at: who answers by mail writes fewer
WROTE = re.compile(
    r"^(?:on|am|le|el|il|em|op|den|w dniu|dne|em|på|dnia|fra)\b.*"
    r"(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał\(a\)|napisał|napsal\(a\))[^:]{0,80}:$",
    re.IGNORECASE,
)
ANY_WROTE = re.compile(
    r"(?=.*\d).*[:：]$"
)  # whatever the language: a line with a date in it that ends with a colon, above a quote
DIVIDER = re.compile(
    r"^[-_\s>]*(?:original message|ursprüngliche nachricht|message d'origine|message original|mensaje original|messaggio originale"
    r"|mensagem original|oorspronkelijk bericht|ursprungligt meddelande|oprindelig meddelelse|wiadomość oryginalna)[-_\s]*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^_{20,}$")
HEAD = re.compile(r"^\*?(?:from|von|de|da|van|från|fra|od)\s?:\*?\s", re.IGNORECASE)
HEAD_NEXT = re.compile(
    r"^\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|para|asunto|inviato|data|a|oggetto|verzonden|aan"
    r"|onderwerp|skickat|till|ämne|sendt|til|emne|wysłano|do|temat)\s?:\*?\s",
    re.IGNORECASE,
)
SENT_FROM = re.compile(
    r"^(?:sent from my |sent from (?:mail|outlook|yahoo|proton)|get outlook for |von meinem .{1,40} gesendet|gesendet (?:von|mit) "
    r"|envoyé de mon |envoyé depuis |enviado desde |inviato da |enviado do meu |verzonden vanaf |skickat från |sendt fra |wysłane z )",
    re.IGNORECASE,
)


def without_tail(text: str) -> str:
    """One's own words."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:LINES]
    lines = lines[: next((number for number in range(len(lines)) if _ends_at(lines, number)), len(lines))]
    while lines and (not lines[-1].strip() or _is_quoted(lines[-1])):
        lines.pop()
    while lines and SENT_FROM.match(lines[-1].strip()[:LINE]):
        lines.pop()
        while lines and not lines[-1].strip():
            lines.pop()
    return "\n".join(lines).strip()


def _ends_at(lines: list[str], number: int) -> bool:
    """Whether one's own words end above this line."""
    line = lines[number].strip()[:LINE]
    if lines[number].rstrip() == "--" or lines[number] == "-- " or DIVIDER.match(line):
        return True
    if RULE.match(line) or HEAD.match(line):
        return _heads_follow(lines, number)
    starts = _attribution(lines, number)
    return bool(starts and _only_quoted_below(lines, number + starts))


def _attribution(lines: list[str], number: int) -> int:
    """How many lines from here on say who wrote what is quoted below: up to three, as mail programs wrap them; 0: none."""
    if not lines[number].strip() or _is_quoted(lines[number]):
        return 0
    for count in (1, 2, 3):
        together = [each.strip() for each in lines[number : number + count]]
        if not all(together):
            return 0
        said = " ".join(together)[:LINE]
        if WROTE.match(said):
            return count
        below = next((each for each in lines[number + count :] if each.strip()), "")
        if ANY_WROTE.match(said) and _is_quoted(below) and (count == 1 or number == 0 or not lines[number - 1].strip()):
            return count
    return 0


def _heads_follow(lines: list[str], number: int) -> bool:
    """A block of mail headers, as Outlook puts above what it quotes."""
    near = [each.strip()[:LINE] for each in lines[number : number + 8]]
    return any(HEAD.match(each) for each in near) and sum(bool(HEAD_NEXT.match(each)) for each in near) >= 2


def _only_quoted_below(lines: list[str], number: int) -> bool:
    """Whether nothing of one's own comes after: all of it is quoted, or none of it bears a mark of quoting at all."""
    below = [each for each in lines[number:] if each.strip()]
    return all(_is_quoted(each) for each in below) or not any(_is_quoted(each) for each in below)


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith((">", "|>"))
