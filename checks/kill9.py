#!/usr/bin/env python3
"""Kills a loaded server with SIGKILL again and again and counts what it lost. Standard library only.

    checks/kill9.py BINARY --home DIR --port PORT --key KEY [--rounds 20] [--seed 1] [--threads 4]
                    [--type article.read] [--data JSON] [-- FURTHER FLAGS OF SERVE...]

The home must hold a programme that declares the event type, and an API key that may send events (`--key`,
STAMGAST_API_KEY, or `--key-command`, a shell command that prints it and sees the home as STAMGAST_HOME).

A round: `BINARY serve --home DIR --port PORT …` starts; threads send batches of CloudEvents to `POST /v1/events` and note
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
import collections
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

Event = collections.namedtuple("Event", "id subject time")


class Server:
    """One life of the server process."""

    def __init__(self, arguments, log):
        command = [arguments.binary, "serve", "--home", arguments.home, "--port", str(arguments.port), *arguments.flags]
        self.arguments = arguments
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def wait_until_ready(self):
        """Whether it answers in time; raises when it ended instead."""
        deadline = time.monotonic() + self.arguments.start_seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise SystemExit(f"kill9: the server ended with {self.process.returncode} at its start")
            connection = http.client.HTTPConnection("127.0.0.1", self.arguments.port, timeout=5)
            try:
                connection.request("GET", self.arguments.ready_path)
                if connection.getresponse().status < 500:
                    return
            except OSError:
                pass
            finally:
                connection.close()
            time.sleep(0.02)
        self.kill()
        raise SystemExit(f"kill9: the server was not ready within {self.arguments.start_seconds} s")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(self.arguments.start_seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return None


class Tally:
    """What all rounds and threads found, behind one lock."""

    def __init__(self):
        self.lock = threading.Lock()
        self.acknowledged = {}
        self.unanswered = collections.deque()
        self.counts = collections.Counter()
        self.examples = []

    def note(self, kind, example):
        self.counts[kind] += 1
        if len(self.examples) < 20:
            self.examples.append(f"{kind}: {example}")


def document(event, arguments):
    return {
        "specversion": "1.0", "id": event.id, "source": "https://checks.example/kill9", "type": arguments.type,
        "subject": event.subject, "time": event.time, "datacontenttype": "application/json", "data": arguments.data,
    }


def send(connection, batch, arguments):
    """The results by event id of a 2xx answer; the status otherwise. Raises OSError or HTTPException without an answer."""
    body = json.dumps([document(event, arguments) for event in batch]).encode()
    headers = {"Authorization": f"Bearer {arguments.key}", "Content-Type": "application/cloudevents-batch+json"}
    connection.request("POST", "/v1/events", body, headers)
    response = connection.getresponse()
    content = response.read()
    if not 200 <= response.status < 300:
        return response.status, content[:300].decode(errors="replace")
    results = json.loads(content)["results"]
    return response.status, {result["id"]: result["status"] for result in results}


def connect(arguments):
    return http.client.HTTPConnection("127.0.0.1", arguments.port, timeout=30)


def sender(number, round_number, arguments, tally, stop, seed):
    """Sends batches until told to stop or until the server is gone."""
    chance = random.Random(seed)
    connection = connect(arguments)
    sequence = 0
    while not stop.is_set():
        with tally.lock:
            retry = tally.unanswered.popleft() if tally.unanswered else None
        if retry is None:
            batch = []
            for _ in range(chance.randint(1, 20)):
                sequence += 1
                moment = time.time() - chance.random() * 3600
                stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment)) + f".{int(moment * 1000) % 1000:03}Z"
                subject = f"lezer-é-{chance.randrange(arguments.members)}"
                batch.append(Event(f"{arguments.seed}-{round_number}-{number}-{sequence}", subject, stamp))
        else:
            batch = retry
        try:
            status, results = send(connection, batch, arguments)
        except (OSError, http.client.HTTPException, ValueError, KeyError):
            # No whole answer: nobody knows, so it is sent again in the next round.
            connection.close()
            with tally.lock:
                tally.unanswered.append(batch)
            return
        if not isinstance(results, dict):
            with tally.lock:
                tally.unanswered.append(batch)
                if status not in (429, 503):
                    tally.note("refused", f"{status} {results}")
            if status not in (429, 503):
                return
            stop.wait(0.05)
            continue
        with tally.lock:
            for event in batch:
                answer = results.get(event.id)
                if answer == "accepted" or (answer == "duplicate" and retry is not None):
                    if answer == "accepted" and event.id in tally.acknowledged:
                        tally.note("lost", f"{event.id} in round {round_number}")
                    tally.acknowledged[event.id] = event
                else:
                    tally.note("quarantined" if answer == "quarantined" else "unexpected", f"{event.id} was answered {answer}")
        if retry is None and chance.random() < 0.1:
            try:
                _, results = send(connection, batch, arguments)
            except (OSError, http.client.HTTPException, ValueError, KeyError):
                connection.close()
                return
            if isinstance(results, dict):
                with tally.lock:
                    for event in batch:
                        if results.get(event.id) == "accepted":
                            tally.note("duplicates", f"{event.id} was taken twice in round {round_number}")
    connection.close()


def verify(arguments, tally, round_number):
    command = [arguments.binary, "verify", "--home", arguments.home, "--json"]
    result = subprocess.run(command, capture_output=True, text=True)
    try:
        differences = json.loads(result.stdout)["differences"]
    except (ValueError, KeyError, TypeError):
        tally.note("verify_failures", f"round {round_number}: exit {result.returncode}, {result.stderr[-300:]}")
        return
    if differences or result.returncode != 0:
        tally.counts["differences"] += differences
        tally.note("verify_failures", f"round {round_number}: {differences} differences, exit {result.returncode}")


def play(round_number, arguments, tally, chance, log):
    early = chance.random() < 0.125
    server = Server(arguments, log)
    if early:
        # While it opens and recovers its files.
        time.sleep(chance.random() * 0.5)
        server.kill()
        tally.counts["early_kills"] += 1
    else:
        server.wait_until_ready()
        stop = threading.Event()
        threads = [
            threading.Thread(target=sender, args=(number, round_number, arguments, tally, stop, chance.random()))
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
        verify(arguments, tally, round_number)


def confirm(arguments, tally):
    """Sends every acknowledged event once more: each has to be a duplicate."""
    connection = connect(arguments)
    events = list(tally.acknowledged.values())
    for start in range(0, len(events), 100):
        batch = events[start:start + 100]
        for attempt in range(100):
            status, results = send(connection, batch, arguments)
            if isinstance(results, dict) or status not in (429, 503):
                break
            time.sleep(0.1)
        if not isinstance(results, dict):
            tally.note("refused", f"{status} {results}")
            continue
        for event in batch:
            answer = results.get(event.id)
            if answer == "accepted":
                tally.note("lost", f"{event.id} is not known any more")
            elif answer != "duplicate":
                tally.note("unexpected", f"{event.id} was answered {answer} at the end")
    connection.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", metavar="BINARY")
    parser.add_argument("--home", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--key", default=os.environ.get("STAMGAST_API_KEY"))
    parser.add_argument("--key-command", help="a shell command that prints the key")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--type", default="article.read")
    parser.add_argument(
        "--data", type=json.loads, default={"item": "article-1", "share": 0.9, "seconds": 60, "topics": ["opera"]},
        help="the data of every event, as JSON")
    parser.add_argument("--longest-seconds", type=float, default=2.0, help="from ready to the kill")
    parser.add_argument("--start-seconds", type=float, default=60.0)
    parser.add_argument("--ready-path", default="/ready", help="answers below 500 when the server is ready")
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
        server = Server(arguments, log)
        try:
            server.wait_until_ready()
            confirm(arguments, tally)
            code = server.stop()
            if code != 0:
                tally.note("crashes", f"the server ended with {code} when asked to stop")
        finally:
            if server.process.poll() is None:
                server.kill()
    verify(arguments, tally, arguments.rounds + 1)

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
    main()
