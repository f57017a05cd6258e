"""Refusals: the one tree of errors that people meet. Each carries a reason that a member understands and the way to mend it."""


class Refusal(Exception):
    """Something was not done. `reason` says why in a sentence, `mend` what to do about it (may be empty)."""

    status = 422

    def __init__(self, reason: str, mend: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


class NotAllowed(Refusal):
    """This person may not do this here."""

    status = 403


class NotPossible(Refusal):
    """The state of things does not permit it: closed, full, over."""

    status = 409


class Invalid(Refusal):
    """What was given is not right. `field` names the part of the form, when one is to blame."""

    status = 422

    def __init__(self, reason: str, mend: str = "", field: str = "") -> None:
        super().__init__(reason, mend)
        self.field = field


class TooMany(Refusal):
    """Too many tries in too short a time."""

    status = 429
