#!/usr/bin/env python3
"""Earns a blind token in a real browser, redeems it, and looks in the server's own files for anything that joins the two.

    checks/blind_tokens.py BINARY [--chromium PATH]

Makes a home with a programme of its own in which 110 members read on each of the last three days, so that a token hides its
holder. Then a page of another site, with the server's `earn.js`, reads as a member at the level `persona`:

- an article is reported by nobody: the request carries no cookie, no pass, no subject, no time; two tokens come back and verify;
- nothing is brought before the day is over; then it is, shuffled, and credited once: the points of an identified reader;
- brought again, and by somebody else, it is spent; altered, it is refused;
- every file of the home is read as bytes: no blinded message, blind signature, nonce or signature of it (raw, hexadecimal, base 64), and
  no name of the article; the ledger of this member has one moment, the start of the day.

Needs PyPI's playwright and Debian's chromium. Prints {"tokens", "files", "problems": []} and exits 1 with problems.
"""

import argparse
import base64
import datetime
import http.server
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading

from harness import Failure, Server, event, send
from playwright.sync_api import Error, sync_playwright

CANARY = "canary-article-7d1f"
PROGRAMME = """--- # programme.yaml
programme: tokens
name: Tokens
languages: [en]
timezone: UTC
lateness: 10 days
units:
  ink: { name: ink }
--- # events/article.read.yaml
event: article.read
purpose: loyalty
fields:
  item:  { type: item }
  share: { type: fraction }
--- # rules/read.yaml
rule: read
trigger: article.read
when: event.share >= 0.7 && member.joinedDays >= 0
then:
  - award: { amount: 15, unit: ink }
limits:
  - { per: member, period: day, amount: 30 }
why: You read a story to the end.
--- # challenges/three.yaml
challenge: three
name: Three stories
count: article.read
when: event.share >= 0.5
target: 3
every: week
reward:
  - award: { amount: 7, unit: ink }
why: Three in a week.
"""


def command(binary, home, *words):
    result = subprocess.run([binary, *words, "--home", home, "--json"], capture_output=True, text=True)
    if result.returncode != 0:
        raise Failure(f"{words[0]}: exit {result.returncode}, {result.stderr[-500:]}")
    return json.loads(result.stdout) if result.stdout.strip().startswith("{") else {}


class Plain(http.server.BaseHTTPRequestHandler):
    """A site of somebody else: one empty page."""

    def do_GET(self):
        body = b"<!doctype html><html lang=en><title>Plain</title><main>Plain</main>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def forms(octets):
    """How bytes might lie in a file."""
    yield octets
    yield octets.hex().encode()
    # The alignment is not known: the middle third of any of them is in each.
    text = base64.b64encode(octets)
    yield text[4:44]


