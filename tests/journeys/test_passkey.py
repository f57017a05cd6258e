"""Joining without a password: a passkey made by the browser's own authenticator, and signing in with it alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Place
from tests.journeys.test_arriving import confirm, go_through_the_door

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def test_a_newcomer_joins_with_a_passkey_and_signs_in_with_it_alone(place: Place, enter: Enter) -> None:
    newcomer = enter()
    device = newcomer.context.new_cdp_session(newcomer)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    newcomer.goto("/join/")
    newcomer.fill("input[name=name]", "Petra Passkey")
    newcomer.fill("input[name=email]", "petra@example.org")
    newcomer.click("text=Join with a passkey")
    newcomer.wait_for_url(re.compile("/join/confirm/"))
    confirm(newcomer)
    newcomer.goto("/join/door/")
    newcomer.wait_for_url("**/join/passkey/")
    newcomer.click("text=Make a passkey")
    newcomer.wait_for_url(re.compile("/join/door/"))
    go_through_the_door(newcomer)
    newcomer.goto("/sign-out/")
    newcomer.click("main form button[type=submit]")
    newcomer.goto("/sign-in/")
    newcomer.click("text=Sign in with a passkey")
    newcomer.wait_for_url(re.compile(r"^(?!.*/sign-in/).*$"))
    newcomer.goto("/profile/")
    assert newcomer.input_value("input[name=name]") == "Petra Passkey"
