#!/usr/bin/env python3
"""Random histories of streaks with what each streak must come to, computed without the product.

    checks/streaks_oracle.py [--count 1000] [--seed 1]

Written from docs/reference/programme.md ("Streaks") and from nothing else. Needs Python 3.11 and its zoneinfo alone.
Prints one JSON object in the form of vectors/loyalty/streaks.json: definitions under `streaks`, histories under `cases`.

How it reckons, in words:

- A local day begins at the first instant at which the zone's clocks show its date at the day start or later.
- An event belongs to the local day of its time, in the zone that the member has when the event arrives.
- A period is active when its measures are met: over the period as a whole or, with `days`, on so many of its days.
- Walk all periods from the first active one to the running one. Active: the run grows by one, and every k-th active
  period earns a freeze, up to the maximum. Not active: nothing happens if it is the running one or has an excused day;
  else a freeze is used if there is one; else the run ends.
- Excused days: pauses, repairs, and the days from the old to the new date when a change of zone or day start makes the
  day end earlier than it would have.
- A milestone m gives m points, once for each run that reaches it.
"""

import argparse
import datetime
import json
import random
import zoneinfo

UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)


class Calendar:
    """Someone's local days."""

    def __init__(self, zone, day_start):
        self.zone = zoneinfo.ZoneInfo(zone)
        hours, minutes = day_start.split(":")
        self.offset = datetime.timedelta(hours=int(hours), minutes=int(minutes))

    def wall(self, instant):
        return instant.astimezone(self.zone).replace(tzinfo=None)

    def start(self, day):
        """The first instant at which the clocks show `day` at the day start or later."""
        wall = datetime.datetime.combine(day, datetime.time()) + self.offset
        instant = wall.replace(tzinfo=self.zone, fold=0).astimezone(UTC)
        if self.wall(instant) == wall:
            return instant
        # The clocks skip it: the skip itself is the first instant that shows more.
        low, high = instant - datetime.timedelta(hours=30), instant
        while high - low > datetime.timedelta(seconds=1):
            middle = low + (high - low) / 2
            middle = middle.replace(microsecond=0)
            if middle in (low, high):
                break
            if self.wall(middle) >= wall:
                high = middle
            else:
                low = middle
        return high

    def day(self, instant):
        day = (self.wall(instant) - self.offset).date()
        while self.start(day) > instant:
            day -= DAY
        while self.start(day + DAY) <= instant:
            day += DAY
        return day


def period(day, every):
    """First day of the period of `day`, and of the next one."""
    if every == "day":
        return day, day + DAY
    if every == "week":
        first = day - DAY * day.weekday()
        return first, first + 7 * DAY
    first = day.replace(day=1)
    return first, (first + 32 * DAY).replace(day=1)


def measures(streak):
    return streak.get("measures") or {"count": {"needs": streak.get("needs", 1)}}


def met(streak, amounts):
    each = [amounts.get(name, 0) >= measure.get("needs", 1) for name, measure in measures(streak).items()]
    return any(each) if streak.get("any") else all(each)


def goal(streak, chosen, first):
    days = streak.get("days")
    if days is None:
        return None
    if isinstance(days, int):
        return days
    wanted = days["usual"]
    for day, number in sorted(chosen.items()):
        if day < first:
            wanted = number
    return wanted


def is_active(streak, counted, chosen, first, end):
    wanted = goal(streak, chosen, first)
    days = [day for day in counted if first <= day < end]
    if wanted is not None:
        return sum(1 for day in days if met(streak, counted[day])) >= wanted
    total = {}
    for day in days:
        for name, amount in counted[day].items():
            total[name] = total.get(name, 0) + amount
    return met(streak, total)


def evaluate(streak, counted, excused, chosen, today):
    """What the streak comes to."""
    every = streak["every"]
    freezes = streak.get("freezes") or {}
    left = min(freezes.get("initial", 0), freezes.get("maximum", 0))
    length = longest = actives = points = 0
    last = max([today, *counted]) if counted else today
    running = period(last, every)[0]
    first = period(min(counted), every)[0] if counted else running
    active_now = False
    while first <= running:
        end = period(first, every)[1]
        if is_active(streak, counted, chosen, first, end):
            length += 1
            longest = max(longest, length)
            if length in streak.get("milestones", []):
                points += length
            actives += 1
            every_k = freezes.get("earned_every")
            if every_k and actives % every_k == 0:
                left = min(left + 1, freezes["maximum"])
            active_now = first == running
        elif first == running or any(first <= day < end for day in excused):
            pass
        elif length > 0:
            if left > 0:
                left -= 1
            else:
                length = 0
        first = end
    return {"current": length, "longest": longest, "freezes": left, "active": active_now, "points": points}


STREAKS = {
    "daily": {"every": "day", "milestones": [3, 7, 14]},
    "daily-frozen": {
        "every": "day", "freezes": {"initial": 1, "earned_every": 3, "maximum": 2}, "milestones": [2, 5]},
    "daily-three": {"every": "day", "needs": 3, "milestones": [2, 4]},
    "weekly": {"every": "week", "needs": 2, "milestones": [2, 3]},
    "weekly-days": {
        "every": "week", "days": {"usual": 3, "from": 1, "to": 6}, "freezes": {"initial": 1, "maximum": 1},
        "milestones": [2]},
    "monthly": {"every": "month", "needs": 4, "freezes": {"initial": 0, "earned_every": 1, "maximum": 1},
                "milestones": [1, 2]},
    "both": {"every": "day", "measures": {"reads": {"needs": 1}, "listens": {"needs": 2}}, "milestones": [2, 3]},
    "either": {"every": "day", "any": True, "measures": {"reads": {"needs": 2}, "listens": {"needs": 3}},
               "freezes": {"initial": 2, "maximum": 3}, "milestones": [3]},
    "repaired": {"every": "day", "milestones": [4, 8], "repairs": [{"from": "2026-03-28", "to": "2026-03-30"}]},
}
ZONES = ["Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "Pacific/Honolulu",
         "Pacific/Kiritimati", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "UTC"]
