#!/usr/bin/env python3
"""Every page of the demo as pictures: phone and desktop, light and dark.

    checks/screenshots.py BINARY OUT [--home H] [--people 600] [--weeks 2] [--only /m/me] [--language nl]

Makes a demo (or takes the one of --home), serves it, signs in as its reader and as an owner, follows their links to every page
and writes OUT/NAME-phone-light.webp and so on, of the whole page up to 2,400 points, with OUT/README.md as their index.
One of those pages that differ by an identifier only. Pictures of pages that are gone are removed. Needs PyPI's playwright and
Debian's chromium. Prints one JSON object; exits 1 when a page answers with an error or is wider than its window:

    {"pages": 91, "pictures": 364, "bytes": 9000000, "problems": []}
"""

import argparse
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

import browser
import harness

from playwright.sync_api import sync_playwright

TALLEST = 2_400
# What has pages by name: one of them is enough.
NAMED = {"makers", "rewards", "quizzes", "contests", "rules", "challenges", "tiers", "integrations"}
# Doors that no link of a signed-in page leads to.
OPEN = ["/avondpost", "/counter", "/signedout", "/goodbye", "/styleguide", "/signin", "/console/signin"]


def shape(path):
    """A path with a star for each part that is an identifier."""
    parts = path.split("?")[0].strip("/").split("/")
    return "/".join(
        "*" if len(part) > 20 or re.search(r"\d", part) or (before in NAMED and index > 1) else part
        for index, (before, part) in enumerate(zip([""] + parts, parts)))


def crawl(context, base, start):
    """The pages that links lead to from `start`, in the order in which they are found: one of each shape."""
    page = context.new_page()
    found, queue, known, asked = [], [start], {shape(start)}, {}
    while queue:
        path = queue.pop(0)
        answer = page.goto(base + path, wait_until="domcontentloaded")
        if answer.status == 404 and path in asked:
            # One that says nothing without its question.
            path = asked[path]
            answer = page.goto(base + path, wait_until="domcontentloaded")
        landed = urllib.parse.urlsplit(page.url).path
        if shape(landed) != shape(path) and shape(landed) in known:
            continue
        found.append((path, answer.status))
        for link in page.eval_on_selector_all("a[href]", "all => all.filter(a => !a.download).map(a => a.href)"):
            parts = urllib.parse.urlsplit(link)
            if not link.startswith(base) or not (parts.path + "/").startswith(start):
                continue
            # Files.
            if parts.path.endswith(("/export", ".csv", ".json", ".yaml")) or "csv" in parts.query:
                continue
            if shape(parts.path) not in known:
                known.add(shape(parts.path))
                queue.append(parts.path)
                if parts.query:
                    asked[parts.path] = f"{parts.path}?{parts.query}"
    page.close()
    return found


def name_of(path):
    """A file's name for a path."""
    parts = [part if part != "*" else "one" for part in shape(path).split("/") if part]
    return "-".join(parts) or "front"


def shoot(context, url, path):
    """One picture; what is wrong with the page."""
    page = context.new_page()
    try:
        page.goto(url, wait_until="domcontentloaded")
        browser.settle(page, 30, 0.2)
        overflow = page.evaluate(browser.WIDEST)
        height = page.evaluate("() => Math.ceil(document.documentElement.getBoundingClientRect().height)")
        size = page.viewport_size
        session = context.new_cdp_session(page)
        picture = session.send(
            "Page.captureScreenshot",
            {
                "format": "webp", "quality": 60, "captureBeyondViewport": True,
                "clip": {
                    "x": 0, "y": 0, "width": size["width"], "height": min(max(height, size["height"]), TALLEST), "scale": 1
                },
            })
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))
        return [overflow] if overflow else []
    finally:
        page.close()