def earn(page, server, key, subject, secret, problems):
    """What the page does; the requests it made, by path."""
    requests = []
    page.on("request", lambda one: requests.append(one))
    made = server.request(
        "POST", "/v1/passes", json.dumps({"subject": subject}).encode(),
        {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"})
    if made.status != 201:
        raise Failure(f"no pass: {made.status} {made.body[:300]}")
    base = f"http://127.0.0.1:{server.port}"
    setting = {
        "server": base, "key": key, "owner": subject, "pass": json.loads(made.body)["pass"]}
    result = page.evaluate(
        """async ({setting, item}) => {
            const { Earner } = await import(setting.server + "/earn.js");
            let now = Date.now();
            const make = (more) => new Earner({...setting, clock: () => now, pause: async () => {}, ...more});
            const earner = make();
            const reported = await earner.report("article.read", { item, share: 0.9 });
            const kept = await earner.tokens.all();
            const early = await earner.redeem();
            now += 2 * 86400000;
            const others = await make({ owner: "somebody else" }).redeem();
            const redeemed = await earner.redeem();
            return { reported, kept, early, others, redeemed, left: (await earner.tokens.all()).length };
        }""",
        {"setting": setting, "item": CANARY})

    def expect(what, holds):
        if not holds:
            problems.append(what)

    expect("the report was not taken", result["reported"] is True)
    expect(f"{len(result['kept'])} tokens instead of two", len(result["kept"]) == 2)
    expect("something was brought before the day was over", result["early"] is None)
    expect("somebody else on this device brought them", result["others"] is None)
    statuses = [one["status"] for one in (result["redeemed"] or {}).get("results", [])]
    expect(f"redeemed: {statuses}", statuses == ["credited", "credited"])
    expect("tokens were kept after they were spent", result["left"] == 0)
    expect("a cookie was set", page.context.cookies() == [])
    reports = [one for one in requests if one.url.endswith("/v1/anonymous/events") and one.method == "POST"]
    expect(f"{len(reports)} reports", len(reports) == 1)
    for one in reports:
        body = json.loads(one.post_data)
        expect("the report says more than it should: " + ", ".join(body), set(body) == {"type", "data", "blinded"})
        headers = one.all_headers()
        expect("the report carries a cookie", "cookie" not in headers)
        expect("the report says where it comes from", "referer" not in headers)
    seen = []
    for one in reports:
        seen += [base64.b64decode(text) for text in json.loads(one.post_data)["blinded"].values()]
        seen += [base64.b64decode(text) for text in one.response().json()["signatures"].values()]
    for token in result["kept"]:
        seen += [base64.b64decode(token["nonce"]), base64.b64decode(token["signature"])]
    tokens = [{name: token[name] for name in ("key", "nonce", "signature")} for token in result["kept"]]
    return setting["pass"], tokens, seen


def bring(server, key, ticket, tokens):
    answer = server.request(
        "POST", "/v1/members/me/tokens", json.dumps({"pass": ticket, "tokens": tokens}).encode(),
        {"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
    if answer.status != 200:
        raise Failure(f"tokens: {answer.status} {answer.body[:300]}")
    return [one["status"] for one in json.loads(answer.body)["results"]]


def member(server, secret, subject):
    answer = server.request(
        "GET", f"/v1/members/by-external/user/{subject}", headers={"Authorization": f"Bearer {secret}"})
    return json.loads(answer.body)["member"]


def look(home, reader, seen, problems):
    """Reads every file that the server left behind."""
    files = [path for path in pathlib.Path(home).rglob("*") if path.is_file()]
    for path in files:
        content = path.read_bytes()
        if CANARY.encode() in content:
            problems.append(f"{path.name} names the article")
        for octets in seen:
            if any(form in content for form in forms(octets)):
                problems.append(f"{path.name} holds bytes of a report or a token")
                break
    identifier = bytes.fromhex(reader.replace("-", ""))
    for path in files:
        if not path.read_bytes().startswith(b"SQLite format 3"):
            continue
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
            if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'earning_spent'").fetchone():
                continue
            moments = {row[0] for row in base.execute("SELECT at FROM transfer WHERE member_id = ?", (identifier,))}
            if len(moments) != 1 or any(moment % 86_400_000 for moment in moments):
                problems.append(f"the ledger tells when: {sorted(moments)}")
            if base.execute("SELECT COUNT(*) FROM earning_spent").fetchone()[0] != 2:
                problems.append("not every token is spent once")
            columns = {row[1] for row in base.execute("PRAGMA table_info(earning_spent)")}
            if columns != {"token", "programme_id", "day"}:
                problems.append(f"a spent token says more: {sorted(columns)}")
    return len(files)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", metavar="BINARY")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "/usr/bin/chromium")
    arguments = parser.parse_args()
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        home = os.path.join(folder, "home")
        for part in PROGRAMME.split("--- # ")[1:]:
            path, _, text = part.partition("\n")
            full = os.path.join(folder, "programme", path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            pathlib.Path(full).write_text(text, encoding="utf-8")
        command(arguments.binary, home, "programme", "apply", os.path.join(folder, "programme"))
        secret = command(arguments.binary, home, "keys", "create", "--label", "server", "--scope", "all")["key"]
        key = command(arguments.binary, home, "keys", "create", "--label", "pages", "--publishable")["key"]
        server = Server(arguments.binary, home)
        site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Plain)
        threading.Thread(target=site.serve_forever, daemon=True).start()
        try:
            server.wait_until_ready()
            connection = server.connect()
            now = datetime.datetime.now(datetime.timezone.utc)
            noon = now.hour * 3_600 + now.minute * 60 + now.second - 43_200
            for day in (1, 2, 3):
                batch = [event(f"{day}-{one}", f"reader-{one}", noon + day * 86_400) for one in range(110)]
                status, results = send(
                    connection, batch, secret, "article.read", {"item": "article-1", "share": 0.9})
                if not isinstance(results, dict) or set(results.values()) != {"accepted"}:
                    raise Failure(f"events: {status} {results}")
            headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
            for subject in ("persona", "other"):
                made = server.request("POST", "/v1/passes", json.dumps({"subject": subject}).encode(), headers)
                if made.status != 201:
                    raise Failure(f"no pass: {made.status}")
                if subject == "other":
                    other = json.loads(made.body)["pass"]
            reader = member(server, secret, "persona")
            changed = server.request("PATCH", f"/v1/members/{reader}", b'{"level": "persona"}', headers)
            if changed.status != 200:
                raise Failure(f"level: {changed.status} {changed.body[:300]}")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=arguments.chromium)
                page = browser.new_context().new_page()
                page.on("pageerror", lambda error: problems.append(f"the page: {error}"))
                page.goto(f"http://127.0.0.1:{site.server_port}/")
                ticket, tokens, seen = earn(page, server, key, "persona", secret, problems)
                browser.close()
            altered = dict(tokens[0], nonce=base64.b64encode(bytes(32)).decode())
            for who, brought, expected in (
                    (ticket, tokens, ["spent", "spent"]), (other, tokens, ["spent", "spent"]),
                    (other, [altered, dict(tokens[0], key=tokens[1]["key"])], ["refused", "refused"])):
                statuses = bring(server, key, who, brought)
                if statuses != expected:
                    problems.append(f"brought again: {statuses} instead of {expected}")
            summary = json.loads(server.request("GET", f"/v1/members/{reader}", headers=headers).body)
            ink = {one["unit"]: one["spendable"] for one in summary["balances"]}.get("ink")
            if ink != 15:
                problems.append(f"{ink} ink instead of 15")
            if server.stop() != 0:
                problems.append("the server did not stop")
        finally:
            site.shutdown()
            if server.process.poll() is None:
                server.kill()
        files = look(home, reader, seen, problems)
    json.dump({"tokens": len(tokens), "files": files, "problems": problems}, sys.stdout)
    print()
    if problems:
        sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except (Failure, Error, OSError) as failure:
        sys.exit(f"blind_tokens: {failure}")
