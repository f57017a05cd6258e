"""What is kept of an answer: enough to show a person what happened, nothing that opens the account."""

from collections.abc import Mapping
from typing import Any

from stoa.social.networks.protocol import Absent, Pending, Prepared, Published, TakenDown, Trouble

LONGEST = 500
SECRET = 6  # shorter values (a port, "true") are no secrets, and would blot out half of what is said


def evidence_of(answer: object, credentials: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The answer as plain JSON, cut short and without the credentials."""
    told = {name: redacted(value, credentials or {}) for name, value in _told(answer).items()}
    return {"answer": type(answer).__name__, **told}


def _told(answer: object) -> dict[str, str]:
    match answer:
        case Published():
            return {"id": answer.id, "version": answer.version, "address": answer.address, "at": str(answer.at)}
        case Pending():
            return {"handle": answer.handle, "after": str(answer.after)}
        case Prepared():
            return {"handle": answer.handle}
        case TakenDown():
            return {"id": answer.id, "said": answer.answer}
        case Absent():
            return {}
        case Trouble():
            mend = getattr(answer, "mend", "")
            return {"said": answer.reason} | ({"mend": mend} if mend else {})
        case _:
            return {"said": str(answer)}


def redacted(text: str, credentials: Mapping[str, str]) -> str:
    """The text without any value of the credentials (their server's address is no secret)."""
    for name, value in credentials.items():
        if len(value) >= SECRET and name not in ("server", "handle"):
            text = text.replace(value, "…")
    return text[:LONGEST]
