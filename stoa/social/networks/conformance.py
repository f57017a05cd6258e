"""The tests that every connector passes, run over the whole registry (`tests/test_conformance.py` collects them).

Somebody else's connector is tried in the same way: install it, and it is in the registry.
"""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from stoa.social.networks.aging import sources_of
from stoa.social.networks.conforming import (
    SECRETS,
    Tried,
    every_connector,
    every_one_spoken_to,
    every_one_that,
    module_of,
)
from stoa.social.networks.conforming import tried as tried  # pytest finds the fixture by its name here
from stoa.social.networks.counting import STRATEGIES
from stoa.social.networks.protocol import (
    ABILITIES,
    NOT_OFFERED,
    Absent,
    Connector,
    Deletes,
    Gone,
    Line,
    Listens,
    Measures,
    NotSent,
    Published,
    Publishes,
    Reconnect,
    Refused,
    Replies,
    Response,
    Settles,
    TryLater,
    Unknown,
    abilities_of,
)
from stoa.social.networks.registry import connectors
from stoa.social.networks.rehearsing import Reply, lost


@every_connector
def test_it_says_who_it_is(connector: Connector) -> None:
    assert isinstance(connector, Connector)
    assert re.fullmatch(r"[a-z][a-z_]{3,20}", connector.key)
    assert "# " in (connector.folder / "setup.md").read_text()
    assert (connector.folder / "mark.svg").read_text().startswith("<svg ")
    assert connector.tested
    assert connector.tested[-1] not in ".!?"
    assert "\nTested against " in (connector.folder / "setup.md").read_text()


@every_connector
def test_each_limit_has_a_source_and_a_date_and_can_be_counted(connector: Connector) -> None:
    assert connector.rules.text
    for source in sources_of(connector.rules):
        assert source.address
        assert date(2026, 1, 1) <= source.checked
    assert {limit.count for limit in connector.rules.text} <= set(STRATEGIES)
    assert connector.rules.pictures is None or connector.rules.pictures.alt_count in STRATEGIES


@every_connector
def test_each_ability_is_there_or_its_lack_is_explained(connector: Connector) -> None:
    has, lacks = abilities_of(connector), set(connector.lacks)
    assert has | lacks == {ability.__name__.lower() for ability in ABILITIES}
    assert not has & lacks
    assert all(connector.lacks.values())


@every_connector
def test_each_measure_is_offered_or_its_lack_is_explained(connector: Connector) -> None:
    assert len({measure.key for measure in connector.measures}) == len(connector.measures)
    assert all(measure.offered or measure.reason for measure in connector.measures)
    assert {"likes", "replies", "reach"} <= {measure.key for measure in connector.measures}


@every_connector
def test_it_knows_neither_the_framework_nor_another_connector(connector: Connector) -> None:
    module = module_of(connector)
    others = [module_of(other) for other in connectors().values() if other is not connector]
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = set(done.stdout.split())
    assert module in loaded
    assert not {name for name in loaded if name == "django" or name.startswith("django.")}
    assert not loaded & set(others)
    assert not {name for name in loaded if name.startswith("stoa.") and ".models" in name}


@every_one_spoken_to
def test_credentials_never_show_themselves(tried: Tried) -> None:
    shown = repr(tried.granted) + repr(tried.line)
    assert tried.account.id
    assert tried.granted.credentials
    assert not [value for value in tried.granted.credentials.values() if len(value) > 20 and value in shown]


@every_one_spoken_to
def test_wrong_answers_do_not_connect(tried: Tried) -> None:
    secrets = {field.name: "wrong" for field in tried.does.fields if field.kind == "secret"}
    with pytest.raises(Refused) as caught:
        tried.does.connect({**tried.rehearsal.answers, **secrets}, http=tried.http)
    assert caught.value.mend


@every_one_spoken_to
def test_refreshing_opens_the_account_anew(tried: Tried) -> None:
    renewed = tried.does.refresh(over=tried.line)
    made = tried.does.publish(tried.post(), over=Line(tried.http, renewed.credentials))
    assert made.id


@every_one_that(Publishes, keyed=True)
def test_the_same_key_publishes_once(tried: Tried) -> None:
    first = tried.publish(tried.post())
    again = tried.publish(replace(tried.post(), at=datetime(2026, 3, 1, 12, 5, tzinfo=UTC)))
    assert again.id == first.id
    assert first.address.startswith("http")
    assert tried.rehearsal.count() == 1


@every_one_that(Publishes, Settles)
def test_what_was_published_settles_and_what_was_not_is_absent(tried: Tried) -> None:
    made = tried.publish(tried.post())
    assert tried.does.settle(tried.post(), over=tried.line).id == made.id
    assert tried.does.settle(tried.post("Nobody sent this", key="other"), over=tried.line) == Absent()


@every_one_that(Publishes)
@pytest.mark.parametrize(
    "spoiled",
    [lost, lambda: Reply(500), lambda: Reply(502, b"<html>"), lambda: Reply(200, b'{"cut'), lambda: Reply(200, b"{}")],
    ids=["lost", "500", "502", "truncated", "empty"],
)
def test_an_unclear_answer_after_accepting_is_never_taken_for_no(tried: Tried, spoiled: Any) -> None:
    tried.http.after = spoiled
    with suppress(Unknown):
        tried.publish(tried.post())
    if isinstance(tried.does, Settles):
        assert isinstance(tried.does.settle(tried.post(), over=tried.line), Published)
    if tried.does.rules.keyed:
        assert tried.publish(tried.post()).id
    assert tried.rehearsal.count() == 1


