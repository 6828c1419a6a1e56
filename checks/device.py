#!/usr/bin/env python3
"""Anonymous, and it fits: a member's own device puts Today in order, and nothing of it leaves the device.

    checks/device.py BINARY [--size phone] [--language nl] [--pictures OUT]

On a demo of its own, in chromium: a reader joins, chooses the level persona, and reads three stories of one subject in the
demo's newspaper. Then Today's row of more to read is another one, in which the first is about that subject; the page of their
subjects says which persona was chosen on this device; the year in review counts the three; erasing takes all of it away. On
these pages the browser sends nothing and asks for nothing but what stands in the page as everybody at that level gets it: no
address depends on what was read. Needs PyPI's playwright and Debian's chromium. Prints one JSON object, exits 1 on a problem:

    {"read": 3, "subject": "film", "persona": "evenings-out", "requests": 61, "problem": null}
"""

import argparse
import html
import json
import os
import shutil
import sys
import tempfile
import urllib.parse

import browser
import harness
import journeys

from playwright.sync_api import Error, sync_playwright

# What the modules themselves ask for; the first is the same for everybody.
OWN = ("/m/device.json", "/m/live", "/sw.js", "/assets/")


class Watched:
    """What a page asked for while it was open."""

    def __init__(self, page):
        self.asked = []
        page.on("request", lambda request: self.asked.append((request.method, request.url, request.post_data or "")))

    def check(self, person, path):
        """Opens one of the member's pages; everything that it asks for stands in it as the server sent it."""
        self.asked.clear()
        answer = person.page.goto(person.base + path, wait_until="load")
        person.expect(answer.status < 400, f"{path} was answered {answer.status}")
        text = html.unescape(answer.text())
        person.page.wait_for_timeout(1_000)
        person.note()
        for method, url, body in self.asked:
            address = url.removeprefix(person.base)
            person.expect(method == "GET" and not body, f"{path} sent {method} {address}")
            known = address == path or address in text or address.startswith(OWN)
            person.expect(known, f"{path} asked for {address}, which does not stand in it")
            if address.startswith("/m/device.json"):
                query = urllib.parse.urlsplit(address).query
                person.expect(query == f"lang={person.language}", f"the lists were asked for with {query}")
        return len(self.asked)


def read(person, address, item):
    """Reads a story to its end, with the clock of the page put forward."""
    page = person.page
    with page.expect_response(lambda answer: answer.url.endswith("/v1/events"), timeout=60_000) as sent:
        page.goto(person.base + address, wait_until="load")
        for place in range(60):
            page.mouse.move(40 + place, 60)
            page.clock.run_for(5_000)
            if page.evaluate("() => performance.getEntriesByType('resource').some(one => one.name.endsWith('/v1/events'))"):
                break
    person.expect(sent.value.status < 400, f"{item} was answered {sent.value.status}")
    page.wait_for_timeout(300)
    person.steps += 1


def row(person):
    return person.page.locator(".more-list h3 a").evaluate_all("all => all.map(one => one.getAttribute('href'))")


def run(person):
    page = person.page
    journeys.join(person, "device@example.org")
    person.open("/m/me/privacy")
    page.locator('form[action="/m/me/level"] input[value="persona"]').check()
    person.press('form[action="/m/me/level"] button')
    watched = Watched(page)
    total = watched.check(person, "/m/")
    before = row(person)
    lists = page.evaluate("async address => (await fetch(address)).json()", f"/m/device.json?lang={person.language}")
    person.expect(lists["personas"], "the demo has no personas")

    # A persona whose list has three stories and then some.
    stories = persona = subject = None
    for one in lists["personas"]:
        subject = one["topics"][0][0]
        found = [lists["items"][place] for place in one["candidates"]]
        found = [item for item in found if item["href"].startswith("/avondpost/") and subject in item["topics"]]
        if len(found) >= 3 + len(before):
            persona, stories = one["id"], found[-3:]
            break
    person.expect(stories, "no persona of the demo has enough stories of one subject")
    page.clock.install()
    page.set_viewport_size({"width": 1280, "height": 9000})
    for item in stories:
        read(person, item["href"], item["id"])
    width, height = browser.SIZES[person.size]
    page.set_viewport_size({"width": width, "height": height})
    page.clock.resume()

    total += watched.check(person, "/m/")
    after = row(person)
    person.expect(page.locator("[data-device-note]").is_visible(), "Today is not put in order on this device")
    person.expect(after != before and len(after) == len(before), f"Today's row stayed: {after}")
    person.expect(not set(after) & {item["href"] for item in stories}, "what was read is suggested again")
    items = {item["href"]: item for item in lists["items"]}
    person.expect(subject in items[after[0]]["topics"], f"the first is not about {subject}: {after[0]}")
    person.expect(page.locator(".more-list .reason").count() == len(after), "a suggestion has no reason")

    total += watched.check(person, "/m/me/subjects")
    name = next(one["name"]["text"] for one in lists["personas"] if one["id"] == persona)
    told = page.locator('[data-part="chosen"]').inner_text()
    person.expect(name in told, f"the persona is not told: {told}")
    total += watched.check(person, "/m/me/year")
    person.expect(page.locator("[data-year]").is_visible(), "the year in review is empty")
    counted = page.locator('[data-part="topics"] td').first.inner_text()
    person.expect(counted == "3", f"the year in review counts {counted}")
    total += watched.check(person, "/m/me/privacy")
    page.locator('[data-part="erase"]').click()
    page.wait_for_function("() => document.querySelector('[data-part=\"said\"]').textContent")
    total += watched.check(person, "/m/me/year")
    person.expect(not page.locator("[data-year]").is_visible(), "something is left after erasing")
    return {"read": len(stories), "subject": subject, "persona": persona, "requests": total}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--size", default="phone", choices=sorted(browser.SIZES))
    parser.add_argument("--language", default="nl")
    parser.add_argument("--pictures")
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("chromium-browser"))
    arguments = parser.parse_args()
    if not arguments.chromium:
        sys.exit("device: there is no chromium (apt install chromium, or --chromium PATH)")
    if arguments.pictures:
        os.makedirs(arguments.pictures, exist_ok=True)
    flags = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    result = {"problem": None}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = os.path.join(folder, "home")
        journeys.command(arguments.binary, "demo", "--people", "30", "--weeks", "1", "--home", home)
        server = harness.Server(arguments.binary, home, ["--demo"]).wait_until_ready()
        chromium = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
        person = journeys.Journey(
            chromium, server.ready["listening"], arguments.size, arguments.language, arguments.pictures, "device")
        try:
            result |= run(person)
            person.end()
        except (harness.Failure, Error) as failure:
            result["problem"] = str(failure).splitlines()[0][:500] + f" (at {person.page.url})"
        chromium.close()
        server.stop()
    json.dump(result, sys.stdout, ensure_ascii=False)
    print()
    sys.exit(1 if result["problem"] else 0)


if __name__ == "__main__":
    main()
