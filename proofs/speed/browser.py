"""What a browser meets on its first visit: requests, bytes on the way, when the largest thing stood, how much moved."""

from typing import Any

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
WATCH = """
window.__seen = {lcp: 0, shift: 0};
new PerformanceObserver(list => { for (const e of list.getEntries()) window.__seen.lcp = e.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.__seen.shift += e.value; })
  .observe({type: "layout-shift", buffered: true});
"""
LATER = ("font", "image")


def first_visits(addresses: dict[str, str], times: int) -> dict[str, list[dict[str, Any]]]:
    """Each address `times` times, in turn, in a fresh profile each."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in addresses}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        for _ in range(times):
            for name, address in addresses.items():
                found[name].append(visit(browser, address))
        browser.close()
    return found


def visit(browser: Any, address: str) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    wire: dict[str, float] = {}
    kinds: dict[str, str] = {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"].lower()}))
    session.on("Network.loadingFinished", lambda event: wire.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    seen = page.evaluate("window.__seen")
    context.close()
    return {
        "requests": len(wire),
        "bytes": sum(size for number, size in wire.items() if kinds.get(number) not in LATER),
        "script_bytes": sum(size for number, size in wire.items() if kinds.get(number) == "script"),
        "lcp": seen["lcp"],
        "shift": seen["shift"],
    }
