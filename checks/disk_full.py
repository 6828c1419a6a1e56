#!/usr/bin/env python3
"""Fills the disk under a running server and frees it again. Standard library only; Linux.

    checks/disk_full.py BINARY [--megabytes 64] [--seed 1]

The home lies on a small tmpfs of its own, in a mount namespace that ends with this program (as root, or as a user where
the system lets users have namespaces). With the disk full, writes must be answered with 503, a problem document and
Retry-After; the member's pages, the console, the publisher's pages and the API must still be read; `/ready` must say that
the disk is the reason. Once a file is deleted, writes must be taken at once. At the end every acknowledged event must
still be known and `verify` must find no difference.

Prints one JSON object and exits 0 only when all of that holds; 77 when this machine allows no such disk:

    {"acknowledged": 2400, "refused": 60, "lost": 0, "differences": 0, "pages_read": 12, ...}
"""

import argparse
import ctypes
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

from harness import Failure, Server, Tally, confirm, event, send, verify, wait_until

SKIP = 77


def own_namespace():
    """Starts this program again in mount namespace of its own."""
    unshare = shutil.which("unshare")
    if not unshare:
        skip("there is no unshare(1)")
    options = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
    if subprocess.run([unshare, *options, "true"], capture_output=True).returncode != 0:
        skip("this machine lets us have no mount namespace")
    os.environ["STAMGAST_TEST_NAMESPACE"] = "1"
    os.execv(unshare, [unshare, *options, sys.executable, *sys.argv])


def skip(reason):
    print(f"disk_full: skipped: {reason}", file=sys.stderr)
    sys.exit(SKIP)


def mount(folder, megabytes):
    library = ctypes.CDLL(None, use_errno=True)
    private, recursive = 1 << 18, 1 << 14
    library.mount(b"none", b"/", None, private | recursive, None)
    if library.mount(b"stamgast", folder.encode(), b"tmpfs", 0, f"size={megabytes}m".encode()) != 0:
        skip(f"mounting a tmpfs: {os.strerror(ctypes.get_errno())}")


def command(binary, *arguments):
    result = subprocess.run([binary, *arguments], capture_output=True, text=True)
    if result.returncode != 0:
        raise Failure(f"{arguments[0]}: exit {result.returncode}, {result.stderr[-500:]}")
    return json.loads(result.stdout)


class Visitor:
    """A browser's cookies."""

    def __init__(self, server):
        self.server, self.cookies = server, {}

    def request(self, method, path, body=None, headers=None):
        headers = {"Accept": "text/html", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **(headers or {})}
        answer = self.server.request(method, path, body, headers)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def sign_in(self, link):
        path = urllib.parse.urlsplit(link).path
        token = re.search(rb'name="csrf" value="([^"]*)"', self.request("GET", path).body)
        answer = self.request(
            "POST", path, f"csrf={token.group(1).decode()}", {"Content-Type": "application/x-www-form-urlencoded"})
        if answer.status != 303:
            raise Failure(f"signing in was answered with {answer.status}")


def fill(folder):
    """Takes all that is left, to the last byte."""
    path = os.path.join(folder, "filler")
    with open(path, "ab", buffering=0) as file:
        size = 1 << 20
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2
    return path


class Check:
    def __init__(self, arguments, folder, server, key, tally):
        self.arguments, self.folder, self.server, self.key, self.tally = arguments, folder, server, key, tally
        self.chance = random.Random(arguments.seed)
        self.number = 0
        self.waiting = []

    def write(self):
        """Sends a batch; True when it was taken, False when it was refused as it should be."""
        self.number += 1
        batch = [
            event(f"{self.arguments.seed}-{self.number}-{index}", f"lezer-é-{self.chance.randrange(2000)}")
            for index in range(20)
        ]
        connection = self.server.connect()
        status, results = send(connection, batch, self.key)
        connection.close()
        if status == 200:
            for one in batch:
                if results.get(one.id) != "accepted":
                    self.tally.note("unexpected", f"{one.id} was answered {results.get(one.id)}")
                self.tally.acknowledged[one.id] = one
            return True
        self.waiting.append(batch)
        self.tally.counts["refused"] += 1
        problem = json.loads(results.body)
        if (
            status != 503 or not results.headers.get("Retry-After") or "read-only" not in problem["type"]
            or results.headers.get_content_type() != "application/problem+json"
        ):
            self.tally.note("unexpected", f"a write was answered {status} {results.body[:300]}")
        return False

    def read(self, visitor, subject):
        """Every page and a few answers of the API, which have to be there."""
        article = re.search(rb'href="(/avondpost/[^"]+)"', visitor.request("GET", "/avondpost").body).group(1).decode()
        pages = ["/m/", "/m/history", "/console", "/avondpost", article, "/health"]
        for page in pages:
            self.note_read(page, visitor.request("GET", page))
        bearer = {"Authorization": f"Bearer {self.key}", "Accept": "application/json"}
        for path in (f"/v1/members/by-external/user/{urllib.parse.quote(subject)}", "/v1/programme", "/v1/items?limit=5", "/metrics"):
            self.note_read(path, self.server.request("GET", path, headers=bearer))

    def note_read(self, path, answer):
        if answer.status == 200:
            self.tally.counts["pages_read"] += 1
        else:
            self.tally.note("unexpected", f"{path} was answered {answer.status}")

    def ready(self):
        """Status, and the checks that are not well."""
        answer = self.server.request("GET", "/ready")
        return answer.status, [check["name"] for check in json.loads(answer.body)["checks"] if not check["ok"]]


