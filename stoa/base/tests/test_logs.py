"""What the log says."""

from stoa.base import ids
from stoa.base.server.logs import without_titles


def test_an_address_stands_in_the_log_without_the_words_of_its_title() -> None:
    shown = ids.shown(5 << 30)
    said = {"event": f"Not Found: /topics/{shown}-who-is-ill/place/", "path": f"/spaces/{shown}-grief/", "tries": 3}
    assert without_titles(None, "warning", said) == {
        "event": f"Not Found: /topics/{shown}/place/",
        "path": f"/spaces/{shown}/",
        "tries": 3,
    }
