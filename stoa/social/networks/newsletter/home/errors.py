"""Answers when it does not do what was asked: a status and a name for programs, a sentence for people."""

from __future__ import annotations


class Problem(Exception):
    def __init__(self, status: int, name: str, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.name = name
        self.message = message
        self.mend = mend


def not_there(message: str = "There is no such issue.") -> Problem:
    return Problem(404, "NotFound", message)


def taken_down() -> Problem:
    return Problem(410, "Gone", "This issue was taken back before any mail of it went out.")


def not_valid(message: str, mend: str) -> Problem:
    return Problem(422, "Invalid", message, mend)
