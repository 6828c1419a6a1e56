#!/usr/bin/env python3
"""Drives PyPI's segment-analytics-python, unchanged, against a server and prints what it sent as JSON.

    checks/segment_client.py URL WRITE_KEY [--user ID] [--event NAME] [--properties JSON] [--count N] [--resend]
                             [--page-properties JSON] [--direct]

The library is used in the three ways people use it: batches from a thread, the same with gzip, and one request per call
(`sync_mode`). Each sends the six calls of the Segment specification for one person who is anonymous first and identified
then, and `--count` further tracks so that batches fill (the library sends up to 100 messages or 475 kB at a time).
`--resend` hands every message over a second time with the same messageId: a server that is idempotent changes nothing.
`--direct` also posts each kind to its own endpoint (`/v1/track` …) as the Segment HTTP API describes; the library itself
only ever uses `/v1/batch`.

Prints one JSON object and exits 0 only when every request was answered with 2xx and the library reported no error:

    {"sent": [{"mode", "type", "messageId", "userId", "anonymousId", "event", "timestamp"}, ...],
     "resent": 0, "requests": [{"mode", "path", "status", "bytes", "gzip"}, ...], "errors": []}
"""

import argparse
import base64
import datetime
import json
import sys
import urllib.error
import urllib.request
import uuid

try:
    import segment.analytics.request as transport
    from segment.analytics.client import Client
except ImportError:
    sys.exit("segment_client: pip install -r checks/requirements.txt")


class Observer:
    """Listens to the answers that the library's own HTTP session gets; changes none of them."""

    def __init__(self):
        self.mode = ""
        self.requests = []
        self.errors = []
        transport._session.hooks["response"].append(self.answered)

    def answered(self, response, *_, **__):
        request = response.request
        self.requests.append(
            {
                "mode": self.mode,
                "path": request.path_url,
                "status": response.status_code,
                "bytes": len(request.body or b""),
                "gzip": request.headers.get("Content-Encoding") == "gzip",
            }
        )
        return response

    def failed(self, error, batch):
        self.errors.append({"mode": self.mode, "error": str(error)[:500], "messages": [m.get("messageId") for m in batch]})


def calls(client, arguments, mode):
    """The six calls for one person, and more tracks; yields what the library answered."""
    user = f"{arguments.user}-{mode}"
    anonymous = f"anon-{uuid.uuid4()}"
    now = datetime.datetime.now(datetime.timezone.utc)

    def ago(minutes):
        return now - datetime.timedelta(minutes=minutes)

    event, properties = arguments.event, arguments.properties
    context = {"locale": "nl-NL", "timezone": "Europe/Amsterdam", "ip": "203.0.113.7", "userAgent": "checks"}
    yield client.track(anonymous_id=anonymous, event=event, properties=properties, timestamp=ago(50), context=dict(context))
    yield client.page(
        anonymous_id=anonymous, category="kunst", name="Café aan zee", properties=arguments.page_properties, timestamp=ago(49)
    )
    yield client.identify(
        user_id=user, anonymous_id=anonymous, traits={"name": "Zoë Café", "email": f"{user}@example.org", "plan": "plus"},
        timestamp=ago(48),
    )
    yield client.alias(previous_id=anonymous, user_id=user, timestamp=ago(47))
    yield client.group(user_id=user, group_id="huishouden-é", traits={"size": 3}, timestamp=ago(46))
    yield client.screen(user_id=user, name="Luisteren", properties=arguments.page_properties, timestamp=ago(45))
    # Offline delivery: what happened before the identify arrives after it.
    yield client.track(anonymous_id=anonymous, event=event, properties=properties, timestamp=ago(60))
    for number in range(arguments.count):
        yield client.track(user_id=user, event=event, properties=properties, timestamp=ago(44 - 40 * number / max(arguments.count, 1)))


def again(client, message):
    """Hands a message over once more, with its own id and time."""
    timestamp = datetime.datetime.fromisoformat(message["timestamp"])
    common = {"timestamp": timestamp, "message_id": message["messageId"], "context": dict(message.get("context") or {})}
    kind = message["type"]
    person = {"user_id": message.get("userId"), "anonymous_id": message.get("anonymousId")}
    if kind == "track":
        return client.track(event=message["event"], properties=message["properties"], **person, **common)
    if kind == "identify":
        return client.identify(traits=message["traits"], **person, **common)
    if kind == "alias":
        return client.alias(previous_id=message["previousId"], user_id=message["userId"], **common)
    if kind == "group":
        return client.group(group_id=message["groupId"], traits=message["traits"], **person, **common)
    send = client.page if kind == "page" else client.screen
    return send(category=message.get("category"), name=message.get("name"), properties=message["properties"], **person, **common)


