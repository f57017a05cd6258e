"""Looking at pages of strangers, on a real server of ours that is as hostile as we can make it: what is kept, what is not, and when it is
tried again."""

import gzip
import io
import struct
import time
import zlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from stoa.base import clock, elsewhere
from stoa.base.elsewhere import fetching, look_at
from stoa.base.elsewhere.fetching import Found, NotNow, found_at, picture_at
from stoa.base.http import Answer, GuardedClient
from stoa.base.models import BarredHost, FactRow, File, Linking, OptionRow, PageElsewhere
from stoa.base.tests.hostile_pages import Stranger, moved, og, packed, page, stranger
from stoa.base.work.claim import Fenced

pytestmark = pytest.mark.django_db
HOME = "https://kettle.example"
State = PageElsewhere.State


class Led(GuardedClient):
    """The guarded client, led to the stranger where it would go to their name: everything else is as it is."""

    there = ""

    def request(self, method: str, url: str, **given: Any) -> Answer:
        answer = super().request(method, url.replace(HOME, self.there), **given)
        return Answer(answer.status, answer.headers, answer.body, answer.url.replace(self.there, HOME))


@pytest.fixture
def there(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stranger]:
    with stranger() as made:
        settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{made.port}"]
        led = type("LedThere", (Led,), {"there": made.at("")})
        monkeypatch.setattr(fetching, "outside", lambda **given: led(trusted=True, seconds=1.0, **given))
        yield made


@pytest.fixture
def wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some text that every member may read links to every page (talk's tests have real ones)."""
    monkeypatch.setattr(fetching.things, "rows", lambda references, to: {("any", 1): object()})


def make_page(path: str = "/", **given: Any) -> PageElsewhere:
    return PageElsewhere.objects.create(
        address=HOME + path, host="kettle.example", due_at=clock.now(), fence=1, **given
    )


def looked_at(row: PageElsewhere) -> PageElsewhere:
    PageElsewhere.objects.filter(id=row.id).update(fence=1)
    look_at(row.id, 1)
    return PageElsewhere.objects.get(id=row.id)


def picture(width: int = 600, height: int = 300, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it has so many pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9000)) + chunk(b"IEND", b"")
    )


def test_a_page_is_asked_once_plainly_and_its_words_and_a_small_picture_are_kept(there: Stranger, wanted: None) -> None:
    there.paths = {"/k": page(og("Kettles", "Mended", "/p.png", "The Guild")), "/p.png": packed(picture(), "image/png")}
    row = looked_at(make_page("/k"))
    assert (row.state, row.title, row.description, row.site) == (State.FOUND, "Kettles", "Mended", "The Guild")
    assert (row.asked_at, row.due_at, row.lease_until) == (row.asked_at, None, None)
    assert (row.expires_at - row.asked_at + timedelta(seconds=1)).days == 30  # type: ignore[operator]
    kept = File.objects.get(thing_key="base.page_elsewhere", thing_id=row.id)
    assert (kept.id, kept.owner_id, kept.media_type) == (row.picture_id, None, "image/webp")
    assert (row.width, row.height, kept.width, kept.height) == (320, 160, 320, 160)
    assert there.asked == ["/k", "/p.png"]
    for each in there.heard:
        lower = each.lower()
        assert b"user-agent: stoa (+" in lower
        assert not any(name in lower for name in (b"cookie", b"referer", b"authorization", b"accept-language"))
    assert FactRow.objects.get(name="base.page_found").content == {"page": row.id}


def test_what_has_no_words_for_a_card_is_nothing_and_is_left_for_a_week(there: Stranger, wanted: None) -> None:
    row = looked_at(make_page("/missing"))
    assert (row.state, row.title, row.due_at) == (State.NOTHING, "", None)
    assert (row.expires_at - row.asked_at + timedelta(seconds=1)).days == 7  # type: ignore[operator]
    assert not FactRow.objects.filter(name="base.page_found").exists()


