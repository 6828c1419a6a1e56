#!/usr/bin/env python3
"""Lets very many members claim the same few things at once, over HTTP. Standard library only.

    checks/claimants.py BINARY --home DIR [--claimants 5000] [--stock 100] [--threads 16] [--seed 1]
                        [-- FURTHER FLAGS OF THE COMMANDS...]

Makes a programme of its own in the home (which must be empty), gives every claimant points, and then

- `rush`: every claimant redeems the reward `rush`, of which there are STOCK. Exactly STOCK may get one.
- `changing minds`: claimants redeem the reward `doubt`, of which there are STOCK as well, and cancel or confirm what they
  got by chance, while others still ask. At the end whoever has none asks again, until there is none left: exactly STOCK
  must be held or confirmed, whatever was cancelled in between.

Then the server stops and `BINARY verify` must find no difference. Prints one JSON object with the counts and how long the
rush took. Exits 0 only when all is exact.
"""

import argparse
import collections
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time

from harness import Failure, Server, Tally, event, send, verify

PROGRAMME = """--- # programme.yaml
programme: claimants
name: Claimants
languages: [en]
timezone: UTC
units:
  ink: {{ name: ink }}
--- # events/welcome.yaml
event: welcome
purpose: loyalty
--- # rules/welcome.yaml
rule: welcome
trigger: welcome
then:
  - award: {{ amount: 100, unit: ink }}
limits:
  - {{ per: member, period: ever, times: 1 }}
why: Welcome.
--- # rewards/rush.yaml
reward: rush
kind: ticket
name: Rush
text: There are few.
price: {{ amount: 20, unit: ink }}
stock: {stock}
per-member: 1
--- # rewards/doubt.yaml
reward: doubt
kind: ticket
name: Doubt
text: There are few of these, too.
price: {{ amount: 20, unit: ink }}
stock: {stock}
per-member: 1
"""


def command(arguments, *words):
    result = subprocess.run(
        [arguments.binary, *words, "--home", arguments.home, "--json", *arguments.flags], capture_output=True, text=True)
    if result.returncode != 0:
        raise Failure(f"{words[0]}: exit {result.returncode}, {result.stderr[-500:]}")
    return json.loads(result.stdout) if result.stdout.strip().startswith("{") else {}


def in_parallel(threads, work):
    """Runs work(number) on so many threads and passes on what went wrong in one."""
    wrong = []

    def run(number):
        try:
            work(number)
        except Exception as error:  # noqa: BLE001 - told by the caller
            wrong.append(error)

    running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    if wrong:
        raise wrong[0]


