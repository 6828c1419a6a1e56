#!/usr/bin/env python3
"""A newcomer's journeys in a real browser: phone and desktop, three languages.

    checks/journeys.py BINARY [--only member,manager,start] [--sizes phone,desktop] [--languages nl,en,ja] [--pictures OUT]

- `member`: a reader joins by e-mail, takes a challenge, earns while looking on, redeems a ticket and shows its QR code; a clerk
  scans the card and the ticket.
- `manager`: a manager writes a rule with the form, mends the type error that the field shows, tries it on past events, applies it,
  sees the first event meet it live, and rolls it back.
- `start`: an empty database, from the first link to a programme that runs.

Pages are known by their addresses, form fields and roles, never by their words: the same steps in every language. Needs PyPI's
playwright and Debian's chromium. Prints one JSON object and exits 1 when a journey ends early:

    {"journeys": [{"name": "member", "size": "phone", "language": "nl", "steps": 14, "seconds": 8.1, "problem": null}], "failed": 0}
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

import browser
import harness

from playwright.sync_api import Error, sync_playwright

# What the demo gets beside its own: something to join, and something to show at a door.
EXTRA = """
--- # challenges/two-stories.yaml
challenge: two-stories
name: { nl: Twee verhalen, en: Two stories, ja: 二つの記事 }
count: article.read
when: event.share >= 0.7
target: 2
join: member
reward:
  - award: { amount: 200, unit: ink }
why: { nl: Je las twee verhalen., en: You read two stories., ja: 二つの記事を読みました。 }

--- # rewards/open-evening.yaml
reward: open-evening
kind: ticket
name: { nl: Open avond, en: Open evening, ja: 公開の夕べ }
text: { nl: Kom langs op de redactie., en: Come and see the newsroom., ja: 編集部へどうぞ。 }
price: { amount: 100, unit: ink }
stock: 100
holds: 15 minutes
entitlement: ticket.open-evening
"""


class Journey:
    """One person's way through the pages, in one browser."""

    def __init__(self, chromium, base, size, language, pictures, name):
        width, height = browser.SIZES[size]
        self.base, self.pictures, self.name, self.steps = base, pictures, name, 0
        self.context = chromium.new_context(
            viewport={"width": width, "height": height}, is_mobile=size == "phone", has_touch=size == "phone",
            locale=language, timezone_id="Europe/Amsterdam", service_workers="block", reduced_motion="reduce")
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.problems, _ = browser.watch(self.page, {browser.origin(base)})
        self.page.goto(f"{base}/language/{language}?back=/robots.txt")
        self.language = language

    def open(self, path):
        """A page of the server, in the reader's language."""
        answer = self.page.goto(path if "://" in path else self.base + path, wait_until="load")
        self.expect(answer.status < 400, f"{path} was answered {answer.status}")
        self.note()

    def note(self):
        """One more step: what stands there is looked at, and kept as a picture if wanted."""
        self.steps += 1
        if self.page.locator("html[lang]").count():
            language = self.page.locator("html").get_attribute("lang")
            self.expect(language == self.language, f"{self.page.url} is in {language}")
        wide = self.page.evaluate(browser.WIDEST)
        self.expect(not wide, f"{self.page.url}: {wide}")
        if self.pictures:
            self.page.screenshot(path=os.path.join(self.pictures, f"{self.name}-{self.steps:02}.png"), full_page=True)

    def press(self, selector, leads=True):
        """Presses a button or link; with `leads`, waits for the page that it leads to."""
        target = self.page.locator(selector).first
        if leads:
            with self.page.expect_navigation(wait_until="load"):
                target.click()
        else:
            target.click()
        self.note()

    def fill(self, fields):
        """Fills in fields by their names."""
        for name, value in fields.items():
            field = self.page.locator(f'main [name="{name}"]').first
            kind = field.evaluate("one => one.tagName + ':' + (one.type || '')")
            if kind.startswith("SELECT"):
                field.select_option(value)
            elif kind.endswith(("checkbox", "radio")):
                field.set_checked(bool(value))
            else:
                field.fill(value)

    def expect(self, holds, what):
        if not holds:
            raise harness.Failure(what)

    def end(self):
        self.context.close()
        self.expect(not self.problems, "; ".join(self.problems))


def command(binary, *arguments):
    """One command of the command line; what it printed, as JSON."""
    done = subprocess.run([binary, *arguments, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise harness.Failure(f"stamgast {arguments[0]} ended with {done.returncode}: {done.stderr[-500:]}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def read(server, key, subject, identifier):
    """A story that somebody read to its end, as the publisher's server tells it."""
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    event = {
        "specversion": "1.0", "id": identifier, "source": harness.SOURCE, "type": "article.read", "subject": subject,
        "time": moment, "data": {"item": identifier, "share": 0.95, "seconds": 60, "topics": ["klimaat"]},
    }
    answer = server.request(
        "POST", "/v1/events", json.dumps(event),
        {"Authorization": f"Bearer {key}", "Content-Type": "application/cloudevents+json"})
    if answer.status >= 300:
        raise harness.Failure(f"an event was answered {answer.status}: {answer.body[:300]}")
