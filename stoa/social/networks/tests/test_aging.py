"""Rules that nobody has read at their source for half a year are listed."""

from __future__ import annotations

from datetime import date, timedelta

from stoa.social.networks.aging import LONGEST, aged, sources_of
from stoa.social.networks.registry import connectors, get


def test_half_a_year_after_the_newest_reading_every_source_is_listed() -> None:
    newest = max(source.checked for each in connectors().values() for source in sources_of(each.rules))
    found = aged(newest + timedelta(days=LONGEST + 1))
    assert {each.network for each in found} == set(connectors())
    assert [each.days for each in found] == sorted((each.days for each in found), reverse=True)
    assert all(each.source.address in str(each) for each in found)


def test_a_source_is_listed_from_the_day_after_on() -> None:
    rules = get("mastodon").rules
    oldest = min(source.checked for source in sources_of(rules))
    assert aged(oldest + timedelta(days=LONGEST), [get("mastodon")]) == []
    late = aged(oldest + timedelta(days=LONGEST + 1), [get("mastodon")])
    assert {each.days for each in late} == {LONGEST + 1}
    assert {each.source.checked for each in late} == {oldest}


def test_before_anything_was_read_nothing_is_old() -> None:
    assert aged(date(2026, 1, 1)) == []


def test_the_version_of_an_interface_is_listed_before_its_network_stops_serving_it() -> None:
    """A version is served for a year: for its last two months it stands among what somebody must read again."""
    for connector in [each for each in connectors().values() if hasattr(each, "speaks")]:
        version, source = connector.speaks
        assert f"{source.checked:%Y%m}" == version
        assert not [each for each in aged(source.checked + timedelta(days=305), [connector]) if each.version]
        listed = [str(each) for each in aged(source.checked + timedelta(days=306), [connector])]
        assert f"{connector.key}: {source.address} (version {version}) is of {source.checked}, 306 days ago" in listed
    assert hasattr(get("linkedin"), "speaks")
