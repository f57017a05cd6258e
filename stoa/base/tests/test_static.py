"""What collectstatic makes of our style sheets, and the fonts' place in a page."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage

from stoa.base import fonts
from stoa.base.server.one_sheet import ENTRIES, MODULES, bundled

CSS = Path(fonts.__file__).parent / "static"


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_faces_sheet_is_one_file_with_every_layer_in_it(entry: str) -> None:
    storage, path = bundled({entry: (StaticFilesStorage(location=str(CSS), base_url="/static/"), entry)})[entry]
    whole = storage.open(path).read().decode()
    assert "@import" not in whole
    assert whole.count("{") == whole.count("}")
    for layer in ("reset", "tokens", "base", "components", "faces", "utilities"):
        assert f"@layer {layer} {{" in whole


@pytest.mark.parametrize("entry", MODULES)
def test_a_faces_module_is_one_file_with_what_every_page_needs(entry: str) -> None:
    storage, path = bundled({entry: (StaticFilesStorage(location=str(CSS), base_url="/static/"), entry)})[entry]
    whole = storage.open(path).read().decode()
    assert "behaviours.js" not in whole
    assert "export" not in whole
    assert whole.count("function start()") == whole.count("function keys()") == 1
    assert whole.index("function keys()") < whole.index("function start()") < whole.rindex("start();")
    assert 'import { walk } from "./list.js";' in whole


def test_a_page_names_no_font_until_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path)
    monkeypatch.setattr(settings, "STOA_STATIC", "hashed")
    fonts.is_there.cache_clear()
    assert fonts.links() == ""
    assert fonts.are_coming()
    (tmp_path / fonts.FOLDER).mkdir(parents=True)
    (tmp_path / fonts.FOLDER / fonts.sheet_name()).write_text("")
    assert fonts.links().count('rel="preload"') == 2
    assert not fonts.are_coming()
    fonts.is_there.cache_clear()


def test_every_cut_has_its_own_name_for_ever() -> None:
    names = [name for _face, _signs, name in fonts.cuts()]
    assert len(set(names)) == 4
    assert all(name.rpartition(".woff2")[0][-13] == "." for name in names)
