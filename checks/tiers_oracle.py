#!/usr/bin/env python3
"""Random histories of tiers with where each member must stand, computed without the product.

    checks/tiers_oracle.py [--count 1000] [--seed 1]

Written from docs/reference/programme.md ("Tiers that come and go") and from nothing else. Needs Python 3.11 alone. Prints
one JSON object in the form of vectors/loyalty/tiers.json: ladders under `ladders`, histories under `cases`.

How it reckons, day by day, in words:

- What counts on a day: the sum of the running period up to that day; with rolling periods the sum of the last months;
  by balance the sum of everything.
- On a day on which something came or went (by balance also on the first day of a period): every tier up to what counts
  is reached, and lasts until the end of the period (`cycle`), of the next one (`next-cycle`) or for the given time; with
  rolling periods for as long as the period.
- After that, if the tier has lasted and the grace is over: one tier down until the end of the running period
  (`one-level`), or to the best tier that still lasts, its grace included (`by-balance`), never below what counts. If what
  counts still deserves the tier, it stays until the end of the running period.
- Projection: credits of the period times its days, divided by the days so far, rounded down, as if the rest came on its
  last day; the tier of the first day after the period. Rolling: the tier of what counts today.
"""

import argparse
import bisect
import datetime
import json
import random

DAY = datetime.timedelta(days=1)
UTC = datetime.timezone.utc


def last_of(year, month):
    after = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (after - DAY).day


def add_months(day, months):
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return datetime.date(year, month, min(day.day, last_of(year, month)))


def length(text):
    if text is None:
        return lambda day: day
    number, unit = text.split()
    number, unit = int(number), unit.rstrip("s")
    if unit == "day":
        return lambda day: day + number * DAY
    if unit == "week":
        return lambda day: day + 7 * number * DAY
    return lambda day: add_months(day, number * (12 if unit == "year" else 1))


def before(text):
    number, unit = text.split()
    number, unit = int(number), unit.rstrip("s")
    if unit in ("day", "week"):
        return lambda day: day - number * (7 if unit == "week" else 1) * DAY
    return lambda day: add_months(day, -number * (12 if unit == "year" else 1))


class Ladder:
    def __init__(self, ladder):
        self.levels = [(level["id"], level["at"]) for level in ladder["levels"] if "at" in level]
        self.order = [level["id"] for level in ladder["levels"]]
        self.balance = ladder.get("counts") == "balance"
        self.cycle = ladder["cycle"]
        self.lasts = ladder.get("lasts", "next-cycle")
        self.downgrade = ladder.get("downgrade", "by-balance")
        self.grace = length(ladder.get("grace"))
        self.rolling = int(self.cycle["rolling"].split()[0]) if isinstance(self.cycle, dict) else None

    def period(self, day, joined):
        """First day of the period of `day`, and of the next one."""
        if self.rolling:
            return add_months(day, -self.rolling) + DAY, day + DAY
        if self.cycle == "anniversary":
            starts = [add_months(joined, 12 * year) for year in range(-2, 30)]
        elif isinstance(self.cycle, list):
            starts = []
            for year in range(day.year - 1, day.year + 2):
                for text in self.cycle:
                    month, number = map(int, text.split("-"))
                    starts.append(datetime.date(year, month, min(number, last_of(year, month))))
        else:
            months = {"year": 12, "half-year": 6, "quarter": 3}[self.cycle]
            starts = [datetime.date(year, month, 1) for year in range(day.year - 1, day.year + 3)
                      for month in range(1, 13, months)]
        place = bisect.bisect_right(starts, day) - 1
        return starts[place], starts[place + 1]

    def end(self, day, joined):
        if self.lasts not in ("cycle", "next-cycle"):
            return length(self.lasts)(day)
        if self.rolling:
            return add_months(day, self.rolling)
        first = self.period(day, joined)[1]
        return first if self.lasts == "cycle" else self.period(first, joined)[1]

    def rest(self, day, joined):
        return add_months(day, self.rolling) if self.rolling else self.period(day, joined)[1]

    def place(self, credits):
        return max([index for index, (_, at) in enumerate(self.levels) if at <= credits], default=-1)

    def counted(self, days, day, joined):
        first = datetime.date.min if self.balance else self.period(day, joined)[0]
        return sum(amount for when, amount in days.items() if first <= when <= day)


def stand(ladder, days, joined, today):
    """(place, end without grace)"""
    base = ladder.place(0)
    place, end, lasts = base, None, {}
    if not days:
        return place, end
    first = day = min(days)
    if first > today:
        return place, end
    starts = set()
    if ladder.balance:
        start = first
        while start <= today:
            start = add_months(start, ladder.rolling) if ladder.rolling else ladder.period(start, joined)[1]
            starts.add(start)
    while day <= today:
        if day in days or day in starts:
            reached = ladder.place(ladder.counted(days, day, joined))
            until = ladder.end(day, joined)
            for lower in range(reached + 1):
                lasts[lower] = max(lasts.get(lower, until), until)
            if reached > place:
                place, end = reached, until
            elif reached == place and end is not None:
                end = max(end, until)
        while place > base and end is not None and ladder.downgrade != "never" and ladder.grace(end) <= day:
            gone = ladder.grace(end)
            least = ladder.place(ladder.counted(days, gone, joined))
            lasting = [lower for lower in range(place) if lower in lasts and ladder.grace(lasts[lower]) > gone]
            target = max([least, base] + lasting)
            if ladder.downgrade == "one-level":
                target = max(target, place - 1)
            if target >= place:
                end = max(ladder.rest(gone, joined), gone + DAY)
                continue
            place = target
            own = lasts.get(place)
            if own is not None and ladder.grace(own) <= gone:
                own = None
            rest = ladder.rest(gone, joined)
            if place <= base:
                end = None
            elif ladder.downgrade == "one-level":
                end = max(own or rest, rest)
            else:
                end = own or rest
        day += DAY
    return place, end


