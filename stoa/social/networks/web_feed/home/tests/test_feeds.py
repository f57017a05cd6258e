"""Feeds as a reader meets them, and as the program that writes them does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stoa.base import clock
from stoa.people.tests.makers import make_actor
from stoa.social.networks.web_feed.home import demo
from stoa.social.networks.web_feed.home.actions.entries import Draft, write_entry
from stoa.social.networks.web_feed.home.models import Entry, Picture
from stoa.social.networks.web_feed.home.policy import feeds_key, may_see_key
from stoa.social.networks.web_feed.home.speaking import speakable
from stoa.social.networks.web_feed.home.tests.program import Program, drawn

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MEDIA = {"m": "http://search.yahoo.com/mrss/"}


@pytest.fixture
def guild() -> Program:
    return Program()


@pytest.fixture
def storage(tmp_path: Any, settings: Any) -> None:
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


def atom(handle: str = "guild") -> ElementTree.Element:
    return ElementTree.fromstring(Client().get(f"/feeds/{handle}/atom.xml").content)


def rss(handle: str = "guild") -> ElementTree.Element:
    return ElementTree.fromstring(Client().get(f"/feeds/{handle}/rss.xml").content)


def text(element: ElementTree.Element, path: str) -> str:
    return element.findtext(path, "", ATOM | MEDIA)


def test_an_entry_stands_in_both_feeds_with_its_link(guild: Program) -> None:
    body = {"title": "Zips", "text": "Come & see: https://stoa.test/l/abc\n\nBring <two>.", "language": "en"}
    made = guild.send("POST", "entries", body, key="k1").json()
    tag = guild.feed.tag
    feed = atom()
    entry = feed.find("a:entry", ATOM)
    assert entry is not None
    assert tag.startswith("tag:localhost,")
    assert (text(feed, "a:id"), text(feed, "a:title"), text(feed, "a:subtitle")) == (tag, "The Guild", "What we mend")
    assert text(feed, "a:author/a:name") == "The Guild"
    assert text(entry, "a:id").startswith(f"{tag}/")
    assert text(entry, "a:content") == (
        '<p>Come &amp; see: <a href="https://stoa.test/l/abc">https://stoa.test/l/abc</a></p>\n\n<p>Bring &lt;two&gt;.</p>'
    )
    item = rss().find("channel/item")
    assert item is not None
    assert (text(item, "title"), text(item, "guid"), text(item, "link")) == (
        "Zips",
        text(entry, "a:id"),
        made["address"],
    )
    assert Client().get(made["address"].removeprefix("http://localhost:8000")).status_code == 200


def test_atom_has_all_that_the_standard_asks_for(guild: Program) -> None:
    for number in range(3):
        guild.send("POST", "entries", {"title": f"Entry {number}", "text": "Words"}, key=f"k{number}")
    feed = atom()
    entries = feed.findall("a:entry", ATOM)
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1
            assert text(element, f"a:{name}")
    assert len({text(each, "a:id") for each in entries}) == 3
    links = {each.get("rel"): each.get("href") for each in feed.findall("a:link", ATOM)}
    assert links == {
        "alternate": "http://localhost:8000/feeds/guild/",
        "self": "http://localhost:8000/feeds/guild/atom.xml",
    }


@pytest.mark.usefixtures("storage")
def test_pictures_are_enclosures_with_their_descriptions(guild: Program) -> None:
    stored = [guild.send("POST", "pictures", drawn(each)).json()["id"] for each in ("teal", "red")]
    alts = ['A "green" bench & <lamp>', ""]
    pictures = [{"id": id, "alt": alt} for id, alt in zip(stored, alts, strict=True)]
    made = guild.send("POST", "entries", {"title": "", "text": "", "pictures": pictures}).json()
    entry = atom().find("a:entry", ATOM)
    assert entry is not None
    shown = [each for each in entry.findall("a:link", ATOM) if each.get("rel") == "enclosure"]
    assert [(each.get("title"), each.get("type"), each.get("length")) for each in shown] == [
        (alts[0], "image/png", str(len(drawn("teal")))),
        (None, "image/png", str(len(drawn("red")))),
    ]
    assert 'alt="A &quot;green&quot; bench &amp; &lt;lamp&gt;"' in text(entry, "a:content")
    item = rss().find("channel/item")
    assert item is not None
    assert len(item.findall("enclosure")) == 1
    assert [text(each, "m:description") for each in item.findall("m:content", MEDIA)] == alts
    address = str(shown[0].get("href")).removeprefix("http://localhost:8000")
    answer = Client().get(address)
    assert (answer.content, answer["Content-Type"]) == (drawn("teal"), "image/png")
    assert guild.send("DELETE", f"entries/{made['id']}").status_code == 200
    assert Client().get(address).status_code == 404


@pytest.mark.usefixtures("storage")
@pytest.mark.django_db(transaction=True)
def test_the_file_of_a_picture_goes_with_the_last_entry_that_shows_it(guild: Program) -> None:
    made = []
    for key in ("one", "two"):
        stored = guild.send("POST", "pictures", drawn()).json()["id"]
        body = {"title": key, "pictures": [{"id": stored, "alt": ""}]}
        made.append(guild.send("POST", "entries", body, key=key).json()["id"])
    name = Picture.objects.values_list("stored", flat=True)[0]
    guild.send("DELETE", f"entries/{made[0]}")
    assert default_storage.exists(name)
    guild.send("DELETE", f"entries/{made[1]}")
    assert not default_storage.exists(name)
    assert Picture.objects.count() == 0


@pytest.mark.usefixtures("storage")
@pytest.mark.django_db(transaction=True)
def test_a_picture_that_was_stored_twice_for_one_entry_goes_with_it(guild: Program) -> None:
    for _time in range(2):  # the whole call again, after an answer that was lost
        stored = guild.send("POST", "pictures", drawn()).json()["id"]
        made = guild.send("POST", "entries", {"title": "x", "pictures": [{"id": stored, "alt": ""}]}, key="one").json()
    name = Picture.objects.values_list("stored", flat=True)[0]
    assert Picture.objects.count() == 2
    guild.send("DELETE", f"entries/{made['id']}")
    assert (Picture.objects.count(), default_storage.exists(name)) == (0, False)


@pytest.mark.usefixtures("storage")
@pytest.mark.django_db(transaction=True)
def test_a_picture_that_no_entry_took_is_forgotten_after_a_day(guild: Program) -> None:
    guild.send("POST", "pictures", drawn("teal"))
    name = Picture.objects.values_list("stored", flat=True)[0]
    guild.send("POST", "pictures", drawn("red"))
    assert Picture.objects.count() == 2
    with clock.moved(by=timedelta(hours=25)):
        guild.send("POST", "pictures", drawn("green"))
    assert (Picture.objects.count(), default_storage.exists(name)) == (1, False)


def test_who_has_it_already_is_sent_nothing_until_something_changes(guild: Program) -> None:
    client = Client()
    guild.send("POST", "entries", {"title": "First", "text": "Words"})
    for name in ("atom.xml", "rss.xml"):
        first = client.get(f"/feeds/guild/{name}")
        since = {"if-none-match": first["ETag"], "if-modified-since": first["Last-Modified"]}
        again = client.get(f"/feeds/guild/{name}", headers=since)
        assert (again.status_code, again.content) == (304, b"")
        assert (
            client.get(f"/feeds/guild/{name}", headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
        )
        guild.send("POST", "entries", {"title": f"After {name}", "text": "Words"})
        changed = client.get(f"/feeds/guild/{name}", headers={"if-none-match": first["ETag"]})
        assert changed.status_code == 200
        assert f"After {name}".encode() in changed.content


def test_an_edit_is_the_same_entry_updated(guild: Program) -> None:
    noon = clock.now()
    with clock.pinned(noon):
        made = guild.send("POST", "entries", {"title": "Before", "text": "Old"}, key="k").json()
    before = atom().find("a:entry", ATOM)
    with clock.pinned(noon + timedelta(hours=1)):
        changed = guild.send("PUT", f"entries/{made['id']}", {"title": "After", "text": "New"}).json()
    after = atom().find("a:entry", ATOM)
    assert before is not None
    assert after is not None
    assert (changed["id"], changed["address"]) == (made["id"], made["address"])
    assert (text(after, "a:id"), text(after, "a:published")) == (text(before, "a:id"), text(before, "a:published"))
    assert text(after, "a:updated") > text(before, "a:updated")
    assert (text(after, "a:title"), text(after, "a:content")) == ("After", "<p>New</p>")


def test_what_is_taken_down_is_gone_from_the_feed_and_its_page_says_so(guild: Program) -> None:
    made = guild.send("POST", "entries", {"title": "Soon gone", "text": "Secret words"}, key="k").json()
    path = made["address"].removeprefix("http://localhost:8000")
    assert guild.send("DELETE", f"entries/{made['id']}").status_code == 200
    assert guild.send("DELETE", f"entries/{made['id']}").status_code == 410
    assert atom().findall("a:entry", ATOM) == []
    page = Client().get(path)
    assert page.status_code == 410
    assert "Secret words" not in page.content.decode()
    assert guild.send("POST", "entries", {"title": "Again", "text": "x"}, key="k").status_code == 410
    assert (Entry.objects.get().title, Entry.objects.get().text) == ("", "")


HOSTILE = "\x00\x0b\x1b\ufffe\uffff]]><![CDATA[</content></entry>&bogus;<!--\"'<script>alert(1)</script>"


def test_hostile_words_break_no_feed(guild: Program) -> None:
    body = {
        "title": HOSTILE,
        "text": f"{HOSTILE} https://a.test/\"onclick='x' javascript:alert(1)",
        "language": '\x01">',
    }
    assert guild.send("POST", "entries", body, key="\x02").status_code == 200
    Program("guild", HOSTILE)
    for feed in (text(atom(), "a:entry/a:content"), text(rss(), "channel/item/description")):
        assert "<script" not in feed
        assert 'href="https://a.test/"' in feed
    assert len(atom().findall("a:entry", ATOM)) == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60))
def test_any_words_make_a_feed_that_can_be_read(guild: Program, words: str) -> None:
    words = speakable(words)
    if words.strip():
        write_entry(Draft(words[:200], words, words[:35]), by=guild.feed)
        shown = atom().findall("a:entry", ATOM)[0]
        assert "".join(text(shown, "a:title").split()) == "".join(words.split()) or not words[:80].strip()


def test_the_front_page_names_the_feeds_to_readers(guild: Program) -> None:
    line = '<link rel="alternate" type="application/atom+xml" title="The Guild" href="/feeds/guild/atom.xml">'
    for path in ("/", "/feeds/", "/feeds/guild/"):
        page = Client().get(path).content.decode()
        assert line.partition(' title="')[0] in page.partition("</head>")[0]
        assert "/feeds/guild/atom.xml" in page.partition("</head>")[0]


def test_a_feed_without_entries_and_one_with_many_are_both_fine(
    guild: Program, django_assert_max_num_queries: Any
) -> None:
    assert atom().findall("a:entry", ATOM) == []
    assert "Nothing yet" in Client().get("/feeds/guild/").content.decode()
    for number in range(70):
        write_entry(Draft(f"Entry {number}", "Words"), by=guild.feed)
    with django_assert_max_num_queries(4):
        assert len(atom().findall("a:entry", ATOM)) == 50
    page = Client().get("/feeds/guild/").content.decode()
    assert (page.count("<article"), "Older" in page) == (20, True)


def test_the_key_is_shown_to_those_alone_who_may_connect() -> None:
    assert not may_see_key(make_actor("Ada"))
    assert feeds_key() not in Client().get("/feeds/").content.decode()
    assert Client().get("/feeds/nothing/atom.xml").status_code == 404


def test_the_demo_has_a_feed_and_filling_twice_changes_nothing() -> None:
    assert demo.fill() == demo.fill() == 6
    assert len(atom().findall("a:entry", ATOM)) == 6
