"""What is logged while somebody asks: the lines of the house and of its libraries, as an installation writes them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from structlog.testing import capture_logs

from stoa.base.server import logs


class Lines(logging.Handler):
    """Keeps every line, with the trouble that came along."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.INFO)
        self.lines = lines
        self.setFormatter(logs.formatter(terminal=False))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def heard() -> Iterator[list[str]]:
    """The lines of the block, when it is over."""
    lines: list[str] = []
    keeper, root = Lines(lines), logging.getLogger()
    root.addHandler(keeper)
    try:
        with capture_logs() as events:
            yield lines
    finally:
        root.removeHandler(keeper)
        lines += [repr(logs.without_titles(None, "", event)) for event in events]
