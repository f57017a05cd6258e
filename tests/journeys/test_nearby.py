"""Two windows on one topic: one sees that the other writes, until the reply is there; and not when the other stays out of sight."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]


def test_somebody_is_seen_to_write_until_their_reply_is_there(enter: Enter) -> None:
    reader, writer = enter("tomasz"), enter("amara")
    reader.goto("/topics/")
    address = reader.locator(".row-title a").first.get_attribute("href")
    assert address
    for page in (reader, writer):
        with page.expect_response(lambda answer: "/live?" in answer.url):
            page.goto(address)
    box, line = writer.locator("#reply-form textarea"), reader.locator(".nearby-place")
    box.fill("I have seen this before")
    box.press_sequentially(".")
    expect(line).to_contain_text("is writing…", timeout=20_000)
    writer.locator("#reply-form button.is-main").click()
    expect(reader.locator("#replies")).to_contain_text("I have seen this before.", timeout=20_000)
    expect(line).to_have_text("", timeout=20_000)

    writer.goto("/profile/seen/")
    writer.locator("input[name=seen]").uncheck()
    writer.locator("main button.is-main").click()
    writer.goto(address)
    with writer.expect_response(lambda answer: "/nearby/" in answer.url):
        box.press_sequentially("Once more.")
    said = []
    writer.on(
        "request", lambda asked: said.append(asked.url) if asked.method == "POST" and "/nearby/" in asked.url else None
    )
    box.press_sequentially(" And more.")
    writer.locator("#reply-form button.is-main").click()
    expect(reader.locator("#replies")).to_contain_text("Once more. And more.", timeout=20_000)
    assert said == []
