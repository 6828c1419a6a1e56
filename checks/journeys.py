#!/usr/bin/env python3
"""A newcomer's journeys in a real browser: phone and desktop, three languages.

    checks/journeys.py BINARY [--only member,manager,start] [--sizes phone,desktop] [--languages nl,en,ja] [--pictures OUT]

- `member`: a reader joins by e-mail; a subscriber takes a challenge, earns while looking on, redeems a ticket and shows its QR
  code; a clerk takes the card and the ticket.
- `manager`: a manager changes a rule with its form, mends the mistake that the form shows, tries it on past events, puts it in
  force, sees the first event meet it live, and rolls it back.
- `start`: the owner of an empty server sets it up in its five steps: name, starter programme, first event while looking on, look,
  launch; the next event gives points.

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


# Links of mails that were opened.
SEEN = set()


class Journey:
    """One person's way through the pages, in one browser."""

    def __init__(self, chromium, base, size, language, pictures, name):
        width, height = browser.SIZES[size]
        self.base, self.pictures, self.name, self.steps, self.size = base, pictures, name, 0, size
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
        # A form that is not right is answered with 422.
        problems = [problem for problem in self.problems if "422" not in problem]
        self.expect(not problems, "; ".join(problems))


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


def join(person, address):
    """Joins by mail: asks for a link, opens the letter box, follows the link, presses its button."""
    person.open("/signin")
    person.fill({"address": address})
    person.press("main form button")
    deadline = time.monotonic() + 30
    while True:
        person.page.goto(person.base + "/demo/mail", wait_until="load")
        # The newest is the first.
        links = [one.get_attribute("href") for one in person.page.locator('main a[href*="/signin/"]').all()]
        if links and links[0] not in SEEN:
            break
        person.expect(time.monotonic() < deadline, "no mail came")
        person.page.wait_for_timeout(300)
    SEEN.update(links)
    person.open(links[0])
    person.press("main form button")
    person.expect(urllib.parse.urlsplit(person.page.url).path == "/m/", f"joining led to {person.page.url}")


def member(stage, person, number):
    """A reader from the door to the counter."""
    join(person, f"reader-{number}@example.org")
    # From here on as somebody whom the newspaper's own systems know, and tell about.
    subscriber = f"subscriber-{number}"
    read(stage.server, stage.key, subscriber, f"first-{number}")
    made = command(stage.binary, "members", "link", "--user", subscriber, "--home", stage.home)
    person.open(made["link"])
    person.press("main form button")
    person.open("/m/play")
    person.press('form[action$="/challenges/two-stories/join"] button')
    person.open("/m/")
    # The page stays open while the stories are read.
    for story in ("second", "third"):
        read(stage.server, stage.key, subscriber, f"{story}-{number}")
    person.page.locator(".toast").first.wait_for(timeout=15_000)
    person.note()
    person.open("/m/rewards/open-evening")
    person.press("form.confirm-form button")
    person.expect("/m/redemptions/" in person.page.url, f"redeeming led to {person.page.url}")
    person.open("/m/tickets")
    picture = person.page.locator("p.qr img").first
    person.expect(picture.evaluate("one => one.complete && one.naturalWidth > 0"), "the ticket has no QR code")
    ticket = person.page.locator(".ticket-text").first.inner_text().strip()
    person.open("/m/card")
    card = person.page.locator(".code-value").inner_text().replace(" ", "")

    clerk = stage.person(person, "clerk")
    clerk.open(stage.staff("clerk"))
    clerk.press("main form button")
    clerk.expect(clerk.page.url.endswith("/counter"), f"the clerk was led to {clerk.page.url}")
    for code in (card, ticket):
        clerk.page.locator("input[name=code]").fill(code)
        clerk.page.locator("[data-scan-form] button[type=submit]").click()
        outcome = clerk.page.locator("[data-result] [data-outcome]")
        outcome.wait_for()
        clerk.expect(outcome.get_attribute("data-outcome") == "good", f"a code was answered: {outcome.inner_text()}")
        clerk.note()
        admit = clerk.page.locator('form[action="/counter/ticket"] button')
        if admit.count():
            admit.click()
            clerk.page.wait_for_function("() => !document.querySelector('form[action=\"/counter/ticket\"]')")
            clerk.note()
        clerk.page.evaluate("() => document.querySelector('[data-result]').replaceChildren()")
    clerk.end()
    return person.steps + clerk.steps


