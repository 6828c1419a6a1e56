#!/usr/bin/env python3
"""Looks at pages as a phone and as a desktop, light and dark: screenshots, and what a browser complains about.

    checks/browser.py OUT URL [URL...] [--sign-in URL...] [--locale nl-NL...] [--name NAME...] [--full-page] [--axe]

Uses PyPI's playwright with the chromium of the system (Debian: `apt install chromium`; `--chromium PATH` for another).
Writes OUT/NAME-phone-light.png and so on (with `-ja` behind the scheme where there are several locales): 390x844 and
1280x900. `--sign-in` opens a one-time link first, clicks its button, and keeps the session for every page.

A page fails on: an answer of 400 or more, for itself or anything it loads; an error on the console or an uncaught one; a
violation of its content security policy; a request to any host but those of the pages themselves (it is blocked, too);
content wider than the window; and, with `--axe`, on what axe-core finds against WCAG 2.2 A and AA and its own good practice,
once as it is and once for readers who ask for more contrast. Prints one JSON object and exits 1 when any page fails:

    {"pages": [{"url", "name", "locale", "width", "scheme", "screenshot", "title", "problems": []}], "problems": 0}
"""

import argparse
import importlib.util
import itertools
import json
import os
import re
import shutil
import sys
import urllib.parse

try:
    from playwright.sync_api import Error, TimeoutError, sync_playwright
except ImportError:
    sys.exit("browser: pip install -r checks/requirements.txt")

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}

# Runs before the page's own scripts. Elements that scroll sideways by themselves are no overflow; the page doing so is.
LISTEN = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', event => window.__violations.push(
    `${event.effectiveDirective} blocked ${event.blockedURI || 'inline'} (${event.sourceFile || 'document'}:${event.lineNumber})`));
"""
WIDEST = """
() => {
    const limit = document.documentElement.clientWidth;
    const width = Math.max(document.documentElement.scrollWidth, document.body ? document.body.scrollWidth : 0);
    if (width <= limit + 1) return null;
    const scrolls = element => {
        for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
            if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true;
        return false;
    };
    const wide = [...document.querySelectorAll('body *')]
        .filter(element => element.getBoundingClientRect().right > limit + 1 && !scrolls(element))
        .slice(0, 3).map(element => element.tagName.toLowerCase()
            + (element.id ? '#' + element.id : '') + [...element.classList].map(name => '.' + name).join(''));
    return `${width} px of content in a window of ${limit} px: ${wide.join(', ') || 'the document itself'}`;
}
"""


AXE = """
async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}))
    .violations.flatMap(rule => rule.nodes.slice(0, 3).map(node => `${rule.id} at ${node.target.join(' ')}`))
"""


def axe_source():
    """The text of axe-core, from PyPI's axe-playwright-python."""
    found = importlib.util.find_spec("axe_playwright_python")
    if not found:
        sys.exit("browser: pip install -r checks/requirements.txt")
    with open(os.path.join(os.path.dirname(found.origin), "axe.min.js"), encoding="utf-8") as file:
        return file.read()


def origin(url):
    parts = urllib.parse.urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def file_name(url):
    parts = urllib.parse.urlsplit(url)
    name = re.sub(r"[^a-z0-9]+", "-", urllib.parse.unquote(parts.path).lower()).strip("-")
    return name or "home"


def watch(page, own):
    """Collects what goes wrong on a page from now on."""
    problems = []

    def add(problem):
        if problem not in problems and len(problems) < 50:
            problems.append(problem)

    def route(route):
        url = route.request.url
        if url.startswith(("data:", "blob:", "about:")) or origin(url) in own:
            route.continue_()
        else:
            add(f"third-party request: {url[:200]}")
            route.abort()

    def answered(response):
        if response.status >= 400:
            add(f"{response.status} for {response.url[:200]}")

    def failed(request):
        # What the page itself stops, such as an event stream when it is left, is no failure.
        if request.failure and "ERR_ABORTED" not in request.failure and origin(request.url) in own:
            add(f"{request.failure} for {request.url[:200]}")

    page.route("**/*", route)
    page.on("response", answered)
    page.on("requestfailed", failed)
    page.on("console", lambda message: add(f"console: {message.text[:300]}") if message.type == "error" else None)
    page.on("pageerror", lambda error: add(f"uncaught: {str(error)[:300]}"))
    return problems, add


def settle(page, seconds, silence):
    """Until fonts and images are there. A page with a live stream never falls silent, so silence is only waited for briefly."""
    page.wait_for_load_state("load", timeout=seconds * 1000)
    try:
        page.wait_for_load_state("networkidle", timeout=silence * 1000)
    except TimeoutError:
        pass
    page.evaluate("() => document.fonts.ready.then(() => true)")


def look(context, url, path, own, locale, arguments):
    page = context.new_page()
    problems, add = watch(page, own)
    title = ""
    try:
        page.goto(url, wait_until="domcontentloaded", timeout=arguments.seconds * 1000)
        settle(page, arguments.seconds, arguments.silence)
        title = page.title()
        language = page.locator("html").get_attribute("lang") or ""
        if language != locale.split("-")[0]:
            add(f"the document's language is '{language}'")
        for violation in page.evaluate("() => window.__violations || []"):
            add(f"content security policy: {violation}")
        wide = page.evaluate(WIDEST)
        if wide:
            add(f"overflow: {wide}")
        if arguments.axe:
            page.evaluate(arguments.axe)
            for contrast in ("no-preference", "more"):
                page.emulate_media(contrast=contrast)
                for violation in page.evaluate(AXE):
                    add(f"axe ({contrast}): {violation}")
            page.emulate_media(contrast="no-preference")
        if arguments.screenshots:
            page.screenshot(path=path, full_page=arguments.full_page, animations="disabled", caret="hide")
    except Error as error:
        add(f"browser: {str(error).splitlines()[0][:300]}")
    page.close()
    return title, problems


