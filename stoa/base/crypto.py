"""Sealing: secrets of others (tokens, passwords of channels) encrypted at rest, each bound to the place where it stands.

    class Channel(Row):
        token = SealedField()

    channel.token = Secret("abc")          sealed when saved
    channel.token.open().reveal()          raises CannotOpen when its key is gone: say "reconnect", do not break
    channel.token.is_lost                  the same as a question

AES-256-GCM with a random nonce; the associated data is (table, row, column), so that a value copied elsewhere opens nowhere.
Keys are files in the data folder's keys/, never in the database or its backup; each value names its key. `stoa rotate_keys`
makes a new key and seals everything anew.
"""

import base64
import hashlib
import hmac
import os
import secrets
from binascii import Error as NotBase64
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.query_utils import DeferredAttribute

VERSION = "s1"
NONCE = 12  # bytes


class CannotOpen(Exception):
    """A sealed value cannot be opened: its key is gone, or it was changed or moved. What it guarded must be connected again."""


class Secret:
    """A text that no log, page or error shows: only `reveal()` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and secrets.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> Any:
        raise TypeError("a secret is not pickled")


def seal(text: str, place: str) -> str:
    """The text sealed with the newest key. `place` ("table:row:column") must be named again to open it."""
    key_id, key = newest_key()
    nonce = os.urandom(NONCE)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), _bound(key_id, place))
    return f"{VERSION}.{key_id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, place: str) -> str:
    """The text of a sealed value. Raises `CannotOpen`."""
    try:
        version, key_id, packed = sealed.split(".")
        content = base64.urlsafe_b64decode(packed.encode())
        if version != VERSION:
            raise CannotOpen("sealed in a way that is not known here")
        return AESGCM(_key(key_id)).decrypt(content[:NONCE], content[NONCE:], _bound(key_id, place)).decode()
    except (ValueError, NotBase64, InvalidTag, OSError):
        raise CannotOpen("its key is gone, or it was changed or moved") from None


def place_of(row: models.Model, column: str) -> str:
    """Where a column's value stands: it opens nowhere else."""
    return f"{row._meta.label_lower}:{row.pk}:{column}"


def newest_key() -> tuple[str, bytes]:
    """The key that seals now: its id and its 32 bytes. The first is made when there is none."""
    found = sorted(path.stem.removeprefix("fields-") for path in _folder().glob("fields-*.key"))
    key_id = found[-1] if found else make_key()
    return key_id, _key(key_id)


def make_key() -> str:
    """Makes a new key, which seals from now on, and gives its id. The old ones still open what they sealed."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    numbers = [int(path.stem.split("-")[1]) for path in folder.glob("fields-*.key")]
    key_id = f"{max(numbers, default=0) + 1:04}-{secrets.token_hex(4)}"
    half = folder / f".{key_id}"
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    half.rename(folder / f"fields-{key_id}.key")
    return key_id


def derived(purpose: str) -> str:
    """24 digits that this installation can always make again from its secret key, for one purpose; nothing is learned from them."""
    return hmac.new(settings.SECRET_KEY.encode(), purpose.encode(), hashlib.sha256).hexdigest()[:24]


def reseal_all() -> tuple[int, int]:
    """Seals every sealed column of every table anew with the newest key. Gives how many were sealed and how many are lost."""
    done = lost = 0
    for model, column in sealed_columns():
        for number in list(model._default_manager.exclude(**{column: None}).values_list("pk", flat=True)):
            with transaction.atomic():
                rows = model._default_manager.select_for_update().filter(pk=number)
                row = rows.first()
                raw = None if row is None else row.__dict__[column]
                if row is None or not raw:
                    continue
                try:
                    text = unseal(raw, place_of(row, column))
                except CannotOpen:
                    lost += 1
                    continue
                rows.update(**{column: seal(text, place_of(row, column))})
                done += 1
    return done, lost


def sealed_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of a `SealedField`."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                yield model, field.attname


class Sealed:
    """What a sealed column gives: opened only on purpose."""

    def __init__(self, raw: "str | Secret", place: str) -> None:
        self.raw = raw
        self.place = place

    def open(self) -> Secret:
        """The secret. Raises `CannotOpen`."""
        return self.raw if isinstance(self.raw, Secret) else Secret(unseal(self.raw, self.place))

    @property
    def is_lost(self) -> bool:
        """Whether it cannot be opened any more."""
        try:
            self.open()
        except CannotOpen:
            return True
        return False

    def __repr__(self) -> str:
        return "Sealed(…)"


class SealedAttribute(DeferredAttribute):
    """The column on a row: takes a `Secret` (or None), gives a `Sealed` (or None)."""

    keeps_what_is_stored = True  # for `standing_rows`: a text of the database is set as it is

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        raw = instance.__dict__.get(self.field.attname) or super().__get__(instance, cls)
        if isinstance(raw, Sealed):
            raw = raw.raw
        return Sealed(raw, place_of(instance, self.field.attname)) if raw else None

    def __set__(self, instance: Any, value: "Secret | Sealed | str | None") -> None:
        instance.__dict__[self.field.attname] = value.raw if isinstance(value, Sealed) else value


class SealedField(models.TextField):  # type: ignore[type-arg]
    """A column whose value is sealed. Empty is None. Queries by its value find nothing, as they should."""

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "null": True, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("null", None)
        options.pop("editable", None)
        return name, path, args, options

    def pre_save(self, instance: models.Model, add: bool) -> str | None:
        raw = instance.__dict__.get(self.attname)
        if isinstance(raw, Secret):
            raw = seal(raw.reveal(), place_of(instance, self.attname))
            instance.__dict__[self.attname] = raw
        return raw

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Secret):
            raise TypeError("a secret is sealed by saving its row")
        return value.raw if isinstance(value, Sealed) else value


def _bound(key_id: str, place: str) -> bytes:
    return f"{VERSION}\0{key_id}\0{place}".encode()


def _folder() -> Path:
    return Path(settings.STOA_DATA) / "keys"


def _key(key_id: str) -> bytes:
    return _read(_folder(), key_id)


@lru_cache(maxsize=64)
def _read(folder: Path, key_id: str) -> bytes:
    if not key_id.replace("-", "").isalnum():
        raise ValueError("not the id of a key")
    return bytes.fromhex((folder / f"fields-{key_id}.key").read_text().strip())
