"""The tests of conformance over real servers, where one can be started anew for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks import conformance
from stoa.social.networks.conforming import Tried
from stoa.social.networks.protocol import Absent
from stoa.social.networks.rehearsing import Rehearsal
from stoa.social.networks.tests.plain_http import PlainHttp
from stoa.social.networks.wordpress.connector import CONNECTOR
from stoa.social.networks.wordpress.tests.realnet import LocalWordPress, install_missing_packages, local_wordpress

pytestmark = pytest.mark.realnet
SHARED = (
    conformance.test_credentials_never_show_themselves,
    conformance.test_wrong_answers_do_not_connect,
    conformance.test_refreshing_opens_the_account_anew,
    conformance.test_the_same_key_publishes_once,
    conformance.test_what_was_published_settles_and_what_was_not_is_absent,
    conformance.test_an_unclear_answer_without_accepting_settles_as_absent,
    conformance.test_a_network_that_cannot_be_reached_is_proven_not_sent,
    conformance.test_a_closed_session_asks_to_reconnect,
    conformance.test_a_text_beyond_the_limit_is_refused_with_a_mend,
    conformance.test_deleting_twice_is_fine,
    conformance.test_an_answer_to_what_is_gone_is_gone,
    conformance.test_a_strangers_answer_is_heard_and_answered,
    conformance.test_each_measure_is_read_or_not_offered,
)


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[LocalWordPress]:
    if "realnet" not in str(request.config.getoption("markexpr", "")):
        pytest.skip("asked for with -m realnet")
    if os.geteuid() == 0:
        install_missing_packages()
    with local_wordpress() as running:
        yield running


def test_an_edited_post_is_found_again_by_its_key_for_real(site: LocalWordPress) -> None:
    """Its name in the address is of its first title; the look has the new words alone."""
    site.empty()
    tried = Tried(CONNECTOR, Rehearsal(PlainHttp(), site.answers(), site.count, site.overhear))
    sent = replace(tried.post(), made_at=datetime.now(UTC), at=datetime.now(UTC))
    made, other = tried.publish(sent), replace(sent, text="Other words for the porch")
    tried.does.edit(made.id, other, over=tried.line)
    assert tried.settled(other, tried.does.settle(other, over=tried.line)).id == made.id
    assert tried.does.settle(replace(other, key="another"), over=tried.line) == Absent()


@pytest.mark.parametrize("behaves", SHARED, ids=lambda each: each.__name__)
def test_wordpress_conforms_for_real(behaves: Any, site: LocalWordPress) -> None:
    site.empty()
    behaves(Tried(CONNECTOR, Rehearsal(PlainHttp(), site.answers(), site.count, site.overhear)))
