#!/usr/bin/env python3
"""Computes the draw of a raffle again from its public document, with nothing but the standard library.

    raffle.py document.json          (or - for standard input)
    raffle.py --proof proof.json ROOT

The document is what GET /v1/public/{programme}/raffles/{raffle} answers. It checks that the seed is the one that was
committed to, that the list has the root that was published when it closed, and that the places follow from both (and
from the public value, if one was mixed in). Keep the commitment before the first day and the root before the draw: only
then does it prove something.

A proof is an element of `entries` in GET /v1/members/{member}/raffles: that a line is in the list of a root.
Prints what it found as JSON; the status is 1 if anything differs.
"""

import hashlib
import hmac
import json
import sys


def leaf(entry, tickets):
    return hashlib.sha256(b"\0" + bytes.fromhex(entry) + tickets.to_bytes(8, "big")).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(leaves):
    """RFC 9162, section 2.1.1, as it is written there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node(root_of(leaves[:split]), root_of(leaves[split:]))


def root_from_proof(index, size, digest, path):
    """RFC 9162, section 2.1.3.2."""
    first, last = index, size - 1
    for sibling in path:
        if last == 0:
            return None
        if first & 1 or first == last:
            digest = node(sibling, digest)
            while not first & 1 and first:
                first >>= 1
                last >>= 1
        else:
            digest = node(digest, sibling)
        first >>= 1
        last >>= 1
    return digest if last == 0 else None


def numbers(key):
    counter = 0
    while True:
        block = hmac.new(key, counter.to_bytes(8, "big"), hashlib.sha256).digest()
        yield int.from_bytes(block[:8], "big")
        counter += 1


def below(stream, bound):
    limit = 2**64 - 2**64 % bound
    for number in stream:
        if number < limit:
            return number % bound


def draw(entries, seed, root, beacon, places, several):
    key = hmac.new(seed, b"stamgast-raffle-1\0" + root + beacon.encode(), hashlib.sha256).digest()
    stream = numbers(key)
    left = [[entry, tickets] for entry, tickets in entries]
    order = []
    while len(order) < places:
        total = sum(tickets for _, tickets in left)
        if total == 0:
            break
        ticket = below(stream, total)
        for line in left:
            if ticket < line[1]:
                break
            ticket -= line[1]
        order.append(line[0])
        line[1] = line[1] - 1 if several else 0
    return order


def check(document):
    wrong = []
    if document["algorithm"] != "stamgast-raffle-1":
        return ["algorithm"], []
    if document["stage"] != "drawn":
        return ["not drawn yet"], []
    seed = bytes.fromhex(document["seed"])
    if hashlib.sha256(seed).hexdigest() != document["commitment"]:
        wrong.append("commitment")
    entries = [(line["entry"], line["tickets"]) for line in document["entries"]]
    if entries != sorted(entries) or len({entry for entry, _ in entries}) != len(entries):
        wrong.append("order of the list")
    if any(tickets < 1 for _, tickets in entries):
        wrong.append("tickets")
    root = root_of([leaf(*line) for line in entries])
    if root.hex() != document["root"]:
        wrong.append("root")
    order = draw(entries, seed, root, document["beacon"], document["places"], document["several"])
    if order != [place["entry"] for place in document["drawn"]]:
        wrong.append("places")
    # Who has a prize has it in the order of the draw: nobody was passed over.
    for place in document["drawn"][: len(document["prizes"])]:
        if place["state"] == "reserve":
            wrong.append("a winner without a prize")
    given = sorted(place["prize"] for place in document["drawn"] if place["state"] in ("taken", "offered"))
    left = list(document["prizes"])
    for prize in given:
        if prize in left:
            left.remove(prize)
        else:
            wrong.append("more prizes than there are")
    return wrong, order


def main(arguments):
    if arguments[:1] == ["--proof"]:
        line = json.load(open(arguments[1]))
        proof = line["proof"]
        found = root_from_proof(
            proof["index"], proof["of"], leaf(line["entry"], line["tickets"]), [bytes.fromhex(h) for h in proof["hashes"]])
        holds = found is not None and found.hex() == arguments[2]
        print(json.dumps({"holds": holds}))
        return 0 if holds else 1
    document = json.load(sys.stdin if arguments == ["-"] else open(arguments[0]))
    wrong, order = check(document)
    print(json.dumps({"wrong": wrong, "drawn": len(order), "entries": len(document["entries"])}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