DAY_STARTS = ["00:00", "00:00", "04:00", "02:30", "05:00"]
BEGINS = [datetime.datetime(2026, 3, 14, tzinfo=UTC), datetime.datetime(2026, 10, 12, tzinfo=UTC),
          datetime.datetime(2028, 2, 10, tzinfo=UTC)]


def text(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def history(number, pick):
    name = sorted(STREAKS)[number % len(STREAKS)]
    streak = STREAKS[name]
    begin = BEGINS[0] if name == "repaired" else pick.choice(BEGINS)
    home, day_start = pick.choice(ZONES), pick.choice(DAY_STARTS)
    length = {"day": 24, "week": 40, "month": 100}[streak["every"]]
    density = pick.choice([0.5, 0.7, 0.9])
    times = []
    for day in range(length):
        if pick.random() < density:
            for _ in range(pick.randint(1, 3)):
                times.append(begin + day * DAY + datetime.timedelta(seconds=pick.randrange(86_400)))
    # When each event arrives: most at once, some up to three days late.
    arrivals = []
    for time in times:
        late = 0 if pick.random() < 0.7 else pick.randrange(3 * 86_400 - 60)
        arrivals.append((time + datetime.timedelta(seconds=late), "event", time))
    for _ in range(pick.choice([0, 0, 1, 2])):
        arrivals.append((begin + datetime.timedelta(seconds=pick.randrange(length * 86_400)), "travel", None))
    for _ in range(pick.choice([0, 0, 1])):
        arrivals.append((begin + datetime.timedelta(seconds=pick.randrange(length * 86_400)), "pause", None))
    if not any(kind == "travel" for _, kind, _ in arrivals):
        for _ in range(pick.choice([0, 1, 3])):
            arrivals.append((begin + datetime.timedelta(seconds=pick.randrange(length * 86_400)), "cancel", None))
    if isinstance(streak.get("days"), dict):
        for _ in range(pick.choice([0, 1, 2])):
            arrivals.append((begin + datetime.timedelta(seconds=pick.randrange(length * 86_400)), "goal", None))
    for _ in range(2):
        arrivals.append((begin + datetime.timedelta(seconds=pick.randrange(length * 86_400)), "expect", None))
    arrivals.append((begin + (length + pick.randrange(4)) * DAY, "expect", None))
    arrivals.sort(key=lambda arrival: (arrival[0], arrival[1]))

    calendar = Calendar(home, day_start)
    counted, chosen, journeys, pauses = {}, {}, set(), []
    sent, cancelled = [], set()
    repairs = set()
    for repair in streak.get("repairs", []):
        day = datetime.date.fromisoformat(repair["from"])
        while day <= datetime.date.fromisoformat(repair["to"]):
            repairs.add(day)
            day += DAY
    steps = []
    for at, kind, time in arrivals:
        step = {"at": text(at)}
        today = calendar.day(at)
        if kind == "event":
            measure = pick.choice(sorted(measures(streak)))
            amount = pick.choice([1, 1, 2])
            day = counted.setdefault(calendar.day(time), {})
            day[measure] = day.get(measure, 0) + amount
            step["event"] = {"time": text(time), "measure": measure, "amount": amount}
            sent.append((calendar.day(time), measure, amount))
        elif kind == "cancel":
            left = [place for place in range(len(sent)) if place not in cancelled]
            if not left:
                continue
            place = pick.choice(left)
            cancelled.add(place)
            day, measure, amount = sent[place]
            counted[day][measure] -= amount
            step["cancel"] = place
        elif kind == "travel":
            zone = pick.choice(ZONES)
            new = Calendar(zone, day_start)
            if new.start(today + DAY) < calendar.start(today + DAY):
                day = today
                while day <= max(today, new.day(at)):
                    journeys.add(day)
                    day += DAY
            calendar = new
            step["zone"] = zone
        elif kind == "pause":
            first = today + pick.randint(-5, 5) * DAY
            last = first + pick.randint(0, 6) * DAY
            kept = []
            for a, b in pauses:
                if b < today:
                    kept.append((a, b))
                elif a < today:
                    kept.append((a, today - DAY))
            pauses = kept + [(first, last)]
            step["pause"] = {"from": first.isoformat(), "to": last.isoformat()}
        elif kind == "goal":
            days = pick.randint(streak["days"]["from"], streak["days"]["to"])
            chosen[today] = days
            step["goal"] = days
        else:
            excused = set(journeys) | repairs
            for a, b in pauses:
                while a <= b:
                    excused.add(a)
                    a += DAY
            step["expect"] = evaluate(streak, counted, excused, chosen, today)
        steps.append(step)
    return {"name": f"random {number}", "streak": name, "zone": home, "day_start": day_start, "steps": steps}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    pick = random.Random(arguments.seed)
    cases = [history(number, pick) for number in range(arguments.count)]
    print(json.dumps({"seed": arguments.seed, "streaks": STREAKS, "cases": cases}))


if __name__ == "__main__":
    main()
