"""Logging: structlog, one line an event; JSON when nobody is looking at a terminal. Every line of a request carries its id."""

import logging
import re
import sys
from typing import Any

import structlog

from stoa.base import ids

_title = re.compile(rf"(/[{ids.ALPHABET}]{{{ids.LENGTH}}})-[^/\s\"']+")
_secret = re.compile(
    r"(/(?:newsletters/(?:stops|choices|confirmations)|fetch|notices/stop|join/known)/)[^/\s\"'?]+"
)  # what opens something by itself


def without_titles(_logger: Any, _method: str, event: Any) -> Any:
    """Addresses as they open, without the words of a title behind the id: whoever runs the machine need not read them. And without the
    tokens of those that open to whoever has them."""
    return {name: shortened(said) if isinstance(said, str) else said for name, said in event.items()}


def shortened(said: str) -> str:
    return _secret.sub(r"\1…", _title.sub(r"\1", said))


SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_titles,
]


def formatter(*, terminal: bool) -> logging.Formatter:
    """One line an event: to be read by people at a terminal, else by programs. Tracebacks never show values: some are secrets."""
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if terminal
        else structlog.processors.JSONRenderer()
    )
    tail: list[structlog.typing.Processor] = [] if terminal else [structlog.processors.format_exc_info]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tail, last],
    )


def set_up() -> None:
    """Sends structlog's events and the libraries' own messages to standard error in one form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(terminal=sys.stderr.isatty()))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("stoa").setLevel(logging.INFO)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
