#!/usr/bin/env python3
"""What the rules of the MovieTweetings programme give each member, computed without the product.

    checks/movietweetings_oracle.py DIR [--as-of 2013-09-02T00:00:00Z]

DIR holds `ratings.dat.gz` or `ratings.dat` of MovieTweetings: lines `user::film::rating::unix time`. Written from the
rules in words and from nothing else, so that the engine and this script can only agree by both being right:

  (a) every rating earns 10 ink, at most 50 ink per member and UTC day; what exceeds is cut off;
  (b) a rating of 9 or 10 earns 5 ink more, at most 3 times per member and ISO week;
  (c) five ratings in a calendar month give 100 ink, once a month; the first time ever the badge `cinephile`;
  (d) a hundred ratings ever give the badge `centurion`;
  nothing expires, and days, weeks and months are those of UTC and of the time in the rating.

Prints one JSON object:

    {"members": 16554, "events": 100000, "total_points": ..., "users": {"1": {
        "balance": ..., "badges": ["cinephile"], "completed": {"five-in-a-month": 1, "centurion": 0},
        "progress": {"2013-03": 7, "2013-04": 2, "ever": 9}}}}

`progress` counts ratings per month, for (c), and under `ever`, for (d), beyond the target too.
"""

import argparse
import collections
import datetime
import gzip
import json
import os
import sys


def ratings(folder):
    """(user, film, rating, day as a date, seconds) of each line."""
    packed = os.path.join(folder, "ratings.dat.gz")
    plain = os.path.join(folder, "ratings.dat")
    if os.path.exists(packed):
        lines = gzip.open(packed, "rt", encoding="utf-8")
    elif os.path.exists(plain):
        lines = open(plain, encoding="utf-8")
    else:
        sys.exit(f"movietweetings_oracle: neither ratings.dat.gz nor ratings.dat in {folder}")
    with lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                user, film, rating, seconds = line.rstrip("\n").split("::")
                rating, seconds = int(rating), int(seconds)
            except ValueError:
                sys.exit(f"movietweetings_oracle: line {number} is not user::film::rating::seconds")
            day = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).date()
            yield user, film, rating, day, seconds


def member(events):
    """What one member has in the end; `events` are (rating, day) in any order."""
    per_day = collections.Counter()
    per_month = collections.Counter()
    enthusiasm = collections.Counter()
    for rating, day in events:
        per_day[day] += 1
        per_month[day.strftime("%Y-%m")] += 1
        if rating >= 9:
            enthusiasm[day.isocalendar()[:2]] += 1
    months = sum(1 for count in per_month.values() if count >= 5)
    hundred = 1 if len(events) >= 100 else 0
    balance = sum(min(10 * count, 50) for count in per_day.values())
    balance += sum(5 * min(count, 3) for count in enthusiasm.values())
    balance += 100 * months
    return {
        "balance": balance,
        "badges": (["centurion"] if hundred else []) + (["cinephile"] if months else []),
        "completed": {"five-in-a-month": months, "centurion": hundred},
        "progress": {**dict(sorted(per_month.items())), "ever": len(events)},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--as-of", help="leave out ratings after this moment (RFC 3339)")
    arguments = parser.parse_args()
    until = None
    if arguments.as_of:
        until = datetime.datetime.fromisoformat(arguments.as_of.replace("Z", "+00:00")).timestamp()

    by_user = collections.defaultdict(list)
    seen = set()
    for user, film, rating, day, seconds in ratings(arguments.folder):
        if until is not None and seconds > until:
            continue
        # A person rates a film once; a line that comes twice is one event.
        if (user, film) in seen:
            continue
        seen.add((user, film))
        by_user[user].append((rating, day))

    users = {user: member(events) for user, events in by_user.items()}
    numeric = all(user.isdigit() for user in users)
    order = sorted(users, key=int) if numeric else sorted(users)
    json.dump(
        {
            "members": len(users),
            "events": len(seen),
            "total_points": sum(user["balance"] for user in users.values()),
            "users": {user: users[user] for user in order},
        },
        sys.stdout,
    )
    print()


if __name__ == "__main__":
    main()