def evaluate(ladder, days, joined, today):
    place, end = stand(ladder, days, joined, today)
    credits = ladder.counted(days, today, joined)
    names = [name for name, _ in ladder.levels]
    higher = [(name, at) for index, (name, at) in enumerate(ladder.levels) if index > place and at > credits]
    first, after = ladder.period(today, joined)
    if ladder.rolling:
        projected = ladder.place(credits)
    else:
        ahead = dict(days)
        if not ladder.balance:
            done, whole = (today - first).days + 1, (after - first).days
            total = max(0, credits) * whole // done
            ahead[after - DAY] = ahead.get(after - DAY, 0) + max(0, total - credits)
        projected = stand(ladder, ahead, joined, after)[0]
    return {
        "tier": names[place] if place >= 0 else None, "credits": credits,
        "lasts_until": end.isoformat() if end else None,
        "ends_on": ladder.grace(end).isoformat() if end else None,
        "next": higher[0][0] if higher else None, "missing": higher[0][1] - credits if higher else None,
        "projected": names[projected] if projected >= 0 else None,
    }


LEVELS = [{"id": "bronze", "at": 0}, {"id": "silver", "at": 100}, {"id": "gold", "at": 250},
          {"id": "platinum", "at": 500}]
LADDERS = {
    "year": {"cycle": "year", "levels": LEVELS},
    "year-one-level": {"cycle": "year", "lasts": "cycle", "downgrade": "one-level", "grace": "30 days",
                       "notice": "45 days", "levels": LEVELS},
    "quarter": {"cycle": "quarter", "lasts": "cycle", "levels": LEVELS},
    "half-grace": {"cycle": "half-year", "lasts": "next-cycle", "grace": "2 months", "levels": LEVELS[1:]},
    "dates": {"cycle": ["02-29", "07-01", "11-15"], "downgrade": "one-level", "notice": "2 weeks", "levels": LEVELS},
    "anniversary": {"cycle": "anniversary", "lasts": "cycle", "grace": "10 days", "levels": LEVELS},
    "rolling": {"cycle": {"rolling": "6 months"}, "lasts": "cycle", "levels": LEVELS},
    "rolling-one-level": {"cycle": {"rolling": "3 months"}, "lasts": "4 months", "downgrade": "one-level",
                          "levels": LEVELS},
    "never": {"cycle": "year", "downgrade": "never", "levels": LEVELS},
    "short": {"cycle": "year", "lasts": "3 months", "grace": "1 week", "levels": LEVELS},
    "balance": {"counts": "balance", "cycle": "quarter", "lasts": "cycle", "grace": "5 days", "levels": LEVELS},
}


def text(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def history(number, pick):
    name = sorted(LADDERS)[number % len(LADDERS)]
    ladder = Ladder(LADDERS[name])
    joined = pick.choice([datetime.date(2024, 2, 29), datetime.date(2024, 1, 1), datetime.date(2024, 5, 31),
                          datetime.date(2023, 11, 30) + pick.randrange(200) * DAY])
    begin = datetime.datetime.combine(joined, datetime.time(12), UTC)
    span = pick.choice([200, 500, 1000])
    arrivals = []
    for _ in range(pick.randint(3, 18)):
        time = begin + datetime.timedelta(seconds=pick.randrange(span * 86_400))
        late = 0 if pick.random() < 0.7 else pick.randrange(3 * 86_400 - 60)
        arrivals.append((time + datetime.timedelta(seconds=late), "credits", time))
    for _ in range(pick.choice([0, 1, 2])):
        arrivals.append((begin + datetime.timedelta(seconds=pick.randrange(span * 86_400)), "less", None))
    for _ in range(3):
        arrivals.append(
            (begin + datetime.timedelta(seconds=pick.randrange((span + 300) * 86_400)), "expect", None))
    arrivals.sort(key=lambda arrival: (arrival[0], arrival[1]))
    days, steps, given = {}, [], []
    for at, kind, time in arrivals:
        step = {"at": text(at)}
        today = at.date()
        if kind == "credits":
            amount = pick.choice([20, 50, 90, 120, 260])
            days[time.date()] = days.get(time.date(), 0) + amount
            given.append(amount)
            step["credits"] = {"time": text(time), "amount": amount}
        elif kind == "less":
            if ladder.balance:
                amount = pick.choice([10, 80, 150])
                if sum(days.values()) < amount:
                    continue
                days[today] = days.get(today, 0) - amount
                step["spend"] = amount
            else:
                left = [index for index, amount in enumerate(given) if amount]
                if not left:
                    continue
                index = pick.choice(left)
                days[today] = days.get(today, 0) - given[index]
                given[index] = 0
                step["reverse"] = index
        else:
            step["expect"] = evaluate(ladder, days, joined, today)
        steps.append(step)
    return {"name": f"random {number}", "ladder": name, "joined": joined.isoformat(), "steps": steps}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    pick = random.Random(arguments.seed)
    cases = [history(number, pick) for number in range(arguments.count)]
    print(json.dumps({"seed": arguments.seed, "ladders": LADDERS, "cases": cases}))


if __name__ == "__main__":
    main()
