"""What can go wrong outside: two kinds that matter, because one may be tried again and the other may not."""


class Outside(Exception):
    """Something went wrong on the way; the message is for logs and operators, not for members."""


class NotSent(Outside):
    """Proven not done: the name was not resolved, the address refused, or TLS failed, before a byte of the request left."""


class Forbidden(NotSent):
    """Not an address that this client may call. It says no more, so that nobody maps our network by its answers."""


class NoAnswer(Outside):
    """It may have been done: bytes left, and no whole answer came back."""


class TooLarge(NoAnswer):
    """The answer was larger than allowed. `status` is what it began with."""

    def __init__(self, status: int) -> None:
        super().__init__("the answer is too large")
        self.status = status