class Client:
    """One connection that is kept."""

    def __init__(self, server, key):
        self.connection = server.connect(timeout=120.0)
        self.key = key

    def call(self, method, path, body=None, idempotency=None):
        headers = {"Authorization": f"Bearer {self.key}"}
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        if idempotency:
            headers["Idempotency-Key"] = idempotency
        for _ in range(200):
            self.connection.request(method, path, content, headers)
            response = self.connection.getresponse()
            answer = response.read()
            if response.status not in (429, 503):
                return response.status, json.loads(answer) if answer else {}
            time.sleep(0.05)
        raise Failure(f"{method} {path}: {response.status} again and again")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", metavar="BINARY")
    parser.add_argument("--home", required=True)
    parser.add_argument("--claimants", type=int, default=5_000)
    parser.add_argument("--stock", type=int, default=100)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    own = sys.argv[1:]
    flags = []
    if "--" in own:
        own, flags = own[:own.index("--")], own[own.index("--") + 1:]
    arguments = parser.parse_args(own)
    arguments.flags = flags
    print(f"claimants: {arguments.claimants} for {arguments.stock}, seed {arguments.seed}", file=sys.stderr)

    with tempfile.TemporaryDirectory() as folder:
        for part in PROGRAMME.format(stock=arguments.stock).split("--- # ")[1:]:
            path, _, text = part.partition("\n")
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
                file.write(text)
        command(arguments, "programme", "apply", folder)
    key = command(arguments, "keys", "create", "--label", "claimants", "--scope", "all")["key"]

    tally = Tally()
    server = Server(arguments.binary, arguments.home, arguments.flags)
    try:
        server.wait_until_ready()
        names = [f"wachter-é-{number}" for number in range(arguments.claimants)]
        members = [None] * len(names)

        def welcome(number):
            connection = server.connect(timeout=120.0)
            client = Client(server, key)
            mine = range(number, len(names), arguments.threads)
            for start in range(0, len(mine), 100):
                part = mine[start:start + 100]
                batch = [event(f"welcome-{index}", names[index]) for index in part]
                for _ in range(200):
                    status, results = send(connection, batch, key, "welcome", {})
                    if status not in (429, 503):
                        break
                    time.sleep(0.05)
                if not isinstance(results, dict) or set(results.values()) != {"accepted"}:
                    raise Failure(f"welcome: {status} {results}")
            for index in mine:
                path = "/v1/members/by-external/user/" + names[index].replace("é", "%C3%A9")
                status, member = client.call("GET", path)
                if status != 200:
                    raise Failure(f"{path}: {status} {member}")
                members[index] = member["member"]

        in_parallel(arguments.threads, welcome)

        outcomes = collections.Counter()

        def rush(number):
            client = Client(server, key)
            for index in range(number, len(members), arguments.threads):
                path = f"/v1/members/{members[index]}/redemptions"
                status, answer = client.call("POST", path, {"reward": "rush"}, f"rush-{index}")
                with tally.lock:
                    outcomes[status if status == 201 else answer.get("type", status)] += 1

        begun = time.monotonic()
        in_parallel(arguments.threads, rush)
        seconds = time.monotonic() - begun

        held = {}
        minds = collections.Counter()

        def doubt(number):
            client = Client(server, key)
            chance = random.Random(arguments.seed * 1000 + number)
            for index in range(number, min(len(members), 40 * arguments.stock), arguments.threads):
                path = f"/v1/members/{members[index]}/redemptions"
                status, answer = client.call("POST", path, {"reward": "doubt"}, f"doubt-{index}")
                if status != 201:
                    continue
                redemption = answer["redemption"]["redemption"]
                with tally.lock:
                    held[index] = redemption
                what = chance.choice(["cancel", "cancel", "confirm", "leave"])
                minds[what] += 1
                if what == "leave":
                    continue
                status, answer = client.call("POST", f"{path}/{redemption}/{what}")
                if status != 200:
                    raise Failure(f"{what}: {status} {answer}")
                if what == "cancel":
                    with tally.lock:
                        del held[index]

        in_parallel(arguments.threads, doubt)
        client = Client(server, key)
        for index in range(len(members)):
            if index in held:
                continue
            path = f"/v1/members/{members[index]}/redemptions"
            status, answer = client.call("POST", path, {"reward": "doubt"}, f"again-{index}")
            if status == 201:
                held[index] = answer["redemption"]["redemption"]
            elif len(held) >= arguments.stock:
                break
        # The same requests again are the same redemptions.
        repeated = 0
        for index in range(0, len(members), max(1, len(members) // 200)):
            path = f"/v1/members/{members[index]}/redemptions"
            status, _ = client.call("POST", path, {"reward": "rush"}, f"rush-{index}")
            repeated += status == 201
        code = server.stop()
        if code != 0:
            tally.note("crashes", f"the server ended with {code} when asked to stop")
    finally:
        if server.process.poll() is None:
            server.kill()
    verify(arguments.binary, arguments.home, tally, "the end", arguments.flags)

    expected = min(arguments.stock, arguments.claimants)
    result = {
        "claimants": arguments.claimants, "stock": arguments.stock, "given": outcomes[201],
        "out_of_stock": sum(count for kind, count in outcomes.items() if str(kind).endswith("out-of-stock")),
        "seconds": round(seconds, 2), "claims_per_second": round(arguments.claimants / max(seconds, 0.001)),
        "minds": dict(minds), "held_after_doubt": len(held), "differences": tally.counts["differences"],
        "examples": tally.examples,
    }
    json.dump(result, sys.stdout)
    print()
    exact = (
        result["given"] == expected and result["given"] + result["out_of_stock"] == arguments.claimants
        and len(held) == expected and not tally.counts["differences"] and not tally.counts["verify_failures"]
        and not tally.counts["crashes"])
    if not exact:
        sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except (Failure, OSError, http.client.HTTPException) as failure:
        sys.exit(f"claimants: {failure}")
