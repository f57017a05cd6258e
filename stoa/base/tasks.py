"""Base's clock work."""

from datetime import timedelta

from stoa.base import clock, files
from stoa.base.work import every

UNATTACHED_FOR = timedelta(days=2)


@every(timedelta(hours=1), name="base.files")
def forget_files() -> None:
    """Forgets files that were brought and never used."""
    files.forget_unattached(clock.now() - UNATTACHED_FOR)
