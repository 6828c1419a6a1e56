#!/usr/bin/env python3
"""Opens a plain page of another site with the widget and the gate in it, as a reader who is signed in and as one who is not.

    checks/plain_page.py ARTICLE GATED --sign-in LINK [--chromium PATH]

ARTICLE and GATED are pages of the demo's newspaper. What a reader's pass, the key and the items are is read there; then
docs/examples/wordpress.html is served from an address of its own, under the content security policy that the guide gives, and
looked at on a phone and a desktop, light and dark. It fails on whatever browser.py fails on, and when: the widget or the gate
shows nothing; a cookie is set, or storage holds more than the gate's counts and the widget's one word; following does not
outlast the page; "read without trace" does not outlast a reload, or still says who reads; what comes later moves what
is there. Prints {"looks", "problems": []} and exits 1 with problems.
"""

import argparse
import http.server
import json
import os
import pathlib
import shutil
import sys
import threading
import types
import urllib.parse

import browser
from playwright.sync_api import Error, expect, sync_playwright

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent / "docs" / "examples"

SHIFTS = """
window.__shift = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.__shift += one.value; })
    .observe({type: 'layout-shift', buffered: true});
"""


class Site(http.server.BaseHTTPRequestHandler):
    """A site that serves three files, and knows of us what stands in them."""

    words = {}
    policy = ""

    def do_GET(self):
        name = urllib.parse.urlsplit(self.path).path.lstrip("/")
        guest = name == "guest.html"
        file = EXAMPLES / ("wordpress.html" if name in ("reader.html", "guest.html") else os.path.basename(name))
        if not file.is_file():
            self.send_response(204 if name == "favicon.ico" else 404)
            self.end_headers()
            return
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            if guest:
                text = text.replace(' pass="PASS"', "")
            for word, value in self.words.items():
                text = text.replace(word, value)
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", {"html": "text/html", "css": "text/css"}[file.suffix[1:]] + "; charset=utf-8")
        self.send_header("Content-Security-Policy", self.policy)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def attributes(page, selector):
    return page.locator(selector).first.evaluate(
        "element => Object.fromEntries([...element.attributes].map(one => [one.name, one.value]))")


def look(context, url, own, arguments, is_reader):
    page = context.new_page()
    problems, add = browser.watch(page, own)
    sent = []
    page.on("request", lambda request: sent.append(request) if "/v1/widget" in request.url else None)
    try:
        page.goto(url, wait_until="domcontentloaded", timeout=30_000)
        widget = page.locator("stamgast-widget")
        expect(widget.locator("h2")).to_be_visible(timeout=15_000)
        browser.settle(page, 30, 0.5)
        if not (page.locator("stamgast-gate section h2").count() or page.locator("stamgast-gate > p").first.is_visible()):
            add("the gate shows nothing")
        if context.cookies():
            add(f"cookies: {[one['name'] for one in context.cookies()]}")
        strange = page.evaluate(
            "() => [...Object.keys(localStorage).filter(one => !one.startsWith('stamgast-gate:')), ...Object.keys(sessionStorage)]")
        if strange:
            add(f"storage: {strange}")
        if page.evaluate("() => window.__shift") > 0.05:
            add(f"layout shift of {page.evaluate('() => window.__shift')}")
        wide = page.evaluate(browser.WIDEST)
        if wide:
            add(f"overflow: {wide}")
        page.evaluate(arguments.axe)
        for violation in page.evaluate(browser.AXE):
            add(f"axe: {violation}")
        follow = widget.locator(".pill")
        if follow.count() == 0:
            add("there is no maker to follow")
        elif is_reader:
            before = follow.get_attribute("aria-pressed")
            follow.click()
            after = {"true": "false", "false": "true"}[before]
            expect(follow).to_have_attribute("aria-pressed", after)
            page.reload(wait_until="domcontentloaded")
            expect(widget.locator(".pill")).to_have_attribute("aria-pressed", after, timeout=15_000)
        else:
            if "/m/makers/" not in (follow.get_attribute("href") or ""):
                add("without a pass, following leads nowhere")
        switch = widget.get_by_role("switch")
        switch.focus()
        page.keyboard.press("Space")
        expect(switch).to_have_attribute("aria-checked", "true")
        if not page.evaluate("() => document.querySelector('stamgast-widget').traceless"):
            add("the page is not told that nothing may be kept")
        del sent[:]
        page.reload(wait_until="domcontentloaded")
        expect(widget.get_by_role("switch")).to_have_attribute("aria-checked", "true", timeout=15_000)
        if any("authorization" in request.all_headers() for request in sent):
            add("who reads was said, while it may not be known")
        kept = page.evaluate("() => JSON.stringify(sessionStorage)")
        if kept != '{"stamgast-traceless":"yes"}':
            add(f"the tab keeps {kept}")
        widget.get_by_role("switch").click()
        expect(widget.get_by_role("switch")).to_have_attribute("aria-checked", "false")
        for violation in page.evaluate("() => window.__violations || []"):
            add(f"content security policy: {violation}")
    except (Error, AssertionError) as error:
        add(f"browser: {str(error).splitlines()[0][:300]}")
    page.close()
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("article", metavar="ARTICLE")
    parser.add_argument("gated", metavar="GATED")
    parser.add_argument("--sign-in", required=True)
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser"))
    arguments = parser.parse_args()
    if not arguments.chromium:
        sys.exit("plain_page: there is no chromium (apt install chromium, or --chromium PATH)")
    arguments.axe = browser.axe_source()
    server = browser.origin(arguments.article)
    flags = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    looks, problems = 0, []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
        context = chromium.new_context(locale="nl-NL")
        problems += browser.sign_in(context.new_page(), arguments.sign_in, types.SimpleNamespace(seconds=30))
        page = context.new_page()
        page.goto(arguments.article, wait_until="domcontentloaded")
        known = attributes(page, "stamgast-widget")
        page.goto(arguments.gated, wait_until="domcontentloaded")
        gated = attributes(page, "stamgast-gate")
        context.close()
        Site.words = {
            "SERVER": server, "GATED": gated["item"], "ITEM": known["item"], "KEY": known["key"],
            "PASS": known.get("pass", ""),
        }
        if not Site.words["PASS"]:
            problems.append("the signed-in reader's page has no pass")
        Site.policy = (
            f"default-src 'none'; style-src 'self'; script-src {server}; connect-src {server}; img-src 'self' {server}; "
            "base-uri 'none'; form-action 'none'")
        site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
        threading.Thread(target=site.serve_forever, daemon=True).start()
        # Another name of the same machine is another origin, and another site.
        own = f"http://localhost:{site.server_address[1]}"
        for size, scheme, name in [
            ("phone", "light", "reader"), ("phone", "dark", "guest"), ("desktop", "light", "guest"), ("desktop", "dark", "reader"),
        ]:
            width, height = browser.SIZES[size]
            context = chromium.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, locale="nl-NL", reduced_motion="reduce")
            context.add_init_script(browser.LISTEN + SHIFTS)
            found = look(context, f"{own}/{name}.html", {own, server}, arguments, name == "reader")
            problems += [f"{name} {size} {scheme}: {problem}" for problem in found]
            looks += 1
            context.close()
        chromium.close()
        site.shutdown()
    json.dump({"looks": looks, "problems": problems}, sys.stdout, ensure_ascii=False)
    print()
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
