#!/usr/bin/env python3
"""Kills a loaded server with SIGKILL again and again and counts what it lost. Standard library only.

    checks/kill9.py BINARY --home DIR --key KEY [--rounds 20] [--seed 1] [--threads 4]
                    [--type article.read] [--data JSON] [-- FURTHER FLAGS OF SERVE...]

The home must hold a programme that declares the event type, and an API key that may send events (`--key`,
STAMGAST_API_KEY, or `--key-command`, a shell command that prints it and sees the home as STAMGAST_HOME).

A round: `BINARY serve --home DIR …` starts; threads send batches of CloudEvents to `POST /v1/events` and note
every event that a 2xx answer calls accepted or duplicate; at a random moment the server gets SIGKILL, one time in eight
before it is even ready; then `BINARY verify --home DIR --json` must find no difference. Batches without an answer are
sent again in the next round, as a careful client does, and so is one batch in ten that was answered.

At the end every acknowledged event is sent once more. Prints one JSON object:

    {"rounds": 20, "acknowledged": 51234, "lost": 0, "duplicates": 0, ...}

`lost`: acknowledged events that the server does not know any more (it calls them accepted, not duplicate).
`duplicates`: events that a running server took twice. `differences`: what verify found, summed over the rounds.
Exits 0 only when nothing was lost, taken twice, quarantined or different, and something was acknowledged at all.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import threading
import time

from harness import DATA, Failure, NO_ANSWER, Server, Tally, confirm, event, send, verify


def start(arguments, log):
    return Server(arguments.binary, arguments.home, arguments.flags, log, arguments.start_seconds)


def sender(server, number, round_number, arguments, tally, stop, seed):
    """Sends batches until told to stop or until the server is gone."""
    chance = random.Random(seed)
    connection = server.connect()
    sequence = 0
    while not stop.is_set():
        with tally.lock:
            retry = tally.unanswered.popleft() if tally.unanswered else None
        if retry is None:
            batch = []
            for _ in range(chance.randint(1, 20)):
                sequence += 1
                subject = f"lezer-é-{chance.randrange(arguments.members)}"
                identifier = f"{arguments.seed}-{round_number}-{number}-{sequence}"
                batch.append(event(identifier, subject, chance.random() * 3600))
        else:
            batch = retry
        try:
            status, results = send(connection, batch, arguments.key, arguments.type, arguments.data)
        except NO_ANSWER:
            # No whole answer: nobody knows, so it is sent again in the next round.
            connection.close()
            with tally.lock:
                tally.unanswered.append(batch)
            return
        if not isinstance(results, dict):
            with tally.lock:
                tally.unanswered.append(batch)
                if status not in (429, 503):
                    tally.note("refused", f"{status} {results.body[:300]}")
            if status not in (429, 503):
                return
            stop.wait(0.05)
            continue
        with tally.lock:
            for one in batch:
                answer = results.get(one.id)
                if answer == "accepted" or (answer == "duplicate" and retry is not None):
                    if answer == "accepted" and one.id in tally.acknowledged:
                        tally.note("lost", f"{one.id} in round {round_number}")
                    tally.acknowledged[one.id] = one
                else:
                    tally.note("quarantined" if answer == "quarantined" else "unexpected", f"{one.id} was answered {answer}")
        if retry is None and chance.random() < 0.1:
            try:
                _, results = send(connection, batch, arguments.key, arguments.type, arguments.data)
            except NO_ANSWER:
                connection.close()
                return
            if isinstance(results, dict):
                with tally.lock:
                    for one in batch:
                        if results.get(one.id) == "accepted":
                            tally.note("duplicates", f"{one.id} was taken twice in round {round_number}")
    connection.close()


def play(round_number, arguments, tally, chance, log):
    early = chance.random() < 0.125
    server = start(arguments, log)
    if early:
        # While it opens and recovers its files.
        time.sleep(chance.random() * 0.5)
        server.kill()
        tally.counts["early_kills"] += 1
    else:
        server.wait_until_ready()
        stop = threading.Event()
        threads = [
            threading.Thread(target=sender, args=(server, number, round_number, arguments, tally, stop, chance.random()))
            for number in range(arguments.threads)
        ]
        for thread in threads:
            thread.start()
        time.sleep(0.02 + chance.random() * arguments.longest_seconds)
        if server.process.poll() is not None:
            tally.note("crashes", f"round {round_number}: the server ended by itself with {server.process.returncode}")
        server.kill()
        stop.set()
        for thread in threads:
            thread.join()
    if round_number % arguments.verify_every == 0:
        verify(arguments.binary, arguments.home, tally, f"round {round_number}", arguments.flags)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", metavar="BINARY")
    parser.add_argument("--home", required=True)
    parser.add_argument("--key", default=os.environ.get("STAMGAST_API_KEY"))
    parser.add_argument("--key-command", help="a shell command that prints the key")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--type", default="article.read")
    parser.add_argument(
        "--data", type=json.loads, default=DATA, help="the data of every event, as JSON")
    parser.add_argument("--longest-seconds", type=float, default=2.0, help="from ready to the kill")
    parser.add_argument("--start-seconds", type=float, default=60.0)
    parser.add_argument("--verify-every", type=int, default=1)
    parser.add_argument("--log", default=os.devnull, help="a file for what the server prints")
    own = sys.argv[1:]
    flags = []
    if "--" in own:
        own, flags = own[:own.index("--")], own[own.index("--") + 1:]
    arguments = parser.parse_args(own)
    arguments.flags = flags
    if arguments.key_command:
        environment = {**os.environ, "STAMGAST_HOME": arguments.home}
        arguments.key = subprocess.run(
            arguments.key_command, shell=True, check=True, capture_output=True, text=True, env=environment).stdout.strip()
    if not arguments.key:
        parser.error("give --key, STAMGAST_API_KEY or --key-command")

    chance = random.Random(arguments.seed)
    tally = Tally()
    print(f"kill9: {arguments.rounds} rounds, seed {arguments.seed}", file=sys.stderr)
    with open(arguments.log, "ab") as log:
        for round_number in range(1, arguments.rounds + 1):
            play(round_number, arguments, tally, chance, log)
            if round_number % 10 == 0:
                print(f"kill9: round {round_number}, {len(tally.acknowledged)} acknowledged", file=sys.stderr)
        server = start(arguments, log)
        try:
            server.wait_until_ready()
            confirm(server, arguments.key, tally, arguments.type, arguments.data)
            code = server.stop()
            if code != 0:
                tally.note("crashes", f"the server ended with {code} when asked to stop")
        finally:
            if server.process.poll() is None:
                server.kill()
    verify(arguments.binary, arguments.home, tally, "the end", arguments.flags)

    counts = tally.counts
    wrong = ["lost", "duplicates", "differences", "quarantined", "unexpected", "refused", "verify_failures", "crashes"]
    json.dump(
        {
            "rounds": arguments.rounds, "seed": arguments.seed, "acknowledged": len(tally.acknowledged),
            **{name: counts[name] for name in wrong}, "early_kills": counts["early_kills"],
            "never_answered": sum(len(batch) for batch in tally.unanswered), "examples": tally.examples,
        },
        sys.stdout,
    )
    print()
    for example in tally.examples:
        print(f"kill9: {example}", file=sys.stderr)
    if any(counts[name] for name in wrong) or not tally.acknowledged:
        sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"kill9: {failure}")
