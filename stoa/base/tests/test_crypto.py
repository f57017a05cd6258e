"""Sealed values open only where they stand, with their own key, and a lost key is a state and no crash."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models

from stoa.base import crypto
from stoa.base.crypto import CannotOpen, Sealed, SealedField, Secret, seal, unseal
from stoa.base.rows import Row

PLACE = "base.vault:1:token"


class Vault(Row):
    token = SealedField()
    name = models.CharField(max_length=10, default="")

    class Meta:
        app_label = "base_vaults"


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> Path:
    settings.STOA_DATA = tmp_path
    return tmp_path / "keys"


@pytest.fixture
def vaults(transactional_db: None) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Vault)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Vault)


def test_what_is_sealed_opens_in_its_place_alone(keys: Path) -> None:
    sealed = seal("tøken", PLACE)
    assert unseal(sealed, PLACE) == "tøken"
    assert "ken" not in sealed
    assert sealed != seal("tøken", PLACE)
    for elsewhere in ("base.vault:2:token", "base.vault:1:other", ""):
        with pytest.raises(CannotOpen):
            unseal(sealed, elsewhere)
    key = next(keys.glob("fields-*.key"))
    assert (key.stat().st_mode & 0o777, keys.stat().st_mode & 0o777) == (0o600, 0o700)


def test_any_change_is_noticed() -> None:
    sealed = seal("token", PLACE)
    for at in range(len(sealed) - 2):
        changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
        with pytest.raises(CannotOpen):
            unseal(changed, PLACE)
    for broken in ("", "x", "s1.x", "s1..", "s1.../../secret.x", "s1.0001-aaaa.AAAA", sealed[:-4], sealed + "."):
        with pytest.raises(CannotOpen):
            unseal(broken, PLACE)


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old = seal("token", PLACE)
    key = crypto.make_key()
    assert seal("token", PLACE).split(".")[1] == key != old.split(".")[1]
    assert unseal(old, PLACE) == "token"


def test_a_secret_is_shown_by_nothing() -> None:
    secret = Secret("canary")
    assert "canary" not in f"{secret} {secret!r} {[secret]} {secret:>10} {Sealed(secret, PLACE)!r}"
    assert (secret.reveal(), secret == Secret("canary"), secret == "canary") == ("canary", True, False)
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_a_column_is_sealed_when_saved_and_opened_when_asked(vaults: None) -> None:
    row = Vault(token=Secret("canary"))
    assert row.token.open().reveal() == "canary"
    row.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM base_vaults_vault")
        assert "canary" not in cursor.fetchone()[0]
    again = Vault.objects.get()
    assert again.token.open() == Secret("canary")
    again.name = "x"
    again.save()
    assert Vault.objects.defer("token").get().token.open() == Secret("canary")
    again.refresh_from_db()
    assert again.token.open() == Secret("canary")
    again.token = None
    again.save(update_fields=["token"])
    assert Vault.objects.get().token is None
    with pytest.raises(TypeError):
        Vault.objects.update(token=Secret("canary"))


def test_a_value_moved_to_another_row_is_lost(vaults: None) -> None:
    one, two = Vault.objects.create(token=Secret("a")), Vault.objects.create(token=Secret("b"))
    Vault.objects.filter(id=two.id).update(token=one.token)
    assert Vault.objects.get(id=two.id).token.is_lost
    assert not Vault.objects.get(id=one.id).token.is_lost


def test_rotation_seals_everything_anew_and_counts_what_is_lost(
    vaults: None, keys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(crypto, "sealed_columns", lambda: iter([(Vault, "token")]))
    kept, lost = Vault.objects.create(token=Secret("a")), Vault.objects.create(token=Secret("b"))
    Vault.objects.filter(id=lost.id).update(token=kept.token)
    Vault.objects.create(token=None)
    old = list(keys.glob("fields-*.key"))
    call_command("rotate_keys")
    assert "1 values sealed anew, 1 could not be opened" in capsys.readouterr().out
    old[0].unlink()
    crypto._read.cache_clear()
    assert Vault.objects.get(id=kept.id).token.open() == Secret("a")
    assert Vault.objects.get(id=lost.id).token.is_lost


def test_a_lost_key_file_is_a_state(vaults: None, keys: Path) -> None:
    row = Vault.objects.create(token=Secret("a"))
    for key in keys.glob("fields-*.key"):
        key.unlink()
    crypto._read.cache_clear()
    row = Vault.objects.get(id=row.id)
    assert row.token.is_lost
    row.token = Secret("new")
    row.save()
    assert Vault.objects.get(id=row.id).token.open() == Secret("new")
