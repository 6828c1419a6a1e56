#!/usr/bin/env python3
"""Two servers on one database: the owner is paused under load, the other takes over. Standard library only.

    checks/takeover.py BINARY --home DIR --second-home DIR --key KEY [--rounds 3] [--seed 1] [-- FLAGS OF SERVE AND VERIFY...]

Both homes hold the same keys and the flags name the same PostgreSQL databases; a short `--set lease-duration=1s` makes it
quick. A round: one server owns the programme, the other passes on to it what it is asked; threads send batches of events
to both; at a random moment the owner gets SIGSTOP. The other must take over by itself, know every event that was
acknowledged, and take what was not answered. Then the first gets SIGCONT: it must not commit anything any more, neither
what it was in the middle of nor anything new; what it is asked it passes on. Then the second is stopped, the first must
take over and show the members as the second did. Next round, the other way round.

Prints one JSON object and exits 0 only when nothing acknowledged was lost, no event was taken twice, the paused server
committed nothing, `verify` found no difference and no balance differed between the two:

    {"rounds": 3, "acknowledged": 5120, "lost": 0, "taken_twice": 0, "passed_on_by_the_paused": 60, ...}
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import threading
import urllib.parse

from harness import Failure, NO_ANSWER, Server, Tally, confirm, event, send, verify, wait_until


class Node:
    """One of the two homes, and the server that runs on it now."""

    def __init__(self, number, home, arguments):
        self.number, self.home, self.arguments = number, home, arguments
        self.log = os.path.join(home, "check.log")
        self.server = None

    def start(self):
        with open(self.log, "wb") as log:
            self.server = Server(self.arguments.binary, self.home, self.arguments.flags, log)
        return self.server


class Load:
    """Threads that send to one server until it does not answer any more."""

    def __init__(self, server, name, arguments, tally, accepted, chance):
        self.server, self.name, self.arguments, self.tally, self.accepted = server, name, arguments, tally, accepted
        self.stopping = threading.Event()
        self.threads = [
            threading.Thread(target=self.run, args=(number, random.Random(chance.random())))
            for number in range(arguments.threads)
        ]
        for thread in self.threads:
            thread.start()

    def run(self, number, chance):
        connection = self.server.connect(timeout=120)
        sequence = 0
        while not self.stopping.is_set():
            batch = []
            for _ in range(chance.randint(1, 20)):
                sequence += 1
                subject = f"lezer-é-{chance.randrange(self.arguments.members)}"
                batch.append(event(f"{self.arguments.seed}-{self.name}-{number}-{sequence}", subject, chance.random() * 600))
            with self.tally.lock:
                self.tally.unanswered.append(batch)
            try:
                status, results = send(connection, batch, self.arguments.key)
            except NO_ANSWER:
                break
            take(batch, status, results, self.tally, self.accepted)
            if status == 503:
                break
        connection.close()

    def join(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join()


def take(batch, status, results, tally, accepted):
    """Notes an answer. Events that were refused or not answered stay to be sent again."""
    with tally.lock:
        if not isinstance(results, dict):
            if status not in (429, 503):
                tally.note("unexpected", f"{status} {results.body[:300]}")
            elif status == 503 and not results.headers.get("Retry-After"):
                tally.note("unexpected", "a 503 without Retry-After")
            return
        if batch in tally.unanswered:
            tally.unanswered.remove(batch)
        for one in batch:
            answer = results.get(one.id)
            if answer == "accepted":
                # Whoever says so counted it: only one may.
                if one.id in accepted:
                    tally.note("taken_twice", one.id)
                accepted.add(one.id)
            elif answer != "duplicate":
                tally.note("unexpected", f"{one.id} was answered {answer}")
            tally.acknowledged[one.id] = one


def members(server, arguments, subjects):
    """What the API says of members."""
    found = {}
    for subject in subjects:
        answer = server.request(
            "GET", "/v1/members/by-external/user/" + urllib.parse.quote(subject, safe=""),
            headers={"Authorization": f"Bearer {arguments.key}"})
        found[subject] = (answer.status, json.loads(answer.body))
    return found


def commits(server, arguments):
    """How many transactions of the pipeline the server has committed."""
    answer = server.request("GET", "/metrics", headers={"Authorization": f"Bearer {arguments.key}"})
    for line in answer.body.decode().splitlines():
        if line.startswith("stamgast_commits_total "):
            return int(line.split()[1])
    raise Failure("the metrics do not say how many transactions were committed")


def takes(server, probe, arguments, tally, accepted):
    """Whether a server takes an event: one that nobody counts on, as often as it needs."""
    connection = server.connect(timeout=30)
    try:
        status, results = send(connection, probe, arguments.key)
    except NO_ANSWER:
        return False
    finally:
        connection.close()
    take(probe, status, results, tally, accepted)
    return status == 200


def play(number, owner, other, arguments, tally, accepted, chance):
    other.start().wait_until_ready()
    name = f"{number}-{owner.number}"
    before = len(tally.acknowledged)
    loads = [
        Load(node.server, f"{name}-{place}", arguments, tally, accepted, chance)
        for place, node in (("owner", owner), ("other", other))
    ]
    wait_until("the owner takes events", lambda: len(tally.acknowledged) > before)
    # A random moment: in the middle of a transaction as well as between two.
    wait = threading.Event()
    wait.wait(chance.random() * arguments.longest_seconds)
    owner.server.signal(signal.SIGSTOP)
    paused = True
    try:
        probe = [event(f"{arguments.seed}-{name}-probe", "lezer-é-1")]
        wait_until("the second server takes over", lambda: takes(other.server, probe, arguments, tally, accepted))
        loads[1].join()
        # The threads hang in requests to the paused server; what they wait for is sent to the new owner.
        with tally.lock:
            waiting = list(tally.unanswered)
        connection = other.server.connect()
        for batch in waiting + [[event(f"{arguments.seed}-{name}-new-{index}", f"lezer-é-{index}")] for index in range(20)]:
            status, results = send(connection, batch, arguments.key)
            take(batch, status, results, tally, accepted)
            if status != 200:
                tally.note("refused_by_the_new", f"{status}")
        confirm(other.server, arguments.key, tally)
        owner.server.signal(signal.SIGCONT)
        paused = False
        # What was under way at the paused server is answered now: refused or passed on, unless it was on disk before.
        loads[0].join()
        connection.close()
        was = commits(owner.server, arguments)
        connection = owner.server.connect()
        for index in range(20):
            batch = [event(f"{arguments.seed}-{name}-late-{index}", f"lezer-é-{index}")]
            status, results = send(connection, batch, arguments.key)
            take(batch, status, results, tally, accepted)
            if status == 200:
                tally.counts["passed_on_by_the_paused"] += 1
        connection.close()
        if commits(owner.server, arguments) != was:
            tally.note("committed_by_the_paused", f"{was} transactions, then more")
        subjects = [f"lezer-é-{index}" for index in range(0, arguments.members, 3)]
        shown = members(other.server, arguments, subjects)
        if members(owner.server, arguments, subjects) != shown:
            tally.note("balances_differ", "while both run")
        if other.server.stop() != 0:
            tally.note("crashes", "the second server did not stop well")
        again = [event(f"{arguments.seed}-{name}-again", "lezer-é-1")]
        wait_until("the first server takes over again", lambda: takes(owner.server, again, arguments, tally, accepted))
        shown.pop("lezer-é-1", None)
        if members(owner.server, arguments, list(shown)) != shown:
            tally.note("balances_differ", "after the first took over again")
        confirm(owner.server, arguments.key, tally)
    finally:
        if paused:
            owner.server.signal(signal.SIGCONT)
        for load in loads:
            load.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", metavar="BINARY")
    parser.add_argument("--home", required=True)
    parser.add_argument("--second-home", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--members", type=int, default=60)
    parser.add_argument("--longest-seconds", type=float, default=0.5, help="of load before the pause")
    own, flags = sys.argv[1:], []
    if "--" in own:
        own, flags = own[:own.index("--")], own[own.index("--") + 1:]
    arguments = parser.parse_args(own)
    arguments.flags = flags

    print(f"takeover: {arguments.rounds} rounds, seed {arguments.seed}", file=sys.stderr)
    chance = random.Random(arguments.seed)
    tally, accepted = Tally(), set()
    owner, other = Node(1, arguments.home, arguments), Node(2, arguments.second_home, arguments)
    owner.start().wait_until_ready()
    try:
        for number in range(1, arguments.rounds + 1):
            play(number, owner, other, arguments, tally, accepted, chance)
            if owner.server.stop() != 0:
                tally.note("crashes", "the first server did not stop well")
            verify(arguments.binary, owner.home, tally, f"round {number}", arguments.flags)
            owner, other = other, owner
            owner.start().wait_until_ready()
        confirm(owner.server, arguments.key, tally)
        owner.server.stop()
    finally:
        for node in (owner, other):
            if node.server and node.server.process.poll() is None:
                node.server.kill()
    verify(arguments.binary, owner.home, tally, "the end", arguments.flags)

    counts = tally.counts
    wrong = [
        "lost", "taken_twice", "committed_by_the_paused", "refused_by_the_new", "balances_differ", "differences", "unexpected",
        "refused", "verify_failures", "crashes",
    ]
    json.dump(
        {
            "rounds": arguments.rounds, "seed": arguments.seed, "acknowledged": len(tally.acknowledged),
            "passed_on_by_the_paused": counts["passed_on_by_the_paused"], **{name: counts[name] for name in wrong},
            "examples": tally.examples,
        },
        sys.stdout,
    )
    print()
    for example in tally.examples:
        print(f"takeover: {example}", file=sys.stderr)
    if any(counts[name] for name in wrong) or not counts["passed_on_by_the_paused"]:
        sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"takeover: {failure}")
