#!/usr/bin/env python3
"""A week of readers below the level `personal`, and then an independent look at everything that the server wrote.

    checks/persona_week.py BINARY [--seed N] [--keep FOLDER]

Seven readers with names, addresses and identifiers that occur nowhere else read articles for a week, each article of one reader
and one of all; they redeem something, say which persona they come for, ask what to read next, take their own data along. Two are
at the level `persona`, one left `personal` for it in the middle of the week, one leaves `persona`, one is at `session`, one at
`off`; one at `personal` is the control. It looks three times: while the server runs (write-ahead logs included), after one of the
two was erased, and when the server has stopped. Each time it reads every file of the home, a back-up and what the server printed,
as bytes and, where it is a SQLite database, as rows and as pages:

- no row, and no page, that holds a reader (identifier, pseudonym; raw, hexadecimal, base 64) holds an article, a subject, the
  id of an event, or a hash of one (plain, or under any key of the home and any name that the product derives keys by);
- no value joins a row with a reader to a row with an article;
- no row with a reader tells a time finer than a day;
- no name, address, identifier, IP address or user agent stands anywhere in the clear, nor as a plain hash;
- after the erasure nothing of the erased reader is left but the tombstone, and what `residue` counts: copies that SQLite left in
  gaps of pages, which nothing refers to;
- what was read without trace stands beside nobody and is counted nowhere;
- of the control's other articles all are found beside the control, so the look bites.

Standard library only, SQLite only; earning by tokens is looked at by `blind_tokens.py`. Prints one JSON object and exits 1 with
findings:

    {"seed", "members", "events", "looks": [{"when", "files", "bytes", "pages", "databases", "tables", "rows", "member_rows",
                                       "residue"}],
     "control", "documented", "findings"}
"""

import argparse
import base64
import collections
import hashlib
import hmac
import http.client
import html
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

from harness import SOURCE, Failure, Server

DAY = 86_400_000
# What a moment of any day of the week may look like beside a reader.
MOMENT = re.compile(rb"20\d\d-\d\d-\d\d[T ](?!00:(?:00|15):00(?:\.0+)?(?:Z|\+00:00))\d\d:\d\d:\d\d")
# The names that keys are derived by, as `Sources` writes them ("use:"); with the root keys themselves.
USES = ["claims", "meter", "idempotency", "quarantine", "earning tokens", "external identity", "refuse", "session", "pages"]
# Where the threat model says that a reader has a finer time, or is still there after an erasure: (table, column).
FINER = {
    ("access_log", "at"): "whose personal data was looked at, and when, stands in the vault",
}
# A redemption is said to be open from the start of the reader's day to its end and as long as the programme's `holds`.
HOLDS = 15 * 60_000
LEFT = {"tombstone": "so that a restore forgets again", "tombstones.json": "so that a restore forgets again"}

PROGRAMME = """--- # programme.yaml
programme: week
name: Week
languages: [en]
timezone: UTC
lateness: 10 days
units:
  ink: { name: ink }
--- # events/article.read.yaml
event: article.read
purpose: loyalty
keep: { personal: 24 months, persona: none }
fields:
  item:    { type: item }
  share:   { type: fraction }
  seconds: { type: duration, unit: s, max: 86400 }
  topics:  { type: list, of: topic, required: false }
--- # rules/read.yaml
rule: read
trigger: article.read
when: event.share >= 0.7
then:
  - award: { amount: 15, unit: ink }
limits:
  - { per: member, period: day, amount: 60 }
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
--- # streaks/daily.yaml
streak: daily
name: A story a day
every: day
count: article.read
when: event.share >= 0.5
needs: 1
freezes: { initial: 1, earned-every: 10, maximum: 3 }
milestones:
  3:
    - award: { amount: 5, unit: ink }
why: Three days in a row.
--- # rewards/evening.yaml
reward: evening
kind: ticket
name: Open evening
text: Come and see the newsroom.
price: { amount: 20, unit: ink }
stock: 100
holds: 15 minutes
entitlement: ticket.evening
--- # personas/evenings.yaml
persona: evenings
name: Evenings out
about: Film and music.
topics: { film: 100, music: 80 }
"""