def index(names):
    """The page that shows them."""
    lines = [
        "# Screenshots", "",
        "Every page of the demo, made by `checks/screenshots.py BINARY docs/screenshots` (with the packages of "
        "`checks/requirements.txt`): do not edit by hand.", "",
        "| Page | Phone | Desktop |", "|---|---|---|",
    ]
    for path, name in names:
        cells = [
            " · ".join(f"[{scheme}]({name}-{size}-{scheme}.webp)" for scheme in ("light", "dark"))
            for size in browser.SIZES
        ]
        lines.append(f"| `{path}` | {cells[0]} | {cells[1]} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("out")
    parser.add_argument("--home", help="a home with the demo; a new one in a temporary folder unless given")
    parser.add_argument("--people", default="600")
    parser.add_argument("--weeks", default="2")
    parser.add_argument("--only", help="only pages whose path starts with this")
    parser.add_argument("--language", default="nl")
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("chromium-browser"))
    arguments = parser.parse_args()
    if not arguments.chromium:
        sys.exit("screenshots: there is no chromium (apt install chromium, or --chromium PATH)")
    with tempfile.TemporaryDirectory() as folder:
        home = arguments.home or os.path.join(folder, "home")
        if not os.path.exists(home):
            subprocess.run(
                [arguments.binary, "demo", "--people", arguments.people, "--weeks", arguments.weeks, "--home", home, "--json"],
                check=True, stdout=subprocess.DEVNULL)
        server = harness.Server(arguments.binary, home, ["--demo"]).wait_until_ready()
        try:
            owner = subprocess.run(
                [arguments.binary, "staff", "create", "--name", "Owner", "--role", "owner", "--home", home, "--json"],
                check=True, stdout=subprocess.PIPE)
            links = [server.ready["member"], json.loads(owner.stdout)["link"]]
            result = pictures(arguments, server.ready["listening"], links)
        finally:
            server.stop()
    json.dump(result, sys.stdout, ensure_ascii=False)
    print()
    sys.exit(1 if result["problems"] else 0)


def pictures(arguments, base, links):
    os.makedirs(arguments.out, exist_ok=True)
    problems, written = [], 0
    flags = ["--disable-dev-shm-usage", "--force-color-profile=srgb", "--hide-scrollbars"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
        context = chromium.new_context(locale=arguments.language, service_workers="block")
        waiting = argparse.Namespace(seconds=30)
        for link in links:
            problems += browser.sign_in(context.new_page(), link, waiting)
        page = context.new_page()
        page.goto(f"{base}/language/{arguments.language}?back=/robots.txt")
        page.close()
        session = context.storage_state()
        pages = crawl(context, base, "/m/") + crawl(context, base, "/console/")
        page = context.new_page()
        for path in OPEN:
            answer = page.goto(base + path, wait_until="domcontentloaded")
            if answer.status == 200:
                pages.append((path, 200))
        context.close()
        names, taken = [], set()
        for path, status in pages:
            if status >= 400:
                problems.append(f"{path}: answered {status}")
                continue
            if not path.startswith(arguments.only or "/") or name_of(path) in taken:
                continue
            taken.add(name_of(path))
            names.append((path, name_of(path)))
        for size, (width, height) in browser.SIZES.items():
            for scheme in ("light", "dark"):
                context = chromium.new_context(
                    viewport={"width": width, "height": height}, device_scale_factor=1, is_mobile=size == "phone",
                    has_touch=size == "phone", color_scheme=scheme, reduced_motion="reduce", locale=arguments.language,
                    timezone_id="Europe/Amsterdam", storage_state=session, service_workers="block")
                for path, name in names:
                    file = os.path.join(arguments.out, f"{name}-{size}-{scheme}.webp")
                    for problem in shoot(context, base + path, file):
                        problems.append(f"{path} {size} {scheme}: {problem}")
                    written += os.path.getsize(file)
                context.close()
        chromium.close()
    if not arguments.only:
        kept = {f"{name}-{size}-{scheme}.webp" for _, name in names for size in browser.SIZES for scheme in ("light", "dark")}
        for file in os.listdir(arguments.out):
            if file.endswith(".webp") and file not in kept:
                os.remove(os.path.join(arguments.out, file))
        # Identifiers are new in each demo; the index is not.
        shown = [("/" + shape(path), name) for path, name in names]
        with open(os.path.join(arguments.out, "README.md"), "w", encoding="utf-8") as file:
            file.write(index(sorted(shown, key=lambda pair: pair[0])))
    return {"pages": len(names), "pictures": len(names) * 4, "bytes": written, "problems": problems}


if __name__ == "__main__":
    main()