@pytest.mark.parametrize(
    "answer",
    [
        page("<title>x</title>", kind="application/pdf"),
        page("<title>x</title>", kind=""),
        page("<title>x</title>", status="404 Not Found"),
        page("<title>x</title>", status="401 Unauthorized"),
        page(""),
        packed(b"", "text/html"),
        packed(gzip.compress(b"x" * 60_000_000), "text/html", "Content-Encoding: gzip\r\n"),
    ],
)
def test_what_is_no_page_for_a_card(there: Stranger, answer: bytes) -> None:
    there.paths = {"/": answer}
    assert found_at(HOME + "/") is None


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"not http at all", page("<title>x</title>", status="500 Oops"), page("<title>x</title>", status="429 Too Many"),
        packed(b"nonsense", "text/html", "Content-Encoding: gzip\r\n"), packed(b"x", "text/html", "Content-Encoding: br\r\n"),
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<title>cut",
    ],
)  # fmt: skip
def test_what_is_looked_at_again_on_another_day(there: Stranger, answer: bytes) -> None:
    there.paths = {"/": answer}
    with pytest.raises(NotNow):
        found_at(HOME + "/")


def test_a_server_that_drips_is_left_in_time(there: Stranger) -> None:
    there.paths = {"/": there.drips}
    began = time.monotonic()
    with pytest.raises(NotNow):
        found_at(HOME + "/")
    assert time.monotonic() - began < 4


def test_of_an_endless_page_and_of_one_with_a_huge_head_the_beginning_is_read(there: Stranger) -> None:
    there.paths = {
        "/endless": there.flows(b"<title>Without an end</title>"),
        "/late": page("<!--" + "x" * 10_000_000 + "--><title>Too late</title>"),
        "/early": page("<title>Early</title><!--" + "x" * 10_000_000 + "-->"),
    }
    assert found_at(HOME + "/endless") == Found(fetching.Said("Without an end"), None)
    assert found_at(HOME + "/late") is None
    assert found_at(HOME + "/early") == Found(fetching.Said("Early"), None)


def test_redirects_are_followed_three_times_and_a_circle_ends(there: Stranger) -> None:
    there.paths = {
        "/a": moved("/b"),
        "/b": moved("/c"),
        "/c": moved("/d"),
        "/d": page("<title>There</title>"),
        "/o": moved("/o"),
    }
    assert found_at(HOME + "/a") == Found(fetching.Said("There"), None)
    assert found_at(HOME + "/o") is None
    assert there.asked == ["/a", "/b", "/c", "/d", "/o", "/o", "/o", "/o"]


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1:{port}/in", "http://[::1]:{port}/in", "http://169.254.169.254/latest/meta-data/", "http://localhost:{port}/in",
           "http://0.0.0.0:{port}/in", "file:///etc/passwd", "gopher://127.0.0.1/", "http://a:b@127.0.0.1:{port}/in", "http://10.0.0.1/in"],
)  # fmt: skip
def test_a_redirect_into_our_network_is_not_followed(there: Stranger, to: str) -> None:
    """`there` may be called as a trusted peer; what stands at another port of this machine may not."""
    with stranger() as inside:
        inside.paths = {"/in": page("<title>Inside</title>")}
        there.paths = {"/": moved(to.format(port=inside.port))}
        assert found_at(HOME + "/") is None
        assert inside.heard == []


def test_the_worker_itself_calls_no_address_of_this_machine() -> None:
    with stranger() as inside:
        assert found_at(inside.at("/")) is None
        assert picture_at(inside.at("/p.png")) is None
        assert inside.heard == []


@pytest.mark.parametrize("to", ["/users/sign-in/confirm", "/login", "/page?token=1"])
def test_a_page_that_leads_to_where_we_would_not_go_has_no_card(there: Stranger, to: str) -> None:
    there.paths = {"/": moved(to), to: page("<title>Sign in</title>")}
    assert found_at(HOME + "/") is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (bomb(30_000), "image/png"),
        (bomb(3_600), "image/png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml"),
        (b"<html>", "image/png"),
        (picture(), "text/html"),
        (picture() + b"\0" * 4_000_000, "image/png"),
        (b"", "image/png"),
    ],
)
def test_a_card_does_without_a_picture_that_is_none_or_a_bomb(there: Stranger, content: bytes, kind: str) -> None:
    there.paths = {"/": page(og("Title", picture="/p.png")), "/p.png": packed(content, kind)}
    assert found_at(HOME + "/") == Found(fetching.Said("Title", "", "", HOME + "/p.png"), None)


