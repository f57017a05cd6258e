"""Whether a public page shows a post's words: in its text or in its preview, whatever stands between them."""

import pytest

from stoa.social.publish.comparing import shows

TEXT = "Zips can be saved, and “heels” too.\n\nhttps://stoa.example/l/abcdefgh"


@pytest.mark.parametrize(
    ("page", "there"),
    [
        ("<p>Zips can be <b>saved</b>, and &ldquo;heels&rdquo; too.</p>", True),
        ("<meta property='og:description' content='Zips can be saved, and “heels” too.'>", True),
        ("<a href='https://stoa.example/l/abcdefgh'>stoa.example</a>", True),
        ("<p>ZIPS CAN BE SAVED AND HEELS TOO</p>", True),
        ("<p>Zips can be mended, and heels too.</p>", False),
        ("<script>Zips</script> can be saved, and heels toothless", False),
        ("", False),
    ],
)
def test_the_first_words_or_the_marker_prove_it(page: str, there: bool) -> None:
    assert shows(page, TEXT, "abcdefgh") is there


def test_a_post_without_words_proves_nothing() -> None:
    assert not shows("<p>anything</p>", "", "")
    assert not shows("<p>anything</p>", "https://stoa.example/", "")


def test_words_of_a_script_without_spaces_are_compared_too() -> None:
    assert shows("<p>自転車の修理を教えます。</p>", "自転車の修理を教えます。")
    assert not shows("<p>自転車</p>", "自転車の修理を教えます。")