RULE = "/console/programme/entry?file=rules%2Fread-to-the-end.yaml"


def manager(stage, person, number):
    """A rule by form: a mistake, its mending, the past, in force, the first hit, and back."""
    person.open(stage.staff("manager"))
    person.press("main form button")
    person.open("/console/programme")
    person.open(RULE)
    person.fill({"when": "event.shaer >= 0.7", "amount": str(20 + number)})
    person.press('main button[value="form"]')
    person.expect(person.page.locator("#field-when-error").count() == 1, "the mistake is not told")
    typed = person.page.locator('main [name="amount"]').input_value()
    person.expect(typed == str(20 + number), "what was typed is gone")
    person.fill({"when": "event.share >= 0.7 && event.seconds >= 20"})
    person.press('main button[value="form"]')
    person.expect(person.page.locator("#field-when-error").count() == 0, "the right value is refused")
    person.open("/console/programme/draft")
    person.press('button[value="backtest"]')
    person.expect("/console/backtests" in person.page.url, f"the back-test led to {person.page.url}")
    person.open("/console/programme/draft")
    person.press('button[value="apply"]')
    person.open("/console/programme/versions")
    versions = person.page.locator('main a[href^="/console/programme/versions/"]')
    numbers = sorted({int(one.get_attribute("href").rsplit("/", 1)[1]) for one in versions.all()})
    person.open("/console/")
    person.page.locator(".stream-state.is-open").wait_for()
    read(stage.server, stage.key, f"somebody-{number}", f"hit-{number}")
    hit = person.page.locator("tr.is-new", has_text="read-to-the-end").first
    hit.wait_for()
    person.expect(str(20 + number) in hit.inner_text(), f"the first hit gave: {hit.inner_text()}")
    person.note()
    person.open(f"/console/programme/versions/{numbers[-2]}")
    person.press("main form.fields button.button")
    person.open(RULE)
    person.expect(person.page.locator('main [name="amount"]').input_value() == "10", "it was not rolled back")
    return person.steps


def start(stage, person, number):
    """An empty server, from the link that it prints at its first start to the first points."""
    home = os.path.join(os.path.dirname(stage.home), f"empty-{number}")
    server = harness.Server(stage.binary, home, []).wait_until_ready()
    try:
        owner = Journey(
            stage.chromium, server.ready["listening"], person.size, person.language, person.pictures, person.name + "-owner")
        owner.open(server.ready["setup"])
        owner.press("main form button")
        owner.expect(owner.page.url.endswith("/console/start/new"), f"the link led to {owner.page.url}")
        # Without a name there is no way on, and what was chosen stays.
        owner.page.locator("form.fields").evaluate("one => { one.noValidate = true }")
        owner.fill({"name": "", "lang-nl": True, "lang-en": True, "lang-ja": True, "zone": "Asia/Tokyo"})
        owner.press("main form.fields button")
        owner.expect(owner.page.locator("#field-name-error").count() == 1, "a missing name is not told")
        owner.expect(owner.page.locator('main [name="zone"]').input_value() == "Asia/Tokyo", "what was chosen is gone")
        owner.fill({"name": "De Krant", "id": "de-krant"})
        owner.press("main form.fields button")
        owner.press('main button[value="newspaper"]')
        owner.expect(owner.page.url.endswith("/console/start/de-krant/event"), f"the starter led to {owner.page.url}")
        owner.press('main button[value="live"]')
        key = owner.page.locator(".secret code").inner_text()
        owner.expect(server.ready["listening"] in owner.page.locator("pre").first.inner_text(), "the sample has another address")
        owner.page.locator(".stream-state.is-open").wait_for()
        read(server, key, "reader-1", "first")
        owner.page.locator("tr.is-new", has_text="article.read").first.wait_for()
        owner.note()
        owner.press('main a[href="/console/start/de-krant/look"]')
        owner.fill({"accent": "#1f5f8b"})
        owner.press('main button[value="preview"]')
        owner.press('main button[value="apply"]')
        owner.press('main a[href="/console/start/de-krant/launch"]')
        owner.fill({"percent": "100"})
        owner.press("main form.fields button")
        owner.press('main a[href="/console/"]')
        owner.page.locator(".stream-state.is-open").wait_for()
        read(server, key, "reader-1", "second")
        hit = owner.page.locator("tr.is-new", has_text="article.read").first
        hit.wait_for()
        owner.expect("10" in hit.inner_text(), f"the first event after the launch gave: {hit.inner_text()}")
        owner.note()
        owner.end()
        return owner.steps
    finally:
        server.stop()