LEVELS = {
    "anna": "persona", "bert": "persona", "cora": "personal", "dirk": None, "emma": "off", "fred": "persona",
    "petra": "personal"}
CONTROL, ERASED, LOWERED, LEAVES = "petra", "bert", "cora", "fred"


class Reader:
    """A reader of the week, and everything by which one could be recognised."""

    def __init__(self, name, chance):
        def mark():
            return "".join(chance.choice("bcdfghjkmnpqrtvwxz") for _ in range(12))

        self.name, self.level, self.member = name, LEVELS[name], None
        self.subject = f"subscriber-{mark()}"
        self.full = f"{name.title()} {mark().title()}"
        self.mail = f"{mark()}@{mark()}.example"
        self.agent = f"Browser-{mark()}/7.1"
        self.address = f"203.0.113.{10 + list(LEVELS).index(name)}"
        self.items = [f"story-{mark()}" for _ in range(7)]
        self.topics = [f"subject-{mark()}" for _ in range(7)]
        self.events = []
        self.moments = []
        # Read without trace: kept beside nobody, the control included.
        self.untraced = [f"quiet-{mark()}"]

    def forms(self):
        """How the pseudonym and the identifier may lie in a file."""
        raw = bytes.fromhex(self.member.replace("-", ""))
        for text in (self.member, raw.hex(), self.subject):
            yield text.encode()
            yield text.upper().encode()
        yield raw
        yield from encoded(raw)
        yield from encoded(self.subject.encode())

    def clear(self):
        """What may stand nowhere in the clear, nor as a hash without a key."""
        for text in (self.subject, self.full, self.full.split()[1], self.mail, self.agent, self.address):
            yield text.encode()
        for text in (self.subject, self.full, self.mail):
            yield from encoded(text.encode())
            for make in (hashlib.md5, hashlib.sha1, hashlib.sha256):
                code = make(text.encode()).digest()
                yield code[:16]
                yield code.hex()[:32].encode()


def encoded(octets):
    """Base 64 in the alphabets of texts and of addresses, without what depends on the neighbours."""
    text = base64.b64encode(octets).rstrip(b"=")[:-1]
    yield text
    yield text.replace(b"+", b"-").replace(b"/", b"_")


def derived(root, use):
    """HKDF-SHA256 (RFC 5869) with one block, as `keys.md` says."""
    pseudorandom = hmac.digest(b"stamgast/v1", root, "sha256")
    return hmac.digest(pseudorandom, use.encode() + b"\x01", "sha256")


def keys_of(home):
    """Every key that hashes might be made with: those of the home and those derived from them by a known name."""
    for path in sorted(pathlib.Path(home, "keys").glob("*.key")):
        for line in path.read_text().splitlines():
            if not line.startswith("#") and ":" in line:
                root = base64.b64decode(line.split(":", 1)[1])
                yield root
                for use in USES:
                    yield derived(root, use)


def writings(text):
    """The name of an article, a subject or an event, in other writings, too."""
    plain = text.encode()
    yield plain
    yield plain.hex().encode()
    yield from encoded(plain)


def codes(text, keys):
    """The beginnings of what a hash of the name may be: plain, or under a key, alone or in its usual company."""
    plain = text.encode()
    for make in (hashlib.md5, hashlib.sha1, hashlib.sha256):
        yield make(plain).digest()[:16]
    lists = [[text], ["week", text], [SOURCE, text], ["week", SOURCE, text]]
    messages = [plain] + [
        b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts) for parts in lists]
    for key in keys:
        for message in messages:
            yield hmac.digest(key, message, "sha256")[:16]


def moments(milliseconds):
    """How one moment may lie in a page: as SQLite and as Swift write whole numbers, and as text."""
    yield milliseconds.to_bytes(6, "big")
    yield milliseconds.to_bytes(8, "little")
    yield str(milliseconds).encode()


