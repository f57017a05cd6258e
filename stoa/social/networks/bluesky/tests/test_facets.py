"""Facets point at bytes, and only at what really is a link, a mention or a tag."""

from __future__ import annotations

from stoa.social.networks.bluesky.facets import facets_of

KNOWN = {"guild.test": "did:plc:guild"}


def pieces(text: str) -> list[tuple[str, str]]:
    found = []
    for facet in facets_of(text, lambda handle: KNOWN.get(handle, "")):
        piece = text.encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
        feature = facet["features"][0]
        found.append((piece, feature.get("uri") or feature.get("did") or feature["tag"]))
    return found


def test_offsets_count_bytes_after_multi_byte_text() -> None:
    facets = facets_of("👩🏿‍🚒é #ok", lambda handle: "")
    assert facets[0]["index"] == {"byteStart": 18, "byteEnd": 21}


def test_a_link_ends_before_the_sentence_does() -> None:
    assert pieces("See https://example.org/a_(b). Or (https://example.org/c)!") == [
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("https://example.org/c", "https://example.org/c"),
    ]


def test_a_link_without_a_host_is_text() -> None:
    assert pieces("https:// and https://. ") == []


def test_a_mention_needs_somebody_who_has_the_handle() -> None:
    assert pieces("@guild.test, @Guild.Test and @nobody.test") == [
        ("@guild.test", "did:plc:guild"),
        ("@Guild.Test", "did:plc:guild"),
    ]


def test_an_address_of_mail_mentions_nobody() -> None:
    assert pieces("write to us@guild.test") == []


def test_tags_keep_letters_of_every_script_and_lose_punctuation() -> None:
    assert pieces("#Größe, #修理! #repair_cafe. #2026 ##x #a-b") == [
        ("#Größe", "Größe"),
        ("#修理", "修理"),
        ("#repair_cafe", "repair_cafe"),
        ("#a-b", "a-b"),
    ]


def test_a_tag_longer_than_the_network_takes_is_text() -> None:
    assert pieces("#" + "x" * 64) == [("#" + "x" * 64, "x" * 64)]
    assert pieces("#" + "x" * 65) == []


def test_a_hash_inside_a_link_is_no_tag() -> None:
    assert pieces("https://example.org/page#part") == [("https://example.org/page#part",) * 2]
