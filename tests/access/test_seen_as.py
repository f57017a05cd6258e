"""See it as…: every page that can be read, asked as each kind of sight, shows no more than that kind of person sees, and breaks nowhere."""

import pytest
from django.test import Client

from stoa.base.live.hub import audible
from stoa.spaces.models import Space
from tests.access import asking
from tests.access.canaries import Watch
from tests.access.kinds import Outcome
from tests.access.rules import ROUTES, UNASKED, VISIBILITIES, expected
from tests.access.world import World

SIGHTS = {"visitor": "anonymous", "newcomer": "member", "member": "space member"}


def sighted(world: World, kind: str, space: Space) -> Client:
    """The steward, who looks after every space of the world, seeing as this kind in this one."""
    browser = asking.client(world, "steward")
    assert browser.post("/sight/", {"kind": kind, "space": space.shown_id}).status_code == 303
    return browser


def watching(world: World, kind: str) -> Watch:
    """What this kind of sight may not meet: what a member may not, but for the private space when it is a member of that."""
    watch = Watch(world, "anonymous" if kind == "visitor" else "member")
    if kind == "member":
        watch.words = [each for each in watch.words if each[1][0] != "private"]
        watch.marks = [each for each in watch.marks if each[1][0] != "private"]
    return watch


@pytest.mark.parametrize("kind", SIGHTS)
def test_no_page_shows_more_than_that_kind_of_person_sees(world: World, kind: str) -> None:
    space = world.spaces["private"]
    browser, wrong, shown, like = sighted(world, kind, space), [], 0, SIGHTS[kind]
    watch = watching(world, kind)
    for rule in ROUTES:
        for visibility in VISIBILITIES if rule.varies else ("public",):
            if "GET" not in rule.methods or rule.route in UNASKED:
                continue
            person = like if kind != "member" or visibility == "private" else "member"
            where = asking.address(rule, world, visibility)
            answer = asking.ask(browser, "GET", where)
            allowed = expected(rule, "GET", person, visibility) is Outcome.OK
            shown += answer.status == 200
            if answer.status >= 500 or (answer.status == 200 and not allowed):
                wrong.append(f"{where}: {answer.status}")
            wrong += watch.sentences(answer.readable, where)
    assert shown > 50
    assert not wrong, "\n".join(wrong)


def test_streams_hear_what_the_sight_sees(world: World) -> None:
    topics = {("talk.topic", world.get("talk.topic", visibility).id) for visibility in VISIBILITIES}
    heard = {}
    for kind in SIGHTS:
        session = sighted(world, kind, world.spaces["private"]).cookies["session"].value
        numbers = {number for _key, number in audible(session, topics)}
        heard[kind] = {each for each in VISIBILITIES if world.get("talk.topic", each).id in numbers}
    assert heard == {
        "visitor": {"public"},
        "newcomer": {"public", "members"},
        "member": {"public", "members", "private"},
    }