def run(arguments, observer, mode):
    observer.mode = mode
    # Few retries: a check should fail, not wait for hours as a production client would.
    client = Client(
        arguments.write_key, host=arguments.url, gzip=mode == "gzip", sync_mode=mode == "sync", on_error=observer.failed,
        max_retries=3, max_total_backoff_duration=20, max_rate_limit_duration=60, timeout=30,
    )
    sent = []
    resent = 0
    try:
        for queued, message in calls(client, arguments, mode):
            if not queued:
                observer.errors.append({"mode": mode, "error": "the library's queue is full", "messages": []})
            sent.append(message)
        if mode != "sync":
            client.flush()
        if arguments.resend:
            for message in sent:
                again(client, message)
                resent += 1
            if mode != "sync":
                client.flush()
    except Exception as error:  # sync_mode raises what the server answered
        observer.errors.append({"mode": mode, "error": str(error)[:500], "messages": []})
    if mode != "sync":
        client.join()
    return sent, resent


def direct(arguments, observer):
    """Each kind to its own endpoint, with the write key as the user name of basic authentication."""
    observer.mode = "direct"
    user, now = f"{arguments.user}-direct", datetime.datetime.now(datetime.timezone.utc).isoformat()
    anonymous = f"anon-{uuid.uuid4()}"
    messages = {
        "track": {"anonymousId": anonymous, "event": arguments.event, "properties": arguments.properties},
        "page": {"anonymousId": anonymous, "name": "Café", "properties": arguments.page_properties},
        "identify": {"userId": user, "anonymousId": anonymous, "traits": {"name": "Zoë"}},
        "alias": {"userId": user, "previousId": anonymous},
        "group": {"userId": user, "groupId": "huishouden", "traits": {}},
        "screen": {"userId": user, "name": "Luisteren", "properties": arguments.page_properties},
    }
    authorization = "Basic " + base64.b64encode(f"{arguments.write_key}:".encode()).decode()
    sent = []
    for kind, message in messages.items():
        message = {"type": kind, "messageId": str(uuid.uuid4()), "timestamp": now, "sentAt": now, **message}
        body = json.dumps(message).encode()
        request = urllib.request.Request(
            f"{arguments.url.rstrip('/')}/v1/{kind}", data=body, method="POST",
            headers={"Content-Type": "application/json", "Authorization": authorization},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                status = response.status
        except urllib.error.HTTPError as error:
            status = error.code
            observer.errors.append({"mode": "direct", "error": error.read(500).decode(errors="replace"), "messages": [message["messageId"]]})
        except OSError as error:
            status = 0
            observer.errors.append({"mode": "direct", "error": str(error), "messages": [message["messageId"]]})
        observer.requests.append({"mode": "direct", "path": f"/v1/{kind}", "status": status, "bytes": len(body), "gzip": False})
        sent.append(message)
    return sent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url", metavar="URL")
    parser.add_argument("write_key", metavar="WRITE_KEY")
    parser.add_argument("--user", default=f"checks-{uuid.uuid4().hex[:8]}", help="beginning of the external ids used")
    parser.add_argument("--event", default="article.read", help="the declared event that tracks send")
    parser.add_argument(
        "--properties", type=json.loads, default={"item": "article-é-1", "share": 0.9, "seconds": 60, "topics": ["opera"]}
    )
    parser.add_argument("--page-properties", type=json.loads, default={"item": "article-é-1", "url": "https://example.org/é"})
    parser.add_argument("--count", type=int, default=250, help="tracks beyond the first")
    parser.add_argument("--resend", action="store_true", help="hand every message over twice")
    parser.add_argument("--direct", action="store_true", help="also use /v1/track and the other single endpoints")
    parser.add_argument("--modes", default="batch,gzip,sync")
    arguments = parser.parse_args()

    observer = Observer()
    sent, resent = [], 0
    for mode in filter(None, arguments.modes.split(",")):
        if mode not in ("batch", "gzip", "sync"):
            parser.error(f"there is no mode {mode}")
        messages, repeated = run(arguments, observer, mode)
        sent += [{"mode": mode, **message} for message in messages]
        resent += repeated
    if arguments.direct:
        sent += [{"mode": "direct", **message} for message in direct(arguments, observer)]

    fields = ("mode", "type", "messageId", "userId", "anonymousId", "event", "timestamp")
    result = {
        "sent": [{field: message.get(field) for field in fields} for message in sent],
        "resent": resent,
        "requests": observer.requests,
        "errors": observer.errors,
    }
    json.dump(result, sys.stdout)
    print()
    refused = [request for request in observer.requests if not 200 <= request["status"] < 300]
    if observer.errors or refused or not observer.requests:
        print(f"segment_client: {len(observer.errors)} errors, {len(refused)} refused requests", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
