#!/usr/bin/env python3
"""A day of load in some minutes: 30 % of the events twice, some late, in any order; a clock that is set forwards and back;
restarts by SIGTERM and by SIGKILL; with purchases, gifts, challenges, streaks and expiry that falls due. Standard library only.

    checks/day_load.py BINARY --home DIR --reference-home DIR [--members 120] [--slots 48] [--seed 1]
                       [-- FURTHER FLAGS OF THE COMMANDS IN HOME...]

Both homes must be empty. The day is cut into slots; each is one life of the server, which runs with `--clock-ahead`, so
that its clock shows the end of the slot. In every seventh life the clock is set back by one to three hours. In every third
life the server is killed while it is being sent to. What was not answered is sent again in the next one.

The same day is then played once more in order, everything once, without faults, in the other home. At the end
- every member has exactly what plain arithmetic (day_world.py) says, and what the orderly day gave,
- each event was accepted once, and is a duplicate when it is sent once more,
- `verify` finds no difference in either home.

Prints one JSON object; exits 0 only when all of this holds and everything that was to happen did happen.
"""

import argparse
import collections
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from day_world import PROGRAMME, SENT, Deed, World, expected
from harness import Event, Failure, NO_ANSWER, Server, Tally, confirm, send, verify, wait_until

# Until a server that was killed has lost its lease (PostgreSQL).
TRIES = 600
STAMP = "%Y-%m-%dT%H:%M:%SZ"


def stamped(deed):
    return Event(deed.id, deed.subject, time.strftime(STAMP, time.gmtime(deed.at)))