class Look:
    """One look at everything that lies there."""

    def __init__(self, when, readers, keys, findings, documented, others):
        self.when, self.readers, self.findings, self.documented = when, readers, findings, documented
        self.counts = collections.Counter()
        self.residue = collections.Counter()
        self.tables = set()
        self.found = set()
        self.forms = {one.name: tuple(one.forms()) for one in readers}
        self.clear = [(one, form) for one in readers for form in one.clear()]
        self.read = {one.name: one.items + one.topics + one.events + one.untraced for one in readers}
        self.untraced = {text for one in readers for text in one.untraced}
        self.names = {text: tuple(writings(text)) for text in sum(self.read.values(), list(others))}
        self.codes = {code: text for text in self.names for code in codes(text, keys)}
        self.moments = {one.name: [form for moment in one.moments for form in moments(moment)] for one in readers}
        # What stands beside a reader, and beside an article, by value.
        self.beside_reader, self.beside_item = {}, {}

    def finding(self, text):
        text = f"{self.when}: {text}"
        if text not in self.findings and len(self.findings) < 200:
            self.findings.append(text)

    def within(self, octets):
        """The readers that some bytes name."""
        return [one for one in self.readers if any(form in octets for form in self.forms[one.name])]

    def named(self, octets):
        """What was read, as far as some bytes name it."""
        found = {text for text, forms in self.names.items() if any(form in octets for form in forms)}
        for text in re.findall(rb"[0-9a-fA-F]{32,}", octets):
            octets += b"\x00" + bytes.fromhex(text[:len(text) // 2 * 2].decode())
        for at in range(len(octets) - 15):
            text = self.codes.get(octets[at:at + 16])
            if text:
                found.add(text)
        return found

    def pair(self, octets, reader, where, everybodys):
        """Whether what names a reader names something that was read: by that reader, and (of rows) by anybody."""
        for text in self.named(octets):
            if not everybodys and text not in self.read[reader.name]:
                continue
            if reader.name == CONTROL and text not in self.untraced:
                self.found.add(text)
            else:
                self.finding(f"{where} holds {reader.name} and {text}")

    def file(self, path, place):
        content = path.read_bytes()
        self.counts["files"] += 1
        self.counts["bytes"] += len(content)
        where = str(path.relative_to(place))
        for one, form in self.clear:
            if form in content:
                self.finding(f"{where} holds something of {one.name} in the clear: {form[:24]!r}")
        pages = pages_of(path, content)
        self.counts["pages"] += len(pages)
        for page in pages:
            for reader in self.within(page.gap):
                read = self.named(page.gap) & set(self.read[reader.name])
                self.residue[f"{where}: {reader.name}{' with ' + ', '.join(sorted(read)) if read else ''}"] += 1
        pieces = [page.live for page in pages] or content.splitlines() or [content]
        for number, piece in enumerate(pieces):
            for reader in self.within(piece):
                self.pair(piece, reader, f"{where}, piece {number}", everybodys=False)
                if reader.name != CONTROL and any(form in piece for form in self.moments[reader.name]):
                    self.finding(f"{where}, piece {number} holds {reader.name} and the moment of an event")

    def database(self, path, place, immutable):
        where = str(path.relative_to(place))
        self.counts["databases"] += 1
        option = "&immutable=1" if immutable else ""
        base = sqlite3.connect(f"file:{urllib.parse.quote(str(path))}?mode=ro{option}", uri=True)
        try:
            base.text_factory = bytes
            names = [row[0].decode() for row in base.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
            for table in names:
                cursor = base.execute(f'SELECT * FROM "{table}"')
                columns = [column[0] for column in cursor.description]
                self.tables.add((where, table))
                for row in cursor:
                    self.counts["rows"] += 1
                    self.row(f"{where}, {table}", table, columns, row)
        finally:
            base.close()

    def row(self, where, table, columns, row):
        octets = b"\x00".join(str(value).encode() if isinstance(value, (int, float)) else value or b"" for value in row)
        readers = self.within(octets)
        if table == "item_popularity" and any(text.encode() in octets for text in self.untraced):
            self.finding(f"{where} counts what was read without trace")
        for reader in readers:
            self.counts["member_rows"] += 1
            self.pair(octets, reader, where, everybodys=True)
            if reader.name == CONTROL:
                continue
            for column, value in zip(columns, row):
                fine = isinstance(value, int) and 10**12 < value < 4 * 10**12 and value % DAY not in (0, HOLDS)
                fine = fine or isinstance(value, bytes) and MOMENT.search(value)
                if fine and (table, column) in FINER:
                    self.documented[f"{table}.{column}"] = FINER[table, column]
                elif fine:
                    self.finding(f"{where}.{column} tells a time of {reader.name} finer than a day")
        articles = [] if readers else [text for text, forms in self.names.items() if forms[0] in octets]
        for column, value in zip(columns, row):
            # Short texts and small numbers are the same by chance or by nature; so are days.
            if isinstance(value, int) and (abs(value) < 1 << 40 or value % DAY == 0):
                continue
            if isinstance(value, bytes) and len(value) < 8 or value is None or isinstance(value, float):
                continue
            if any(reader.name != CONTROL for reader in readers):
                self.beside_reader.setdefault(value, f"{where}.{column}")
            elif articles:
                self.beside_item.setdefault(value, f"{where}.{column} ({articles[0]})")

    def joins(self):
        for value in self.beside_reader.keys() & self.beside_item.keys():
            self.finding(f"{self.beside_reader[value]} and {self.beside_item[value]} share {value!r:.60}")

    def result(self):
        names = ("files", "bytes", "pages", "databases", "rows", "member_rows")
        counts = {name: self.counts[name] for name in names}
        return {"when": self.when, **counts, "tables": len(self.tables), "residue": self.residue}


Page = collections.namedtuple("Page", "live gap")


def pages_of(path, content):
    """The pages of a SQLite database or of its write-ahead log; none of any other file.

    Between a page's list of cells and its cells lies a gap that nothing refers to. SQLite leaves copies of cells there when it
    shares them out anew, `secure_delete` or not.
    """
    if content.startswith(b"SQLite format 3\x00"):
        size = int.from_bytes(content[16:18], "big")
        size, header, first = 65_536 if size == 1 else size, 0, 0
    elif path.name.endswith("-wal") and content[:3] == b"\x37\x7f\x06":
        size, header, first = int.from_bytes(content[8:12], "big"), 24, 32
    else:
        return []
    pages = []
    for number, at in enumerate(range(first, len(content) - header - size + 1, header + size)):
        page = content[at + header:at + header + size]
        number = int.from_bytes(content[at:at + 4], "big") if header else number + 1
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind not in (2, 5, 10, 13):
            pages.append(Page(page, b""))
            continue
        begin = start + (8 if kind > 9 else 12) + 2 * int.from_bytes(page[start + 3:start + 5], "big")
        end = int.from_bytes(page[start + 5:start + 7], "big") or 65_536
        pages.append(Page(page[:begin] + bytes(max(0, end - begin)) + page[max(begin, end):], page[begin:end]))
    return pages


class World:
    """The server with its home, and what was done there."""

    def __init__(self, binary, folder, seed):
        self.binary, self.folder, self.home = binary, folder, os.path.join(folder, "home")
        self.chance = random.Random(seed)
        self.readers = [Reader(name, self.chance) for name in LEVELS]
        self.common = "story-of-all-" + "".join(self.chance.choice("bcdfghjk") for _ in range(10))
        self.findings, self.looks, self.documented = [], [], {}
        self.printed, self.server, self.control, self.sent = None, None, set(), 0

    def reader(self, name):
        return next(one for one in self.readers if one.name == name)

    def command(self, *words):
        result = subprocess.run([self.binary, *words, "--home", self.home, "--json"], capture_output=True, text=True)
        if result.returncode:
            raise Failure(f"{' '.join(words[:2])}: exit {result.returncode}, {result.stderr[-500:]}")
        printed = pathlib.Path(self.folder, "printed")
        printed.joinpath(f"{len(os.listdir(printed)):02}-errors").write_text(result.stderr)
        return json.loads(result.stdout) if result.stdout.strip().startswith("{") else {}

    def ask(self, method, path, body=None, one=None, expected=(200, 201, 202, 204), **headers):
        """One request with the secret key, with everything in its headers that a proxy and a browser would say."""
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json", **headers}
        if one:
            headers |= {
                "User-Agent": one.agent, "X-Forwarded-For": one.address, "Forwarded": f"for={one.address}",
                "Referer": f"https://news.example/{one.items[0]}"}
        answer = self.server.request(method, path, None if body is None else json.dumps(body).encode(), headers)
        if answer.status not in expected:
            raise Failure(f"{method} {path}: {answer.status} {answer.body[:400]}")
        return json.loads(answer.body) if answer.body.strip().startswith((b"{", b"[")) else answer.body

    def level(self, one, level):
        self.ask("PUT", f"/v1/members/{one.member}/profiling", {"level": level}, one)

    def start(self):
        for part in PROGRAMME.split("--- # ")[1:]:
            path, _, text = part.partition("\n")
            full = pathlib.Path(self.folder, "programme", path)
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_text(text, encoding="utf-8")
        pathlib.Path(self.folder, "printed").mkdir()
        self.command("programme", "apply", os.path.join(self.folder, "programme"))
        self.key = self.command("keys", "create", "--label", "server", "--scope", "all")["key"]
        self.printed = open(os.path.join(self.folder, "printed", "server-errors"), "wb")
        self.server = Server(self.binary, self.home, log=self.printed).wait_until_ready()

    def stop(self):
        code = self.server.stop()
        pathlib.Path(self.folder, "printed", "server-output").write_bytes(self.server.process.stdout.read())
        self.printed.close()
        if code != 0:
            self.findings.append(f"the server ended with {code}")

    def know(self):
        """Readers get their names into the vault, and their levels."""
        for one in self.readers:
            self.ask(
                "POST", "/v1/identify", {
                    "type": "identify", "messageId": f"identify-{one.subject}", "userId": one.subject,
                    "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                    "traits": {"email": one.mail, "name": one.full},
                    "context": {"ip": one.address, "userAgent": one.agent},
                }, one)
            one.member = self.ask("GET", f"/v1/members/by-external/user/{one.subject}")["member"]
            if one.level:
                self.level(one, one.level)

    def publish(self):
        items = [
            {
                "id": item, "kind": "article", "title": {"en": f"About {item}"}, "topics": ["film", topic],
                "url": f"https://news.example/{item}", "published_at": "2026-01-05T06:00:00Z", "language": "en",
            } for one in self.readers for item, topic in zip(one.items + one.untraced, one.topics + one.topics[:1])]
        items.append({"id": self.common, "kind": "article", "title": {"en": "For all"}, "topics": ["music"]})
        self.ask("PUT", "/v1/items", {"items": items})

    def read(self, one, day):
        """An article of this reader's own and the one that all read, `day` days ago, at moments to the millisecond."""
        events = []
        today = int(time.time() * 1000) // DAY * DAY
        read = [(one.items[day - 1], [one.topics[day - 1]]), (self.common, ["music"])]
        if day == 2:
            read.append((one.untraced[0], ["music"]))
        for item, topics in read:
            moment = today - day * DAY + self.chance.randrange(6 * 3_600_000, 22 * 3_600_000) | 1
            identifier = f"read-{one.name}-" + "".join(self.chance.choice("bcdfghjkmnpq") for _ in range(12))
            one.events.append(identifier)
            one.moments.append(moment)
            seconds, rest = divmod(moment, 1000)
            events.append({
                "specversion": "1.0", "id": identifier, "source": SOURCE, "type": "article.read", "subject": one.subject,
                "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{rest:03}Z",
                "data": {"item": item, "share": 0.93, "seconds": 61, "topics": topics},
                **({"traceless": True} if item in one.untraced else {}),
            })
            if item in one.untraced:
                one.untraced.append(one.events.pop())
        answer = self.ask("POST", "/v1/events", events, one, **{"Content-Type": "application/cloudevents-batch+json"})
        results = [result["status"] for result in answer["results"]]
        if results != ["accepted"] * len(events):
            raise Failure(f"events: {answer}")
        self.sent += len(events)

    def week(self):
        for day in range(7, 0, -1):
            for one in self.readers:
                self.read(one, day)
            if day == 4:
                self.level(self.reader(LOWERED), "persona")
        for one in self.readers:
            self.declare(one)
            visit = ",".join(urllib.parse.quote(item) for item in (one.items[0], self.common))
            listed = self.ask(
                "GET", f"/v1/recommendations?member={one.member}&limit=20", one=one, **{"Stamgast-Visit": visit})
            if not listed["data"]:
                raise Failure(f"{one.name} got no recommendations")
            held = self.ask(
                "POST", f"/v1/members/{one.member}/redemptions", {"reward": "evening"}, one,
                **{"Idempotency-Key": f"redeem-{one.name}"})
            path = f"/v1/members/{one.member}/redemptions/{held['redemption']['redemption']}/confirm"
            self.ask("POST", path, None, one, **{"Idempotency-Key": f"confirm-{one.name}"})
            # Held and left: what waits for its end is looked at, too.
            self.ask("POST", f"/v1/members/{one.member}/redemptions", {"reward": "evening"}, one)
            self.ask("GET", f"/v1/members/{one.member}/history", one=one)
        one = self.reader(LEAVES)
        self.ask("PATCH", f"/v1/members/{one.member}", {"level": "session"}, one)
        traits = self.ask("GET", f"/v1/members/{one.member}", one=one).get("traits", {})
        if "persona" in traits:
            self.findings.append(f"whoever left the level persona still has the persona {traits['persona']}")
        # What is not understood waits in quarantine; what is not taken is refused.
        one = self.reader("anna")
        wrong = [{
            "specversion": "1.0", "id": "wrong-" + one.items[0], "source": SOURCE, "type": "article.read",
            "subject": one.subject, "time": time.strftime("%Y-%m-%dT00:00:01Z", time.gmtime()),
            "data": {"item": one.items[0], "share": 7},
        }]
        self.ask(
            "POST", "/v1/events", wrong, one, expected=(200, 202, 207, 400, 422),
            **{"Content-Type": "application/cloudevents-batch+json"})
        self.ask("GET", f"/v1/items/{one.items[0]}?reader={one.subject}", one=one, expected=(200, 400, 404))

    def enter(self, one):
        """Signs a reader in by a link; a function that opens pages for them."""
        link = urllib.parse.urlsplit(self.command("members", "link", "--user", one.subject)["link"])
        jar = {}

        def visit(method, path, fields=None, page=None):
            headers = {"User-Agent": one.agent, "X-Forwarded-For": one.address, "Accept-Language": "en"}
            if jar:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
            form = None
            if page is not None:
                # The token that the page carries.
                hidden = re.search(r'name="csrf" value="([^"]*)"', page.body.decode())
                form = urllib.parse.urlencode({"csrf": html.unescape(hidden[1]) if hidden else "", **(fields or {})})
                headers |= {
                    "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
                    "Origin": f"http://127.0.0.1:{self.server.port}"}
            answer = self.server.request(method, path, form, headers)
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";")[0].partition("=")
                jar[name] = value
            if answer.status >= 400:
                raise Failure(f"{method} {path} for {one.name}: {answer.status}")
            return answer

        visit("POST", link.path, page=visit("GET", link.path))
        return visit

    def declare(self, one):
        """Says which persona one comes for, and what one wants more of."""
        visit = self.enter(one)
        visit("POST", "/m/me/subjects", {"persona": "evenings"}, visit("GET", "/m/me/subjects"))
        for path in ("/m/", "/m/rewards", "/m/rewards/evening", "/m/me", "/m/me/privacy", "/m/device.json"):
            visit("GET", path)

    def export(self, one):
        """What a member gets who asks for everything."""
        return self.enter(one)("GET", "/m/me/export").body

    def look(self, when, backup=None):
        """Reads everything that lies there now."""
        keys = list(keys_of(self.home))
        look = Look(when, self.readers, keys, self.findings, self.documented, [self.common])
        places = [pathlib.Path(self.home), pathlib.Path(self.folder, "printed")]
        if backup:
            self.command("backup", os.path.join(self.folder, backup))
            places.append(pathlib.Path(self.folder, backup))
        for place in places:
            for path in sorted(place.rglob("*")):
                if not path.is_file() or path.parent.name == "keys":
                    continue
                look.file(path, place.parent)
                with open(path, "rb") as file:
                    is_database = file.read(16) == b"SQLite format 3\x00"
                if is_database:
                    look.database(path, place.parent, immutable=place.name == backup)
        look.joins()
        self.looks.append(look.result())
        self.control |= look.found
        if set(self.reader(CONTROL).items) - look.found:
            self.findings.append(f"{when}: the look does not find the control's articles beside the control")
        return places

    def gone(self, places):
        """After the erasure: the reader is in tombstones, and nowhere else."""
        one = self.reader(ERASED)
        forms = list(one.forms()) + list(one.clear()) + [text.encode() for text in one.events]
        for place in places:
            for path in sorted(place.rglob("*")):
                if not path.is_file() or path.parent.name == "keys":
                    continue
                content = path.read_bytes()
                if not any(form in content for form in forms):
                    continue
                if not content.startswith(b"SQLite format 3\x00"):
                    if path.name in LEFT:
                        self.documented[path.name] = LEFT[path.name]
                    else:
                        self.findings.append(f"{path.name} holds something of whoever was erased")
                    continue
                base = sqlite3.connect(f"file:{urllib.parse.quote(str(path))}?mode=ro", uri=True)
                base.text_factory = bytes
                held = set()
                for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    table = table.decode()
                    for row in base.execute(f'SELECT * FROM "{table}"'):
                        octets = b"\x00".join(value if isinstance(value, bytes) else b"" for value in row)
                        if any(form in octets for form in forms):
                            held.add(table)
                base.close()
                for table in held:
                    if table in LEFT:
                        self.documented[table] = LEFT[table]
                    else:
                        self.findings.append(f"{path.name}, {table} holds whoever was erased")
                if not held and any(form in page.live for page in pages_of(path, content) for form in forms):
                    self.findings.append(f"{path.name} holds whoever was erased in a page that no row is in")

    def run(self):
        self.start()
        try:
            self.know()
            self.publish()
            self.week()
            taken = {name: self.export(self.reader(name)) for name in ("anna", LOWERED, CONTROL)}
            for name, content in taken.items():
                named = [text for text in self.reader(name).items + [self.common] if text.encode() in content]
                if name == CONTROL and len(named) < 8:
                    self.findings.append(f"the control's export names {len(named)} of 8 articles")
                if name != CONTROL and named:
                    self.findings.append(f"the export of {name} names {named}")
            self.look("while it runs", backup="backup-1")
            self.ask("DELETE", f"/v1/members/{self.reader(ERASED).member}")
            self.gone(self.look("after an erasure", backup="backup-2"))
            self.stop()
            places = self.look("stopped")
            self.gone(places)
        finally:
            if self.server and self.server.process.poll() is None:
                self.server.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", metavar="BINARY")
    parser.add_argument("--seed", type=int, default=20260105)
    parser.add_argument("--keep", metavar="FOLDER", help="leave everything that was written in this new folder")
    arguments = parser.parse_args()
    folder = arguments.keep or tempfile.mkdtemp()
    if arguments.keep:
        os.makedirs(folder)
    try:
        world = World(arguments.binary, folder, arguments.seed)
        world.run()
    finally:
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)
    json.dump({
        "seed": arguments.seed, "members": len(world.readers), "events": world.sent, "looks": world.looks,
        "control": len(world.control), "documented": world.documented, "findings": world.findings,
    }, sys.stdout)
    print()
    if world.findings:
        sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except (Failure, OSError, http.client.HTTPException, sqlite3.Error) as failure:
        sys.exit(f"persona_week: {failure}")
