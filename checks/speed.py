#!/usr/bin/env python3
"""What pages weigh, as a phone's browser with an empty cache loads them.

    checks/speed.py URL PATH [PATH...] [--sign-in LINK...] [--reads 20]

For each path: bytes over the network (headers and all files included), the time to the first byte (median of READS warm reads;
printed, never judged), layout shift up to two seconds after loading, style sheets that hold up the first paint, and whether
every file of ours may be cached for ever. Needs PyPI's playwright and Debian's chromium. Prints one JSON object:

    {"pages": [{"path", "bytes", "first_byte_ms", "shift", "stylesheets", "uncached": []}]}
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import urllib.parse

import browser

from playwright.sync_api import sync_playwright

SHIFT = """
window.__shift = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.__shift += entry.value; })
    .observe({type: 'layout-shift', buffered: true});
"""


def weigh(chromium, session, url, reads):
    width, height = browser.SIZES["phone"]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, is_mobile=True, has_touch=True, storage_state=session,
        service_workers="block", timezone_id="Europe/Amsterdam")
    context.add_init_script(SHIFT)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    loaded, uncached = [], []
    network.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))

    def seen(response):
        path = urllib.parse.urlsplit(response.url).path
        if path.startswith("/assets/") and "immutable" not in (response.headers.get("cache-control") or ""):
            uncached.append(path)

    page.on("response", seen)
    page.goto(url, wait_until="load")
    browser.settle(page, 30, 0.5)
    page.wait_for_timeout(2_000)
    shift = page.evaluate("() => window.__shift")
    sheets = page.evaluate("() => document.querySelectorAll('link[rel=stylesheet]:not([media=print])').length")
    total = sum(loaded)
    waits = []
    for _ in range(reads):
        page.goto(url, wait_until="load")
        timing = page.evaluate(
            "() => { const one = performance.getEntriesByType('navigation')[0]; return one.responseStart - one.requestStart; }")
        waits.append(timing)
    context.close()
    return {
        "path": urllib.parse.urlsplit(url).path, "bytes": int(total),
        "first_byte_ms": round(statistics.median(waits), 1) if waits else None, "shift": round(shift, 4),
        "stylesheets": sheets, "uncached": uncached,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--sign-in", action="append", default=[])
    parser.add_argument("--reads", type=int, default=20)
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("chromium-browser"))
    arguments = parser.parse_args()
    if not arguments.chromium:
        sys.exit("speed: there is no chromium (apt install chromium, or --chromium PATH)")
    flags = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
        context = chromium.new_context()
        problems = []
        for link in arguments.sign_in:
            problems += browser.sign_in(context.new_page(), link, argparse.Namespace(seconds=30))
        session = context.storage_state()
        context.close()
        pages = [weigh(chromium, session, arguments.url + path, arguments.reads) for path in arguments.paths]
        chromium.close()
    json.dump({"pages": pages, "problems": problems}, sys.stdout)
    print()
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