@every_one_that(Publishes, Settles)
def test_an_unclear_answer_without_accepting_settles_as_absent(tried: Tried) -> None:
    tried.http.instead = lambda: Reply(503)
    with pytest.raises(Unknown):
        tried.publish(tried.post())
    assert tried.does.settle(tried.post(), over=tried.line) == Absent()


@every_one_spoken_to
def test_a_network_that_cannot_be_reached_is_proven_not_sent(tried: Tried) -> None:
    def refuse() -> Response:
        raise NotSent("Connection refused.")

    tried.http.instead = refuse
    with pytest.raises(NotSent):
        tried.publish(tried.post())
    assert tried.rehearsal.count() == 0


@every_one_spoken_to
def test_patience_is_asked_for_in_seconds(tried: Tried) -> None:
    tried.http.instead = lambda: Reply(429, b'{"error": "RateLimitExceeded"}', {"Retry-After": "7"})
    with pytest.raises(TryLater) as caught:
        tried.publish(tried.post())
    assert caught.value.after == 7
    tried.http.instead = lambda: Reply(429, b"{}")
    with pytest.raises(TryLater) as caught:
        tried.publish(tried.post())
    assert caught.value.after > 0


@every_one_spoken_to
def test_a_closed_session_asks_to_reconnect(tried: Tried) -> None:
    closed = {name: "x" if name in SECRETS else value for name, value in tried.granted.credentials.items()}
    with pytest.raises(Reconnect):
        tried.does.publish(tried.post(), over=Line(tried.http, closed))
    assert tried.rehearsal.count() == 0


@every_one_spoken_to
def test_a_text_beyond_the_limit_is_refused_with_a_mend(tried: Tried) -> None:
    rule = tried.does.rules.text[0]
    limit, letter = rule.at_most, "\u0119" if STRATEGIES[rule.count]("\u0119") == 1 else "x"
    with pytest.raises(Refused) as caught:
        tried.publish(tried.post(letter * (limit + 1)))
    assert caught.value.mend
    assert tried.rehearsal.count() == 0
    tried.publish(tried.post(letter * limit, key="fits"))
    assert tried.rehearsal.count() == 1


@every_one_that(Publishes, Deletes)
def test_deleting_twice_is_fine(tried: Tried) -> None:
    made = tried.publish(tried.post())
    assert tried.does.stands(made.id, over=tried.line)
    for _ in range(2):
        assert tried.does.delete(made.id, over=tried.line).id == made.id
    assert not tried.does.stands(made.id, over=tried.line)
    assert tried.rehearsal.count() == 0


@every_one_that(Replies, Deletes)
def test_an_answer_to_what_is_gone_is_gone(tried: Tried) -> None:
    made = tried.publish(tried.post())
    tried.does.delete(made.id, over=tried.line)
    with pytest.raises(Gone):
        tried.does.reply(replace(tried.post(key="late"), answers=made.id), over=tried.line)


@every_one_that(Listens, Replies)
def test_a_strangers_answer_is_heard_and_answered(tried: Tried) -> None:
    made = tried.publish(tried.post())
    before = tried.does.listen("", over=tried.line)
    theirs = tried.rehearsal.overhear(made.id, "How do I join?")
    heard = tried.does.listen(before.cursor, over=tried.line)
    item = next(item for item in heard.items if item.id == theirs)
    assert (item.kind, item.text, item.in_reply_to, item.root) == ("reply", "How do I join?", made.id, made.id)
    assert item.author.id not in ("", tried.account.id)
    assert item.address.startswith("http")
    again = tried.does.listen(heard.cursor, over=tried.line)
    assert {item.id for item in again.items} <= {item.id for item in heard.items}
    assert not again.more
    assert tried.does.reply(replace(tried.post("Like this", key="answer"), answers=theirs), over=tried.line).id


@every_one_that(Measures)
def test_each_measure_is_read_or_not_offered(tried: Tried) -> None:
    made, gone = tried.publish(tried.post()), tried.publish(tried.post("Soon gone", key="second"))
    if isinstance(tried.does, Deletes):
        tried.does.delete(gone.id, over=tried.line)
    else:  # a person takes it down there
        tried.rehearsal.vanish(gone.id)
    tried.rehearsal.overhear(made.id, "One answer")
    told = tried.does.measure([made.id, gone.id], over=tried.line)
    values = {reading.measure: reading.value for reading in told.readings}
    assert set(values) == {measure.key for measure in tried.does.measures}
    assert {measure.key for measure in tried.does.measures if not measure.offered} <= {
        key for key, value in values.items() if value is NOT_OFFERED
    }
    offered = {measure.key for measure in tried.does.measures if measure.offered}
    assert values["likes"] == (0 if "likes" in offered else NOT_OFFERED)
    assert values["replies"] == (1 if "replies" in offered else NOT_OFFERED)
    assert told.missing == (gone.id,)
