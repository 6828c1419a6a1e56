#!/usr/bin/env python3
"""A clerk at the counter in a real browser: a member's card, a scanner that types, slow fingers, and the camera.

    checks/counter.py SERVER --clerk LINK --member LINK [--chromium PATH]

LINKs are one-time sign-in links. On a phone's width, in chromium: the console leads the clerk to the counter; the code of the
member's card is typed as fast as a scanner types, with the focus anywhere, and the member is shown; the same code again is
refused; slow typing does nothing; and a picture of the card's QR code in a made-up camera (a video that chromium plays) is
read. Prints {"steps", "problems": []} and exits 1 with problems.
"""

import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile
import types

import browser
from playwright.sync_api import Error, expect, sync_playwright

# The card's drawing as grey pixels, 640 by 480, in its middle.
PIXELS = """
() => {
    const svg = document.querySelector('svg.qr'), box = svg.viewBox.baseVal;
    const canvas = document.createElement('canvas');
    canvas.width = 640; canvas.height = 480;
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff'; context.fillRect(0, 0, 640, 480);
    context.translate(140, 60);
    context.scale(360 / box.width, 360 / box.height);
    context.translate(-box.x, -box.y);
    context.fillStyle = '#000'; context.fill(new Path2D(svg.querySelector('path').getAttribute('d')));
    const data = context.getImageData(0, 0, 640, 480).data;
    return Array.from({length: 640 * 480}, (_, i) => data[4 * i]);
}
"""


def code_on(page):
    return page.locator(".code-value").inner_text().replace(" ", "")


def film(pixels, path):
    """A video in Y4M that shows one grey picture: 12 frames."""
    grey = bytes(16 + value * 219 // 255 for value in pixels)
    colour = bytes([128]) * (640 * 480 // 4)
    with open(path, "wb") as file:
        file.write(b"YUV4MPEG2 W640 H480 F12:1 Ip A1:1 C420mpeg2\n")
        for _ in range(12):
            file.write(b"FRAME\n" + grey + colour + colour)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("server", metavar="SERVER")
    parser.add_argument("--clerk", required=True)
    parser.add_argument("--member", required=True)
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser"))
    arguments = parser.parse_args()
    if not arguments.chromium:
        sys.exit("counter: there is no chromium (apt install chromium, or --chromium PATH)")
    flags = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    patience = types.SimpleNamespace(seconds=30)
    steps, problems = 0, []
    server = arguments.server.rstrip("/")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        video = pathlib.Path(folder) / "card.y4m"
        home = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
        member = home.new_context(locale="nl-NL")
        problems += browser.sign_in(member.new_page(), arguments.member, patience)
        card = member.new_page()
        card.goto(server + "/m/card", wait_until="domcontentloaded")
        # The camera's film is named when the browser starts, so the picture is taken before. Its code is read once it
        # is the counter's turn; what the camera says then is compared with what was on the card.
        film(card.evaluate(PIXELS), video)
        filmed = code_on(card)
        counter = playwright.chromium.launch(
            executable_path=arguments.chromium,
            args=flags + ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={video}"])
        width, height = browser.SIZES["phone"]
        context = counter.new_context(
            locale="nl-NL", viewport={"width": width, "height": height}, has_touch=True, permissions=["camera"])
        context.add_init_script(browser.LISTEN)
        try:
            problems += browser.sign_in(context.new_page(), arguments.clerk, patience)
            page = context.new_page()
            found, add = browser.watch(page, {server})
            page.goto(server + "/console/", wait_until="domcontentloaded")
            if not page.url.endswith("/counter"):
                add(f"the clerk was led to {page.url}")
            steps += 1

            # What was filmed first, while its half minute is not over.
            page.locator("[data-camera]").tap()
            result = page.locator("[data-result] [data-outcome]")
            expect(result).to_be_visible(timeout=20_000)
            if result.get_attribute("data-outcome") != "good":
                add(f"the camera's code {filmed} was answered: {result.inner_text()}")
            page.locator("[data-camera]").tap()
            expect(page.locator("[data-view]")).to_be_hidden()
            steps += 1

            def scan(code):
                # On a busy machine keys may come too slowly for a scanner's: nothing was sent then, and it is typed again.
                for last in (False, False, False, True):
                    page.evaluate("() => document.querySelector('[data-result]').replaceChildren()")
                    page.keyboard.type(code)
                    page.keyboard.press("Enter")
                    try:
                        expect(page.locator("[data-result] [data-outcome]")).to_be_visible(timeout=15_000 if last else 4_000)
                        break
                    except AssertionError:
                        if last:
                            raise
                return page.locator("[data-result] [data-outcome]").get_attribute("data-outcome")

            card.reload(wait_until="domcontentloaded")
            while code_on(card) == filmed:
                card.wait_for_timeout(1_000)
                card.reload(wait_until="domcontentloaded")
            code = code_on(card)
            page.locator("main").focus()
            if scan(code) != "good":
                add("a code that a scanner typed was not taken")
            steps += 1
            page.locator("input[name=code]").focus()
            if scan(code) != "bad":
                add("a code was taken twice")
            if page.locator("input[name=code]").input_value():
                add("the scanner's keys stayed in the field")
            steps += 1

            page.evaluate("() => document.querySelector('[data-result]').replaceChildren()")
            page.locator("main").focus()
            page.keyboard.type("ABCDEFGHJ", delay=150)
            page.keyboard.press("Enter")
            page.wait_for_timeout(500)
            if page.locator("[data-result] [data-outcome]").count():
                add("slow fingers were taken for a scanner")
            steps += 1
            wide = page.evaluate(browser.WIDEST)
            if wide:
                add(f"overflow: {wide}")
            for violation in page.evaluate("() => window.__violations || []"):
                add(f"content security policy: {violation}")
            problems += found
        except (Error, AssertionError) as error:
            problems.append(f"browser, step {steps + 1}: {str(error).splitlines()[0][:300]}")
        counter.close()
        home.close()
    json.dump({"steps": steps, "problems": problems}, sys.stdout, ensure_ascii=False)
    print()
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