def run(arguments, folder):
    home = os.path.join(folder, "home")
    command(arguments.binary, "demo", "--people", "20", "--weeks", "1", "--home", home, "--json")
    key = command(
        arguments.binary, "keys", "create", "--home", home, "--label", "disk", "--scope", "all", "--json")["key"]
    tally = Tally()
    with open(os.path.join(arguments.log, "server.log") if arguments.log else os.devnull, "wb") as log:
        server = Server(arguments.binary, home, ["--demo"], log).wait_until_ready()
        try:
            check = Check(arguments, folder, server, key, tally)
            visitor = Visitor(server)
            visitor.sign_in(server.ready["member"])
            visitor.sign_in(server.ready["console"])
            for number in range(arguments.rounds):
                for _ in range(20):
                    if not check.write():
                        tally.note("unexpected", "a write was refused with room on the disk")
                subject = next(iter(tally.acknowledged.values())).subject
                check.read(visitor, subject)

                filler = fill(folder)
                # The log has some room of its own left; it ends soon.
                wait_until("writes are refused", lambda: not check.write())
                refused = sum(not check.write() for _ in range(20))
                if refused < 10:
                    tally.note("unexpected", f"with the disk full only {refused} of 20 writes were refused")
                check.read(visitor, subject)
                wait_until("the server says that its disk is full", lambda: check.ready() == (503, ["disk"]))

                os.unlink(filler)
                if number % 2:
                    # By itself: whoever was told to send nothing here sends nothing that could prove it.
                    wait_until("the server is ready again", lambda: check.ready()[0] == 200)
                if not check.write():
                    tally.note("unexpected", "a write was refused after space was freed")
                wait_until("the server is ready again", lambda: check.ready()[0] == 200)
                # What was refused is new when it comes again: nothing of it was kept.
                connection = server.connect()
                for batch in check.waiting:
                    status, results = send(connection, batch, key)
                    if status != 200 or set(results.values()) != {"accepted"}:
                        tally.note("unexpected", f"refused before, now {status} {results}")
                    tally.acknowledged.update({one.id: one for one in batch})
                connection.close()
                check.waiting = []
            confirm(server, key, tally)
            if server.stop() != 0:
                tally.note("crashes", "the server did not stop well")
        finally:
            if server.process.poll() is None:
                server.kill()
    verify(arguments.binary, home, tally, "the end")
    return tally


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", metavar="BINARY")
    parser.add_argument("--megabytes", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", help="a folder for the server's log")
    arguments = parser.parse_args()
    if not os.environ.pop("STAMGAST_TEST_NAMESPACE", None):
        own_namespace()
    print(f"disk_full: {arguments.rounds} rounds, seed {arguments.seed}", file=sys.stderr)
    # The mount is seen by this program and its children only, and gone with them.
    folder = tempfile.mkdtemp(prefix="stamgast-disk-")
    try:
        mount(folder, arguments.megabytes)
        tally = run(arguments, folder)
    finally:
        ctypes.CDLL(None).umount2(folder.encode(), 2)
        os.rmdir(folder)
    counts = tally.counts
    wrong = ["lost", "differences", "unexpected", "verify_failures", "crashes"]
    json.dump(
        {
            "rounds": arguments.rounds, "seed": arguments.seed, "acknowledged": len(tally.acknowledged),
            "refused": counts["refused"], "pages_read": counts["pages_read"], **{name: counts[name] for name in wrong},
            "examples": tally.examples,
        },
        sys.stdout,
    )
    print()
    for example in tally.examples:
        print(f"disk_full: {example}", file=sys.stderr)
    if any(counts[name] for name in wrong) or not counts["refused"]:
        sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"disk_full: {failure}")
