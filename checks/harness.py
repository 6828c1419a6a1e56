"""What the checks of this folder share: the server as a process, and events sent to it. Standard library only."""

import collections
import http.client
import json
import os
import select
import signal
import subprocess
import threading
import time
import urllib.parse

DATA = {"item": "article-1", "share": 0.9, "seconds": 60, "topics": ["opera"]}
SOURCE = "https://checks.example/"

Event = collections.namedtuple("Event", "id subject time")
Answer = collections.namedtuple("Answer", "status headers body")


class Failure(Exception):
    """What the check was about does not hold."""


def wait_until(what, condition, seconds=60.0):
    """Asks until the condition gives something true, and returns that."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        result = condition()
        if result:
            return result
        time.sleep(0.02)
    raise Failure(f"{what}: not within {seconds} s")


class Server:
    """One life of a server process, on a port of its own choice on 127.0.0.1."""

    def __init__(self, binary, home, flags=(), log=subprocess.DEVNULL, start_seconds=60.0):
        self.start_seconds = start_seconds
        self.ready = None
        command = [binary, "serve", "--json", "--address", "127.0.0.1", "--port", "0", "--home", home, *flags]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)

    def wait_until_ready(self):
        """Reads the line that the server prints when it takes requests."""
        deadline = time.monotonic() + self.start_seconds
        line = b""
        descriptor = self.process.stdout.fileno()
        while not line.endswith(b"\n"):
            if not select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
                self.kill()
                raise Failure(f"the server was not ready within {self.start_seconds} s")
            part = os.read(descriptor, 4096)
            if not part:
                raise Failure(f"the server ended with {self.process.wait()} at its start")
            line += part
        self.ready = json.loads(line)
        return self

    @property
    def port(self):
        return urllib.parse.urlsplit(self.ready["listening"]).port

    def connect(self, timeout=30.0):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def request(self, method, path, body=None, headers=None, timeout=30.0):
        """One request on a connection of its own."""
        connection = self.connect(timeout)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def is_ready(self):
        try:
            return self.request("GET", "/ready").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Asks it to stop; its exit code, or None when it had to be killed."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(self.start_seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return None


def event(identifier, subject, back_seconds=0.0):
    moment = time.time() - back_seconds
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment)) + f".{int(moment * 1000) % 1000:03}Z"
    return Event(identifier, subject, stamp)


def document(one, kind, data):
    return {
        "specversion": "1.0", "id": one.id, "source": SOURCE, "type": kind, "subject": one.subject, "time": one.time,
        "datacontenttype": "application/json", "data": data,
    }


def send(connection, batch, key, kind="article.read", data=DATA):
    """Status, and the results by event id of a 2xx answer or the beginning of any other one.

    Raises OSError, HTTPException, ValueError or KeyError without a whole answer.
    """
    body = json.dumps([document(one, kind, data) for one in batch]).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/cloudevents-batch+json"}
    connection.request("POST", "/v1/events", body, headers)
    response = connection.getresponse()
    content = response.read()
    if not 200 <= response.status < 300:
        return response.status, Answer(response.status, response.headers, content)
    results = json.loads(content)["results"]
    return response.status, {result["id"]: result["status"] for result in results}


NO_ANSWER = (OSError, http.client.HTTPException, ValueError, KeyError)


class Tally:
    """What all threads found, behind one lock."""

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


def confirm(server, key, tally, kind="article.read", data=DATA):
    """Sends every acknowledged event once more: each has to be a duplicate."""
    connection = server.connect()
    events = list(tally.acknowledged.values())
    for start in range(0, len(events), 100):
        batch = events[start:start + 100]
        for _ in range(100):
            status, results = send(connection, batch, key, kind, data)
            if status not in (429, 503):
                break
            time.sleep(0.1)
        if not isinstance(results, dict):
            tally.note("refused", f"{status} {results.body[:300]}")
            continue
        for one in batch:
            answer = results.get(one.id)
            if answer == "accepted":
                tally.note("lost", f"{one.id} is not known any more")
            elif answer != "duplicate":
                tally.note("unexpected", f"{one.id} was answered {answer} at the end")
    connection.close()


def verify(binary, home, tally, where, flags=()):
    """Runs `verify` and notes what it finds. It waits for the lease of a server that was killed to run out (PostgreSQL)."""
    result = subprocess.run([binary, "verify", "--home", home, "--json", *flags], capture_output=True, text=True)
    try:
        differences = json.loads(result.stdout)["differences"]
    except (ValueError, KeyError, TypeError):
        tally.note("verify_failures", f"{where}: exit {result.returncode}, {result.stderr[-300:]}")
        return
    if differences or result.returncode != 0:
        tally.counts["differences"] += differences
        tally.note("verify_failures", f"{where}: {differences} differences, exit {result.returncode}")
