"""Forms without scripts: the token in the body counts for every verb, and no verb goes without one."""

import re

from django.test import Client

from tests.access.world import World


def test_a_forms_delete_needs_its_token_and_nothing_else(world: World) -> None:
    topic = world.get("talk.topic", "public")
    closure = f"/topics/{topic.shown_id}/closure/"
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.people["steward"].account)
    page = browser.get(topic.get_absolute_url()).content.decode()
    token = {"csrfmiddlewaretoken": re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]}
    assert browser.post(closure, token).status_code == 303
    assert browser.post(closure, {"_method": "DELETE"}).status_code == 403
    topic.refresh_from_db()
    assert topic.is_closed
    assert browser.post(closure, {"_method": "DELETE", **token}).status_code == 303
    topic.refresh_from_db()
    assert not topic.is_closed


def test_a_get_stays_a_get_whatever_it_says(world: World) -> None:
    topic = world.get("talk.topic", "public")
    browser = Client()
    browser.force_login(world.people["steward"].account)
    assert browser.get(f"/topics/{topic.shown_id}/closure/?_method=DELETE").status_code == 405
    assert (
        browser.get(f"/topics/{topic.shown_id}/closure/", headers={"X-HTTP-Method-Override": "POST"}).status_code == 405
    )