class Stage:
    """A demo that runs, and what the journeys ask of it."""

    def __init__(self, binary, home, server, chromium, pictures):
        self.binary, self.home, self.server, self.chromium, self.pictures = binary, home, server, chromium, pictures
        self.base = server.ready["listening"]
        self.key = command(binary, "keys", "create", "--label", "journeys", "--scope", "events:write", "--home", home)["key"]

    def staff(self, role):
        made = command(self.binary, "staff", "create", "--name", role, "--role", role, "--home", self.home)
        return made["link"]

    def person(self, other, name):
        one = Journey(self.chromium, self.base, other.size, other.language, self.pictures, f"{other.name}-{name}")
        return one


JOURNEYS = {"member": member, "manager": manager, "start": start}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--only", default=",".join(JOURNEYS))
    parser.add_argument("--sizes", default="phone,desktop")
    parser.add_argument("--languages", default="nl,en,ja")
    parser.add_argument("--pictures")
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("chromium-browser"))
    arguments = parser.parse_args()
    if not arguments.chromium:
        sys.exit("journeys: there is no chromium (apt install chromium, or --chromium PATH)")
    if arguments.pictures:
        os.makedirs(arguments.pictures, exist_ok=True)
    flags = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    results = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = os.path.join(folder, "home")
        command(arguments.binary, "demo", "--people", "30", "--weeks", "1", "--home", home)
        document = os.path.join(folder, "programme.yaml")
        exported = subprocess.run(
            [arguments.binary, "programme", "export", "avondpost", "--home", home], stdout=subprocess.PIPE, check=True).stdout
        with open(document, "wb") as file:
            file.write(exported + EXTRA.encode())
        command(arguments.binary, "programme", "apply", document, "--home", home)
        server = harness.Server(arguments.binary, home, ["--demo", "--set", "sign-in-limit-per-hour=1000"]).wait_until_ready()
        chromium = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
        stage = Stage(arguments.binary, home, server, chromium, arguments.pictures)
        number = 0
        for name in arguments.only.split(","):
            for size in arguments.sizes.split(","):
                for language in arguments.languages.split(","):
                    number += 1
                    start = time.monotonic()
                    person = Journey(chromium, stage.base, size, language, arguments.pictures, f"{name}-{size}-{language}")
                    steps, problem = None, None
                    try:
                        steps = JOURNEYS[name](stage, person, number)
                        person.end()
                    except (harness.Failure, Error) as failure:
                        problem = str(failure).splitlines()[0][:500] + f" (at {person.page.url if not person.page.is_closed() else 'the end'})"
                    results.append(
                        {
                            "name": name, "size": size, "language": language, "steps": steps or person.steps,
                            "seconds": round(time.monotonic() - start, 1), "problem": problem,
                        })
        chromium.close()
        server.stop()
    failed = sum(1 for result in results if result["problem"])
    json.dump({"journeys": results, "failed": failed}, sys.stdout, ensure_ascii=False)
    print()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
