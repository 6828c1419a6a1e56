#!/usr/bin/env python3
"""What members have of a unit at each look into their history, computed without the product.

    checks/expiry_oracle.py FILE

FILE is in the form of vectors/loyalty/expiry.json and pending.json (see vectors/README.md). Written from the rules in
words and from nothing else, with the zone data of Python:

  (a) what happens at a moment belongs to the member's local day, in the zone they live in when it comes in;
  (b) points become spendable, and expire, when a day begins: after a length of time in days or months of the calendar
      (the last day of a shorter month), at the end of the period in which that day lies, on the first day of the next
      period, on the next of some days of the year (29 February is the 28th in other years);
  (c) points that live by activity expire so long after the last day of activity on which they were alive;
  (d) points that wait for an event are taken back by a cancelling one within the window, whichever comes first; else
      they become spendable with the event, or the end of the window says what happens;
  (e) an event may come as late as the programme says; what ends for want of an event ends for good only then;
  (f) what expires first is spent first, never-expiring points last; a spending that cannot be paid does nothing.

Prints one JSON object: {"cases": [[what is seen at each `expect` or `look`], ...]}.
"""

import calendar
import datetime
import json
import sys
import zoneinfo

UTC = datetime.timezone.utc
FOREVER = 1 << 62


def millis(moment):
    return int((moment - datetime.datetime(1970, 1, 1, tzinfo=UTC)) / datetime.timedelta(milliseconds=1))