def sign_in(page, link, arguments):
    """Opens a one-time link and clicks its button; says what went wrong."""
    try:
        answer = page.goto(link, wait_until="domcontentloaded", timeout=arguments.seconds * 1000)
        if answer is None or answer.status >= 400:
            return [f"signing in was answered {answer.status if answer else 'nothing'}"]
        with page.expect_navigation(wait_until="domcontentloaded", timeout=arguments.seconds * 1000):
            page.locator('form[action*="/signin/"] button').click()
        if "/signin/" in page.url:
            return ["signing in did not lead on"]
    except Error as error:
        return [f"signing in: {str(error).splitlines()[0][:300]}"]
    page.close()
    return []


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", metavar="OUT")
    parser.add_argument("urls", metavar="URL", nargs="+")
    parser.add_argument("--name", action="append", default=[], help="names of the screenshots, in the order of the URLs")
    parser.add_argument("--sign-in", action="append", default=[], help="a link to open first, whose session every page gets")
    parser.add_argument("--locale", action="append", default=[], help="nl-NL unless given; one look for each")
    parser.add_argument("--first", help="a URL to open before the pages, `{language}` filled in from the locale")
    parser.add_argument("--timezone", default="Europe/Amsterdam")
    parser.add_argument("--sizes", default="phone,desktop")
    parser.add_argument("--schemes", default="light,dark")
    parser.add_argument("--allow", action="append", default=[], help="a further origin that the pages may ask")
    parser.add_argument("--no-screenshots", dest="screenshots", action="store_false", help="only look for problems")
    parser.add_argument("--axe", action="store_true", help="look for what keeps people out, with axe-core")
    parser.add_argument("--full-page", action="store_true", help="the whole page instead of the first screen")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--silence", type=float, default=2.5, help="how long to wait for the network to fall silent")
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser"))
    arguments = parser.parse_args()
    if not arguments.chromium:
        sys.exit("browser: there is no chromium (apt install chromium, or --chromium PATH)")
    sizes, schemes = arguments.sizes.split(","), arguments.schemes.split(",")
    if not set(sizes) <= set(SIZES) or not set(schemes) <= {"light", "dark"}:
        parser.error("sizes are phone and desktop, schemes light and dark")

    arguments.axe = axe_source() if arguments.axe else None
    os.makedirs(arguments.out, exist_ok=True)
    own = {origin(url) for url in arguments.urls + arguments.sign_in + [arguments.first or arguments.urls[0]]} | set(arguments.allow)
    locales = arguments.locale or ["nl-NL"]
    flags = ["--disable-dev-shm-usage", "--force-color-profile=srgb", "--hide-scrollbars"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    names, taken = [], {}
    for index, url in enumerate(arguments.urls):
        name = arguments.name[index] if index < len(arguments.name) else file_name(url)
        taken[name] = taken.get(name, 0) + 1
        names.append(name if taken[name] == 1 else f"{name}-{taken[name]}")

    pages = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
        session, setup = None, []
        if arguments.sign_in:
            context = browser.new_context(locale=locales[0])
            for link in arguments.sign_in:
                setup += sign_in(context.new_page(), link, arguments)
            session = context.storage_state()
            context.close()
        for locale, size, scheme in itertools.product(locales, sizes, schemes):
            width, height = SIZES[size]
            context = browser.new_context(
                viewport={"width": width, "height": height}, device_scale_factor=2 if size == "phone" else 1,
                is_mobile=size == "phone", has_touch=size == "phone", color_scheme=scheme, reduced_motion="reduce",
                locale=locale, timezone_id=arguments.timezone, storage_state=session, service_workers="block",
            )
            context.add_init_script(LISTEN)
            if arguments.first:
                # A choice that pages remember, such as the language; a signed-in member's own would win otherwise.
                page = context.new_page()
                page.goto(arguments.first.replace("{language}", locale.split("-")[0]), wait_until="domcontentloaded")
                page.close()
            for url, name in zip(arguments.urls, names):
                suffix = "" if len(locales) == 1 else "-" + locale.split("-")[0]
                path = os.path.join(arguments.out, f"{name}-{size}-{scheme}{suffix}.png")
                title, problems = look(context, url, path, own, locale, arguments)
                pages.append(
                    {
                        "url": url, "name": name, "locale": locale, "width": width, "scheme": scheme,
                        "screenshot": path if arguments.screenshots else None,
                        "title": title, "problems": setup + problems,
                    }
                )
            context.close()
        browser.close()

    count = sum(len(page["problems"]) for page in pages)
    json.dump({"pages": pages, "problems": count}, sys.stdout, ensure_ascii=False)
    print()
    for page in pages:
        for problem in page["problems"]:
            print(f"browser: {page['name']} {page['locale']} {page['width']} {page['scheme']}: {problem}", file=sys.stderr)
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
