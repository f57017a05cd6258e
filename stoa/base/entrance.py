"""The printed one-time address: the way into a new installation, for whoever reads the terminal that it runs in.

The code lies in the data folder's `keys/` (never in the backup) until the organisation is set up.
"""

import secrets
from pathlib import Path

from django.conf import settings
from django.utils.crypto import constant_time_compare

from stoa.base.models.site import site


def _file() -> Path:
    return Path(settings.STOA_DATA) / "keys" / "set-up"


def set_up_address() -> str:
    """The path to open, while nobody has set this place up; else nothing. Makes the code when there is none."""
    if site().set_up_at is not None:
        return ""
    file = _file()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(18))
    return f"/set-up/{file.read_text().strip()}/"


def opens(code: str) -> bool:
    """Whether this code still opens the set-up."""
    file = _file()
    return site().set_up_at is None and file.exists() and constant_time_compare(code, file.read_text().strip())


def is_waiting() -> bool:
    """Whether the set-up was begun by nobody or is not finished: until then nobody else comes in."""
    return _file().exists() and site().set_up_at is None


def was_used(code: str) -> bool:
    """Whether this code opened the set-up that is done."""
    used = _file().with_name("set-up.used")
    return used.exists() and constant_time_compare(code, used.read_text().strip())


def close() -> None:
    """It has been used."""
    if _file().exists():
        _file().rename(_file().with_name("set-up.used"))
