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


def test_what_opens_something_by_itself_stands_in_no_log() -> None:
    for path in ("/newsletters/stops/", "/newsletters/choices/", "/newsletters/confirmations/", "/notices/stop/"):
        said = {"event": f"Gone: {path}eyJhIjoi:1x-2_y:z9/?a=b", "path": f"{path}eyJhIjoi:1x-2_y:z9/"}
        assert without_titles(None, "warning", said) == {"event": f"Gone: {path}…/?a=b", "path": f"{path}…/"}
    said = {"event": "request.gone", "path": "/fetch/ab:cd-ef/1.jpg"}
    assert without_titles(None, "info", said) == {"event": "request.gone", "path": "/fetch/…/1.jpg"}
    said = {"event": "Not Found: /newsletters/weekly/issues/"}
    assert without_titles(None, "warning", said) == said