def test_who_does_not_answer_is_tried_three_times_more_ever_later(there: Stranger, wanted: None) -> None:
    there.paths = {"/": page("", status="503 Later")}
    row, waits = make_page(), []
    for _number in range(4):
        row = looked_at(row)
        waits.append(row.due_at and round((row.due_at - clock.now()).total_seconds() / 60))
    assert waits == [2, 30, 360, None]
    assert (row.state, row.failures, row.trouble) == (State.FAILED, 4, "status 503")
    assert round((row.expires_at - clock.now()).total_seconds() / 3600) == 24  # type: ignore[operator]


def test_a_card_stays_while_its_page_does_not_answer_and_changes_when_it_does(there: Stranger, wanted: None) -> None:
    there.paths = {"/": page(og("Before", picture="/p.png")), "/p.png": packed(picture(), "image/png")}
    row = looked_at(make_page())
    first = row.picture_id
    there.paths = {"/": page("", status="503 Later")}
    for _number in range(4):
        row = looked_at(row)
    assert (row.state, row.title, row.picture_id) == (State.FOUND, "Before", first)
    there.paths = {"/": page("<title>After</title>")}
    row = looked_at(row)
    assert (row.state, row.title, row.picture_id, row.width) == (State.FOUND, "After", None, None)
    assert not File.objects.filter(thing_id=row.id).exists()


def test_a_host_is_asked_ten_times_a_minute_and_then_waits(there: Stranger, wanted: None) -> None:
    there.paths = {f"/{number}": page(f"<title>Page {number}</title>") for number in range(12)}
    rows = [looked_at(make_page(f"/{number}")) for number in range(12)]
    assert [row.state for row in rows] == [State.FOUND] * 10 + [State.WAITING] * 2
    assert len(there.asked) == 10
    assert all(row.due_at and row.failures == 0 for row in rows[10:])


def test_nothing_is_asked_when_nothing_open_links_there_or_cards_are_off_or_the_host_is_barred(
    there: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.paths = {"/": page("<title>Hello</title>")}
    row = make_page()
    Linking.objects.create(page=row, thing_key="test.closed", thing_id=5)
    assert (looked_at(row).state, looked_at(row).due_at) == (State.WAITING, None)
    monkeypatch.setattr(fetching.things, "rows", lambda references, to: {("any", 1): object()})
    barred = BarredHost.objects.create(host="example")
    assert looked_at(row).state == State.WAITING
    barred.delete()
    OptionRow.objects.create(key="base.link_cards", value=False, at=clock.now())
    assert looked_at(row).state == State.WAITING
    OptionRow.objects.all().delete()
    assert looked_at(row).state == State.FOUND
    assert there.asked == ["/"]


def test_what_was_dropped_while_it_was_looked_at_stays_dropped(
    there: Stranger, wanted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.paths = {"/": page(og("Title", picture="/p.png")), "/p.png": packed(picture(), "image/png")}
    row = make_page()
    asked = fetching.found_at

    def meanwhile(address: str) -> Found | None:
        found = asked(address)
        PageElsewhere.objects.filter(id=row.id).update(state=State.DROPPED)
        return found

    monkeypatch.setattr(fetching, "found_at", meanwhile)
    with pytest.raises(Fenced):
        look_at(row.id, 1)
    row.refresh_from_db()
    assert (row.state, row.title) == (State.DROPPED, "")
    assert not File.objects.exists()
    assert not FactRow.objects.filter(name="base.page_found").exists()


def test_pages_to_which_nothing_links_are_forgotten_with_their_pictures(there: Stranger, wanted: None) -> None:
    there.paths = {"/": page(og("Title", picture="/p.png")), "/p.png": packed(picture(), "image/png")}
    lone, dropped, linked = looked_at(make_page()), make_page("/d", state=State.DROPPED), make_page("/l")
    Linking.objects.create(page=linked, thing_key="talk.topic", thing_id=5)
    elsewhere.forget_unlinked()
    assert PageElsewhere.objects.count() == 3
    with clock.moved(by=timedelta(days=3)):
        elsewhere.forget_unlinked()
    assert set(PageElsewhere.objects.values_list("id", flat=True)) == {dropped.id, linked.id}
    assert not File.objects.filter(thing_id=lone.id).exists()
    elsewhere.unlink([5])
    assert not Linking.objects.exists()