def instant(text):
    return millis(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")))


def text(at):
    if at is None or at >= FOREVER:
        return None
    moment = datetime.datetime(1970, 1, 1, tzinfo=UTC) + datetime.timedelta(milliseconds=at)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def span(words):
    """('days' | 'months' | 'hours', how many)"""
    number, unit = words.split(" ")
    number, unit = int(number), unit.rstrip("s")
    return {"day": ("days", number), "week": ("days", 7 * number), "month": ("months", number),
            "year": ("months", 12 * number), "hour": ("hours", number)}[unit]


def add_months(day, months):
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def period_end(period, day):
    """The first day after the period that holds `day`."""
    size = {"month": 1, "quarter": 3, "half": 6, "year": 12}[period]
    first = day.replace(day=1, month=(day.month - 1) // size * size + 1)
    return add_months(first, size)


def next_day(days, after):
    found = []
    for year in (after.year, after.year + 1):
        for words in days:
            month, number = (int(part) for part in words.split("-"))
            found.append(datetime.date(year, month, min(number, calendar.monthrange(year, month)[1])))
    return min(day for day in found if day > after)


class Calendar:
    def __init__(self, zone, start):
        self.zone = zoneinfo.ZoneInfo(zone)
        hours, minutes = start.split(":")
        self.minutes = int(hours) * 60 + int(minutes)

    def start(self, day):
        """When a day begins: the first moment at which the clock shows its start or later."""
        wall = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(minutes=self.minutes)
        first = wall.replace(tzinfo=self.zone, fold=0)
        moment = first.astimezone(UTC)
        if moment.astimezone(self.zone).replace(tzinfo=None) != wall:
            # The clock jumps over it. Between the offsets before and after lies the jump: look for it.
            low = int((wall.replace(tzinfo=UTC) - datetime.timedelta(hours=26)).timestamp())
            high = int((wall.replace(tzinfo=UTC) + datetime.timedelta(hours=26)).timestamp())
            while low < high:
                middle = (low + high) // 2
                shown = datetime.datetime.fromtimestamp(middle, self.zone).replace(tzinfo=None)
                if shown >= wall:
                    high = middle
                else:
                    low = middle + 1
            return low * 1000
        return millis(moment)

    def day(self, at):
        moment = datetime.datetime(1970, 1, 1, tzinfo=UTC) + datetime.timedelta(milliseconds=at)
        day = moment.astimezone(self.zone).date() + datetime.timedelta(days=1)
        while self.start(day) > at:
            day -= datetime.timedelta(days=1)
        return day

    def after(self, words, day):
        kind, number = span(words)
        if kind == "days":
            return self.start(day + datetime.timedelta(days=number))
        if kind == "months":
            return self.start(add_months(day, number))
        return self.start(day) + number * 3_600_000


class Member:
    def __init__(self, terms, zone, start, grace):
        self.terms, self.day_start, self.grace = terms, start, grace
        self.calendar = Calendar(zone, start)
        self.lots = []
        self.marks = {"delivered": set(), "returned": set()}
        self.activity = {}
        self.taken = set()

    def dates(self, day):
        here = self.calendar
        lot = {"earned": day, "active": None, "expires": FOREVER, "until": None, "idle": None}
        pending = self.terms.get("pending", "none")
        if isinstance(pending, str):
            if pending != "none":
                lot["active"] = here.after(pending, day)
        elif "next" in pending:
            lot["active"] = here.start(period_end(pending["next"], day))
        elif "on" in pending:
            lot["active"] = here.start(next_day(pending["on"], day))
        else:
            lot["active"] = here.after(pending["within"], day)
            lot["until"] = pending
            lot["window"] = here.day(lot["active"])
        expires = self.terms.get("expires", "none")
        if isinstance(expires, str):
            if expires != "none":
                lot["expires"] = here.after(expires, day)
        elif "after" in expires:
            lot["expires"] = here.after(expires["after"], day)
            if "end-of" in expires:
                lot["expires"] = here.start(period_end(expires["end-of"], here.day(lot["expires"])))
        elif "on" in expires:
            lot["expires"] = here.start(next_day(expires["on"], day) + datetime.timedelta(days=1))
        else:
            lot["expires"] = here.after(expires["inactive"], day)
            lot["idle"] = expires
        return lot

    def prolong(self, lot):
        if lot["idle"]:
            days = set()
            for sign in lot["idle"]["reset-by"]:
                days |= self.activity.get(sign, set())
            for day in sorted(days):
                if day > lot["earned"] and self.calendar.start(day) < lot["expires"]:
                    lot["expires"] = max(lot["expires"], self.calendar.after(lot["idle"]["inactive"], day))

    def active(self, sign, day):
        self.activity.setdefault(sign, set()).add(day)
        for lot in self.lots:
            self.prolong(lot)

    @staticmethod
    def lapses(lot):
        return lot["active"] is not None and lot["until"] and lot["until"].get("then") == "cancel"

    def settle(self, now):
        for lot in self.lots:
            if lot["active"] is not None:
                if self.lapses(lot):
                    if lot["active"] + self.grace <= now:
                        lot["left"] = 0
                elif lot["active"] <= now:
                    lot["active"] = None
            if lot["expires"] + (self.grace if lot["idle"] else 0) <= now:
                lot["left"] = 0
        self.lots = [lot for lot in self.lots if lot["left"] > 0]

    def await_events(self):
        for lot in self.lots:
            if not lot["until"]:
                continue

            def came(kind):
                for day, order in self.marks.get(kind, ()):
                    if day < lot["window"]:
                        if lot["order"] is None:
                            if day >= lot["earned"]:
                                return True
                        elif order == lot["order"]:
                            return True
                return False

            if came(lot["until"].get("cancelled-by")):
                lot["left"] = 0
            elif lot["active"] is not None and came(lot["until"]["until"]):
                lot["active"] = None

    def spendable(self, now):
        return [lot for lot in self.lots if lot["left"] > 0 and lot["active"] is None and lot["expires"] > now]

    def step(self, step, number):
        now = instant(step["at"])
        if "zone" in step:
            self.calendar = Calendar(step["zone"], self.day_start)
            return None
        if "expect" in step or "look" in step:
            self.settle(now)
            return self.look(now)
        self.settle(now)
        if "spend" in step:
            return self.spend(step["spend"], now)
        if "keeper" in step:
            return None
        name = step.get("id", number)
        if name in self.taken:
            return None
        self.taken.add(name)
        day = self.calendar.day(instant(step.get("time", step["at"])))
        if "event" in step:
            self.active(step["event"], day)
            match = isinstance(self.terms.get("pending"), dict) and self.terms["pending"].get("match")
            if step["event"] in self.marks and (not match or "order" in step):
                self.marks[step["event"]].add((day, step.get("order")))
            self.await_events()
        else:
            self.active("earning", day)
            lot = self.dates(day)
            lot["left"] = step["earn"]
            match = lot["until"] and lot["until"].get("match")
            lot["order"] = step.get("order") if match else None
            self.prolong(lot)
            if lot["active"] is not None and lot["active"] <= now and not self.lapses(lot):
                lot["active"] = None
            self.lots.append(lot)
            self.await_events()
        return None

    def spend(self, amount, now):
        lots = sorted(self.spendable(now), key=lambda lot: lot["expires"])
        if sum(lot["left"] for lot in lots) < amount:
            return None
        for lot in lots:
            part = min(amount, lot["left"])
            lot["left"] -= part
            amount -= part
        self.lots = [lot for lot in self.lots if lot["left"] > 0]
        self.active("spending", self.calendar.day(now))
        return None

    def look(self, now):
        groups = {}
        for lot in self.lots:
            if lot["left"] > 0 and lot["expires"] > now:
                key = (lot["expires"], lot["active"] or 0)
                groups[key] = groups.get(key, 0) + lot["left"]
        return {
            "spendable": sum(lot["left"] for lot in self.spendable(now)),
            "pending": sum(lot["left"] for lot in self.lots if lot["active"] is not None and lot["expires"] > now),
            "owed": 0,
            "lots": [
                {"remaining": left, "active_at": text(active) if active else None, "expires_at": text(expires)}
                for (expires, active), left in sorted(groups.items())
            ],
        }


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        history = json.load(file)
    lateness = history.get("lateness", "72 hours")
    kind, number = span(lateness)
    grace = number * {"hours": 3_600_000, "days": 86_400_000, "months": 31 * 86_400_000}[kind]
    cases = []
    for case in history["cases"]:
        member = Member(
            history["units"][case["unit"]], case.get("zone", history.get("zone", "UTC")),
            case.get("day_start", history.get("day_start", "00:00")), grace)
        seen = [member.step(step, f"step-{number}") for number, step in enumerate(case["steps"])]
        cases.append([look for look in seen if look is not None])
    json.dump({"cases": cases}, sys.stdout)


if __name__ == "__main__":
    main()
