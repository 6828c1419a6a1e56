#!/usr/bin/env python3
"""Writes a condition in the console as a person does, by keyboard on a desktop and by touch on a phone.

    checks/expression_field.py ADDRESS LINK [--chromium PATH]

ADDRESS is a running server with the demo's programme, LINK a one-time link of somebody who may read it. Looks at the field of
/console/expression: suggestions by arrow keys, Enter, Escape and touch; that Tab and Enter without a choice do what they
always do; a problem's place and its fix; last week's matches; that a late answer changes nothing; and what it says without
a connection. Every page is held against axe-core with the list open. Prints one JSON object and exits 1 when anything is
wrong:

    {"checks": 24, "problems": []}
"""

import argparse
import json
import os
import shutil
import sys

from browser import AXE, LISTEN, SIZES, WIDEST, axe_source, origin, sign_in, watch

try:
    from playwright.sync_api import Error, sync_playwright
except ImportError:
    sys.exit("expression_field: pip install -r checks/requirements.txt")

FIELD = "#field-when"
PATH = "/console/expression?kind=rule&type=article.read"


class Person:
    """One who writes conditions, and what did not go as it should."""

    def __init__(self, page, address, axe):
        self.page, self.address, self.axe = page, address, axe
        self.checks, self.problems = 0, []
        self.field = page.locator(FIELD)
        self.list = page.get_by_role("listbox")

    def expect(self, what, holds):
        self.checks += 1
        if not holds:
            self.problems.append(f"{what}: {self.field.input_value()!r}")

    def soon(self, what, script, argument=None):
        """That something comes true within some seconds."""
        self.checks += 1
        try:
            self.page.wait_for_function(script, arg=argument, timeout=8_000)
        except Error:
            self.problems.append(f"{what}: {self.field.input_value()!r}")

    def clear(self, text=""):
        self.page.goto(self.address + PATH)
        self.page.wait_for_selector(".cel-box")
        self.field.click()
        if text:
            self.field.press_sequentially(text)

    def opened(self):
        self.soon("the list opens", "() => document.querySelector('.cel-list')?.hidden === false")

    def looks(self, when):
        self.checks += 1
        self.page.evaluate(self.axe)
        found = self.page.evaluate(AXE)
        wide = self.page.evaluate(WIDEST)
        self.problems += [f"{when}: {problem}" for problem in found + ([wide] if wide else [])]

    def by_keyboard(self):
        self.clear("event.sha")
        self.opened()
        self.looks("with the list open")
        self.expect("nothing is chosen yet", self.field.get_attribute("aria-activedescendant") is None)
        self.page.keyboard.press("ArrowDown")
        chosen = self.field.get_attribute("aria-activedescendant")
        self.expect("the arrow chooses", chosen and self.page.locator(f"#{chosen}").get_attribute("aria-selected") == "true")
        self.page.keyboard.press("Enter")
        self.expect("Enter takes what is chosen", self.field.input_value() == "event.share")
        self.page.keyboard.press("Control+z")
        self.expect("it can be undone", self.field.input_value() == "event.sha")
        self.clear("event.sh")
        self.opened()
        self.page.keyboard.press("Escape")
        self.expect("Escape closes", self.list.count() == 0)
        self.page.keyboard.press("Tab")
        self.expect("Tab goes on", self.page.evaluate(f"() => document.activeElement !== document.querySelector('{FIELD}')"))
        self.clear("event.sh")
        self.opened()
        self.page.keyboard.press("Enter")
        self.expect("Enter without a choice is a new line", self.field.input_value() == "event.sh\n")

    def by_touch(self):
        self.clear("event.sha")
        self.opened()
        self.page.locator(".cel-list [role=option]").first.tap()
        self.expect("a touch takes it", self.field.input_value() == "event.share")

    def problem(self):
        self.clear("event.shaer > 0.5")
        self.soon("the place is marked", "() => document.querySelector('.cel-marks mark')?.textContent === 'shaer'")
        self.soon("it is told", "() => document.querySelector('.cel-problems li.is-error button')")
        self.looks("with a problem")
        self.page.locator(".cel-problems button").first.click()
        self.expect("the fix is written", self.field.input_value() == "event.share > 0.5")
        self.soon("nothing is wrong then", "() => !document.querySelector('.cel-problems li, .cel-marks mark')")

    def week(self):
        self.clear("event.share > 0.1")
        self.soon("the week can be asked for", "() => document.querySelector('.cel-more')?.hidden === false")
        self.page.locator(".cel-more button").click()
        self.soon("it is told", "() => /\\d/.test(document.querySelector('.cel-found p')?.textContent ?? '')")
        self.looks("with last week")

    def late(self):
        """An answer that comes after somebody typed on."""
        self.clear()
        held = []
        self.page.route("**/console/expression", lambda route: held.append(route))
        self.field.press_sequentially("event.sh")
        self.page.wait_for_timeout(600)
        self.field.press_sequentially("are")
        self.page.wait_for_timeout(600)
        self.expect("both were asked", len(held) >= 2)
        for route in reversed(held):
            route.continue_()
        self.page.wait_for_timeout(1_000)
        self.expect("what was typed stays", self.field.input_value() == "event.share")
        labels = self.page.locator(".cel-option code").all_text_contents()
        self.expect("a late answer offers nothing", "shares" not in labels and (not labels or labels[0] == "share"))
        self.page.unroute("**/console/expression")

    def offline(self):
        self.clear("event.share")
        self.soon("it was checked", "() => document.querySelector('.cel-status')?.textContent")
        before = self.page.locator(".cel-status").text_content()
        self.page.context.set_offline(True)
        self.field.press_sequentially(" > 1.0")
        self.soon("it says so", "before => document.querySelector('.cel-status').textContent !== before", before)
        self.expect("what was typed stays", self.field.input_value() == "event.share > 1.0")
        self.page.context.set_offline(False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("link")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "/usr/bin/chromium")
    parser.add_argument("--seconds", type=float, default=20)
    arguments = parser.parse_args()
    axe = axe_source()
    flags = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    checks, problems = 0, []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
        context = browser.new_context(locale="nl-NL")
        problems += sign_in(context.new_page(), arguments.link, arguments)
        session = context.storage_state()
        context.close()
        for size, (width, height) in SIZES.items():
            is_phone = size == "phone"
            context = browser.new_context(
                viewport={"width": width, "height": height}, is_mobile=is_phone, has_touch=is_phone, locale="nl-NL",
                color_scheme="dark" if is_phone else "light", reduced_motion="reduce", storage_state=session,
                service_workers="block",
            )
            context.add_init_script(LISTEN)
            page = context.new_page()
            found, _ = watch(page, {origin(arguments.address)})
            person = Person(page, arguments.address, axe)
            steps = [person.by_touch] if is_phone else [person.by_keyboard]
            for step in steps + [person.problem, person.week, person.late]:
                try:
                    step()
                except Error as error:
                    person.problems.append(f"{step.__name__}: {str(error).splitlines()[0][:300]}")
            person.problems += found
            # Without a connection the browser complains by itself.
            try:
                person.offline()
            except Error as error:
                person.problems.append(f"offline: {str(error).splitlines()[0][:300]}")
            person.problems += [f"content security policy: {one}" for one in page.evaluate("() => window.__violations || []")]
            checks += person.checks
            problems += [f"{size}: {problem}" for problem in person.problems]
            context.close()
        browser.close()
    json.dump({"checks": checks, "problems": problems}, sys.stdout, ensure_ascii=False)
    print()
    for problem in problems:
        print(f"expression_field: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
