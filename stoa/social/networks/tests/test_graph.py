"""What Meta's error objects mean, and how long one waits: each code as the one trouble that it is."""

import json
from typing import Any

import pytest

from stoa.social.networks.calling import Line
from stoa.social.networks.graph import Graph, Twice, patience
from stoa.social.networks.rehearsing import Reply
from stoa.social.networks.tests.small_graph import error, said
from stoa.social.networks.trouble import Expired, Gone, NotSent, Reconnect, Refused, TryLater, Unknown

GRAPH = Graph("Facebook", "https://graph.facebook.com/v25.0")
USAGE = {
    "X-Business-Use-Case-Usage": '{"101": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 19}]}'
}


class Answers:
    """Answers everything alike, and remembers what was asked."""

    def __init__(self, answer: Reply) -> None:
        self.answer, self.asked = answer, list[str]()

    def request(self, method: str, url: str, **sent: Any) -> Reply:
        self.asked.append(f"{method} {url}")
        return self.answer


def line(answer: Reply) -> Line:
    return Line(Answers(answer), {"token": "t", "account": "101"})


def write(answer: Reply) -> Any:
    return GRAPH.write(line(answer), "POST", "101/feed", message="Hello")


@pytest.mark.parametrize(
    ("code", "subcode", "trouble"),
    [
        (190, 0, Reconnect), (190, 460, Reconnect), (190, 463, Expired), (102, 0, Reconnect), (4, 0, TryLater), (17, 0, TryLater),
        (32, 0, TryLater), (613, 0, TryLater), (80_002, 0, TryLater), (9, 2_207_042, TryLater), (9007, 2_207_027, TryLater),
        (100, 0, Refused), (100, 33, Gone), (803, 0, Gone), (24, 2_207_006, Gone), (10, 0, Refused), (200, 0, Refused), (3, 0, Refused),
        (368, 0, Refused), (506, 0, Twice), (36_003, 0, Refused), (1, 0, Unknown), (2, 0, Unknown), (-1, 0, Unknown),
    ],
)  # fmt: skip
def test_each_code_is_the_one_trouble_that_it_is(code: int, subcode: int, trouble: type) -> None:
    with pytest.raises(trouble) as found:
        write(error(code, "Please say it otherwise.", subcode=subcode))
    assert type(found.value) is trouble
    assert code in (190, 9007) or "Please say it otherwise." in found.value.reason
    assert getattr(found.value, "mend", "mended")


def test_an_answer_that_something_passes_is_not_taken_for_a_no() -> None:
    with pytest.raises(Unknown):
        write(error(100, "Try again", is_transient=True))


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("code", [1, 2, 100, 190, 368])
def test_a_five_hundred_proves_nothing_whatever_it_says(status: int, code: int) -> None:
    with pytest.raises(Unknown):
        write(error(code, "An unknown error has occurred", status=status))


def test_reading_is_tried_later_and_storing_is_never_unknown() -> None:
    with pytest.raises(TryLater):
        GRAPH.read(line(Reply(500)), "101")
    with pytest.raises(NotSent):
        GRAPH.store(line(Reply(500)), "101/media", caption="x")
    with pytest.raises(NotSent):
        GRAPH.store(line(said({"id": "1/../2"})), "101/media", caption="x")


def test_it_waits_as_long_as_the_network_reckons() -> None:
    assert patience({"Retry-After": "7", **USAGE}) == 7
    assert patience(USAGE) == 19 * 60
    assert patience({}) == 300
    with pytest.raises(TryLater) as found:
        write(Reply(400, b'{"error": {"code": 32, "message": "(#32) Page request limit reached"}}', USAGE))
    assert found.value.after == 1140


@pytest.mark.parametrize(
    "usage",
    ["", "[]", "null", '{"1": 7}', '{"1": [[]]}', '{"1": [{"estimated_time_to_regain_access": "soon"}]}', "{" * 9000],
)
def test_what_makes_no_sense_is_as_if_it_had_not_been_said(usage: str) -> None:
    assert patience({"X-Business-Use-Case-Usage": usage}) == 300
    assert patience({"X-Business-Use-Case-Usage": '{"1": [{"estimated_time_to_regain_access": 1e300}]}'}) == 86_400


@pytest.mark.parametrize(
    "body",
    [b"[]", b"7", b'{"error": []}', b'{"error": {"code": []}}', b'{"error": {"code": true}}', b"\xff", b"[" * 9000],
)
def test_an_answer_without_sense_is_unknown(body: bytes) -> None:
    with pytest.raises(Unknown):
        write(Reply(400, body))


def test_the_networks_own_addresses_of_further_pages_are_not_followed() -> None:
    page = {
        "data": [{"id": "1"}],
        "paging": {"cursors": {"after": "A"}, "next": "https://evil.example/?access_token=t"},
    }
    over = line(Reply(200, json.dumps(page).encode()))
    assert len(list(GRAPH.pages(over, "101/feed", 2, limit=1))) == 2
    assert over.http.asked == [  # type: ignore[attr-defined]
        "GET https://graph.facebook.com/v25.0/101/feed?limit=1&access_token=t",
        "GET https://graph.facebook.com/v25.0/101/feed?after=A&limit=1&access_token=t",
    ]