class Home:
    """One of the two homes, and what was done to it."""

    def __init__(self, folder, world, arguments, tally):
        self.folder, self.world, self.arguments, self.tally = folder, world, arguments, tally
        self.members, self.accepted, self.known, self.purchased, self.tried = {}, set(), set(), [], {}
        self.server, self.key, self.log = None, None, os.path.join(folder, "check.log")

    def command(self, *words):
        result = subprocess.run(
            [self.arguments.binary, *words, "--home", self.folder, "--json", *self.arguments.flags],
            capture_output=True, text=True)
        if result.returncode != 0:
            raise Failure(f"{words[0]}: exit {result.returncode}, {result.stderr[-500:]}")
        return json.loads(result.stdout) if result.stdout.strip().startswith("{") else {}

    def prepare(self):
        os.makedirs(self.folder, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            for part in PROGRAMME.split("--- # ")[1:]:
                path, _, text = part.partition("\n")
                os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
                with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
                    file.write(text)
            self.command("programme", "apply", folder)
        self.key = self.command("keys", "create", "--label", "day", "--scope", "all")["key"]

    def start(self, clock):
        ahead = math.ceil(clock - time.time())
        with open(self.log, "ab") as log:
            self.server = Server(
                self.arguments.binary, self.folder, [f"--clock-ahead={ahead}", *self.arguments.flags], log)
        self.server.wait_until_ready()

    def stop(self):
        code = self.server.stop()
        if code != 0:
            self.tally.note("crashes", f"the server ended with {code} when asked to stop")

    def call(self, method, path, body=None, key=None):
        """Status, answer, and whether it is the answer to an earlier one; raises one of NO_ANSWER without a whole one."""
        headers = {"Authorization": f"Bearer {self.key}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key:
            headers["Idempotency-Key"] = key
        for _ in range(TRIES):
            answer = self.server.request(method, path, None if body is None else json.dumps(body), headers)
            if answer.status not in (429, 503):
                content = json.loads(answer.body) if answer.body else {}
                return answer.status, content, "Idempotency-Replayed" in answer.headers
            time.sleep(0.1)
        raise Failure(f"{method} {path}: {answer.status} again and again")

    # Members

    def meet(self):
        """Asks for the pseudonyms, and puts everyone into their time zone before their first event."""
        for name in self.world.names:
            path = "/v1/members/by-external/user/" + urllib.parse.quote(name)
            # Earns nothing, but makes a member of them.
            hello = Deed(f"hello-{name}", name, "article.read", 0.1, self.world.clock(-2) - 3_700)
            self.send([hello], hello=True)
            status, member, _ = self.call("GET", path)
            if status != 200:
                raise Failure(f"{path}: {status} {member}")
            self.members[name] = member["member"]
            status, answer, _ = self.call(
                "PATCH", f"/v1/members/{member['member']}", {"time_zone": self.world.zones[name]}, f"zone-{member['member']}")
            if status != 200:
                raise Failure(f"time zone: {status} {answer}")

    def look(self, name):
        member = self.members[name]
        status, document, _ = self.call("GET", f"/v1/members/{member}")
        status_of_streaks, streaks, _ = self.call("GET", f"/v1/members/{member}/streaks")
        if status != 200 or status_of_streaks != 200:
            raise Failure(f"{name}: {status} {status_of_streaks}")
        return document, streaks

    # Events

    def send(self, deeds, hello=False):
        """Sends one kind of events at a time, as `send` does, and notes the answers."""
        connection = self.server.connect()
        try:
            kinds = collections.defaultdict(list)
            for deed in deeds:
                kinds[(deed.kind, deed.share)].append(deed)
            for (kind, share), group in kinds.items():
                data = {"share": share} if kind == "article.read" else {}
                batch = [stamped(deed) for deed in group]
                for _ in range(TRIES):
                    status, results = send(connection, batch, self.key, kind, data)
                    if status not in (429, 503):
                        break
                    time.sleep(0.1)
                if not isinstance(results, dict):
                    raise Failure(f"events: {status} {results.body[:300]}")
                if not hello:
                    self.note(group, batch, results)
        finally:
            connection.close()

    def note(self, group, batch, results):
        with self.tally.lock:
            for deed, one in zip(group, batch):
                answer = results.get(one.id)
                if answer == "accepted":
                    if deed.id in self.accepted:
                        self.tally.note("taken_twice", deed.id)
                    self.accepted.add(deed.id)
                    self.tally.acknowledged[one.id] = (deed, one)
                elif answer == "duplicate":
                    # Without an answer to the first time, or with one that is still on its way, it is the first we hear of it.
                    self.tally.counts["duplicates"] += 1
                    self.known.add(deed.id)
                    self.tally.acknowledged[one.id] = (deed, one)
                else:
                    self.tally.note("unexpected", f"{deed.id} was answered {answer}")

    # Purchases

    def buy(self, purchase, clock):
        path = f"/v1/members/{self.members[purchase.member]}"
        if purchase.what == "transfer":
            body = {"to": self.members[purchase.other], "unit": "ink", "amount": SENT}
            path += "/transfers"
        else:
            body = {"reward": purchase.what}
            path += "/redemptions"
        first = self.tried.setdefault(purchase.id, clock)
        status, answer, was_done = self.call("POST", path, body, purchase.id)
        if status == 201 and purchase.what == "book":
            redemption = answer["redemption"]["redemption"]
            status, answer, _ = self.call("POST", f"{path}/{redemption}/confirm", None, purchase.id + "-confirm")
        if status not in (200, 201):
            raise Failure(f"{purchase.id}: {status} {answer}")
        # What was carried out and not answered happened under the clock of then.
        self.purchased.append((purchase, first if was_done else clock))


class Life:
    """What is sent in one life of the server, on threads, until it is done or the server is gone."""

    def __init__(self, home, deeds, purchases, clock):
        self.home, self.clock = home, clock
        self.deeds, self.purchases = collections.deque(deeds), collections.deque(purchases)
        self.wrong = []
        self.threads = [threading.Thread(target=self.run, args=(work,)) for work in (self.read, self.read, self.shop)]
        for thread in self.threads:
            thread.start()

    def run(self, work):
        try:
            work()
        except NO_ANSWER:
            return
        except Exception as error:  # noqa: BLE001 - raised again by join
            self.wrong.append(error)

    def read(self):
        while True:
            with self.home.tally.lock:
                batch = [self.deeds.popleft() for _ in range(min(20, len(self.deeds)))]
            if not batch:
                return
            try:
                self.home.send(batch)
            except NO_ANSWER:
                with self.home.tally.lock:
                    self.deeds.extend(batch)
                    self.home.tally.counts["unanswered"] += 1
                raise

    def shop(self):
        # One after the other: what is not answered comes first in the next life.
        while self.purchases:
            self.home.buy(self.purchases[0], self.clock)
            self.purchases.popleft()

    def join(self):
        for thread in self.threads:
            thread.join()
        if self.wrong:
            raise self.wrong[0]
        return list(self.deeds), list(self.purchases)


def play_disorder(home, world, chance, counts):
    """The day as it should not be."""
    home.prepare()
    home.start(world.clock(-2) - 3_600)
    home.meet()
    home.stop()
    deeds, purchases, unsure = [], [], 0
    for slot in [-2, -1, *range(world.slots)]:
        deeds += world.deliveries[slot]
        purchases += world.purchases[slot]
        clock = world.clock(slot)
        back = slot % 7 == 4 and slot + 1 < world.slots and not home.arguments.forwards_only
        if back:
            clock -= chance.choice([1, 2, 3]) * 3_600
            counts["clock_steps"] += 2
        # A purchase keeps its side of every midnight: it waits where the clock is not that of its slot, or a day begins.
        # Whether one without an answer was carried out is found out at once, before another server can be killed over it.
        shopping = [] if back else purchases if world.is_calm(slot) else purchases[:unsure]
        # What lies ahead of a clock that was set back is refused until the clock is there.
        due = [deed for deed in deeds if deed.at <= clock]
        rest = [deed for deed in deeds if deed.at > clock]
        home.start(clock)
        life = Life(home, due, shopping, clock)
        if slot >= 0 and slot % 3 == 1 and slot + 1 < world.slots:
            time.sleep(0.02 + chance.random() * 0.5)
            home.server.kill()
            counts["kills"] += 1
            left = life.join()
        else:
            left = life.join()
            home.stop()
            counts["stops"] += 1
        deeds = left[0] + rest
        purchases = left[1] + purchases[len(shopping):]
        unsure = 1 if purchases and purchases[0].id in home.tried else 0
        if slot % 12 == 11:
            verify(home.arguments.binary, home.folder, home.tally, f"slot {slot}", home.arguments.flags)
            print(f"day_load: slot {slot}, {len(home.accepted)} events taken", file=sys.stderr)
    if deeds or purchases:
        raise Failure(f"{len(deeds)} events and {len(purchases)} purchases were never sent")


def play_order(home, world, purchased):
    """The same day in order: everything once, with a life for each part of the day between two midnights."""
    home.prepare()
    home.start(world.clock(-2) - 3_600)
    home.meet()
    home.stop()
    deeds = collections.deque(sorted(world.deeds, key=lambda deed: deed.at))
    waiting = collections.deque(purchased)
    # Ten minutes before a day begins in one of the zones, and at the end.
    lives = [world.clock(-2), world.clock(-1), *(world.begin + hours * 3_600 - 600 for hours in (3, 12, 17)), world.end]
    for clock in lives:
        home.start(clock)
        while True:
            at = min(clock, waiting[0][1]) if waiting else clock
            batch = []
            while deeds and deeds[0].at <= at and len(batch) < 100:
                batch.append(deeds.popleft())
            if batch:
                home.send(batch)
            elif waiting and waiting[0][1] <= clock:
                home.buy(*waiting.popleft())
            else:
                break
        home.stop()


def plain(home, name):
    """What a member has, without identifiers."""
    document, streaks = home.look(name)
    balances = {}
    for one in document["balances"]:
        lots = collections.Counter()
        for lot in one["lots"]:
            lots[f"{lot['expires_at']} {lot['pending']}"] += lot["remaining"]
        balances[one["unit"]] = {
            **{key: one[key] for key in ("spendable", "pending", "held", "owed")}, "lots": dict(sorted(lots.items()))}
    challenges = [
        {key: value for key, value in one.items() if key != "ends_at"} for one in document["challenges"]]
    return {"balances": balances, "tier": document["tier"], "challenges": challenges, "streaks": streaks["streaks"]}


def compare(home, world, purchased, tally, what):
    """Holds every member against the model."""
    wanted = expected(world, purchased)
    for name in world.names:
        def found():
            seen = plain(home, name)
            balances = seen["balances"]
            streak = seen["streaks"][0]
            return {
                "ink": balances["ink"]["spendable"], "held": balances["ink"]["held"],
                "coin": balances["coin"]["spendable"], "pending": balances["coin"]["pending"],
                "loyalty": balances["loyalty"]["spendable"], "tier": seen["tier"], "streak": streak["current"],
            }
        try:
            wait_until(name, lambda: found() == wanted[name], 20.0 if not tally.counts["differ"] else 1.0)
        except Failure:
            tally.note("differ", f"{what}: {name} has {found()}, not {wanted[name]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", metavar="BINARY")
    parser.add_argument("--home", required=True)
    parser.add_argument("--reference-home", required=True)
    parser.add_argument("--members", type=int, default=120)
    parser.add_argument("--slots", type=int, default=48)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--forwards-only", action="store_true",
        help="never set the clock back: servers that share a database agree on the time, or wait for each other's leases")
    own, flags = sys.argv[1:], []
    if "--" in own:
        own, flags = own[:own.index("--")], own[own.index("--") + 1:]
    arguments = parser.parse_args(own)
    arguments.flags = flags

    world = World(arguments.seed, arguments.members, arguments.slots, time.time())
    print(f"day_load: {len(world.deeds)} events of {arguments.members} members, seed {arguments.seed}", file=sys.stderr)
    begun = time.monotonic()
    counts, tally = collections.Counter(kills=0, stops=0, clock_steps=0), Tally()
    home = Home(arguments.home, world, arguments, tally)
    # Without flags: the day on PostgreSQL is held against one on SQLite.
    plainly = argparse.Namespace(**{**vars(arguments), "flags": []})
    reference = Home(arguments.reference_home, world, plainly, Tally())
    try:
        play_disorder(home, world, random.Random(arguments.seed + 1), counts)
        home.start(world.end)
        compare(home, world, home.purchased, tally, "after the day")
        seen = {name: plain(home, name) for name in world.names}
        # Everything once more is known.
        again = Tally()
        for (kind, share) in {(deed.kind, deed.share) for deed in world.deeds}:
            again.acknowledged = {
                deed.id: one for deed, one in tally.acknowledged.values() if (deed.kind, deed.share) == (kind, share)}
            confirm(home.server, home.key, again, kind, {"share": share} if kind == "article.read" else {})
        home.stop()
        verify(arguments.binary, home.folder, tally, "the end", flags)
        play_order(reference, world, home.purchased)
        reference.start(world.end)
        compare(reference, world, home.purchased, tally, "in order")
        for name in world.names:
            orderly = plain(reference, name)
            if orderly != seen[name]:
                tally.note("differ", f"{name}: {seen[name]}, in order {orderly}")
        reference.stop()
        verify(arguments.binary, reference.folder, tally, "in order")
    finally:
        for one in (home, reference):
            if one.server and one.server.process.poll() is None:
                one.server.kill()

    wrong = {name: tally.counts[name] for name in (
        "taken_twice", "unexpected", "differ", "differences", "verify_failures", "crashes")}
    wrong["lost"] = again.counts["lost"] + again.counts["unexpected"] + again.counts["refused"]
    wrong["not_taken"] = len(world.deeds) - len(home.accepted | home.known)
    done = {
        "duplicates": tally.counts["duplicates"], "purchases": len(home.purchased),
        "unanswered": tally.counts["unanswered"], **counts}
    json.dump(
        {
            "seed": arguments.seed, "members": arguments.members, "events": len(world.deeds),
            "sent_again": world.sent_again(), **done, **wrong, "seconds": round(time.monotonic() - begun, 1),
            "examples": tally.examples + again.examples,
        }, sys.stdout)
    print()
    if any(wrong.values()) or not all(done[name] for name in ("duplicates", "purchases", "kills")) or not (
            done.get("clock_steps") or arguments.forwards_only):
        sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"day_load: {failure}")
