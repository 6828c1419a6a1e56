"""The world of day_load.py: a programme, what its members do in a day, and what they must have at its end.

The model here is plain arithmetic on sets of events and a list of purchases in their order. It shares nothing with the
product but the meaning of the programme's document.
"""

import collections
import datetime
import random
import zoneinfo

PROGRAMME = """--- # programme.yaml
programme: day
name: Day
languages: [en]
timezone: UTC
lateness: 72 hours
units:
  ink: { name: ink, expires: 3 days, transfers: { allowed: any } }
  coin: { name: coin, pending: 1 day }
  loyalty: { kind: status, name: loyalty }
tiers:
  unit: loyalty
  levels:
    bronze: { at: 0, name: Bronze }
    silver: { at: 3, name: Silver }
--- # events/article.read.yaml
event: article.read
purpose: loyalty
fields:
  share: { type: fraction }
--- # events/visit.yaml
event: visit
purpose: loyalty
--- # rules/read.yaml
rule: read
trigger: article.read
when: event.share >= 0.7
then:
  - award: { amount: 10, unit: ink }
limits:
  - { per: member, period: day, amount: 50 }
why: You read.
--- # rules/there.yaml
rule: there
trigger: article.read
when: event.share >= 0.7
then:
  - award: { amount: 1, unit: loyalty }
limits:
  - { per: member, period: day, times: 1 }
why: You were there.
--- # rules/visit.yaml
rule: visit
trigger: visit
then:
  - award: { amount: 3, unit: coin }
limits:
  - { per: member, period: day, times: 2 }
why: You came by.
--- # challenges/four.yaml
challenge: four
name: Four
count: article.read
when: event.share >= 0.7
target: 4
every: day
reward:
  - award: { amount: 20, unit: coin }
why: Four in a day.
--- # streaks/daily.yaml
streak: daily
name: Daily
every: day
count: article.read
when: event.share >= 0.7
milestones:
  3:
    - award: { amount: 25, unit: coin }
why: Day after day.
--- # rewards/book.yaml
reward: book
kind: digital
name: A book
text: It is kept.
price: { amount: 10, unit: ink }
holds: 2 days
--- # rewards/seat.yaml
reward: seat
kind: digital
name: A seat
text: Nobody sits down.
price: { amount: 10, unit: ink }
holds: 1 hour
"""

ZONES = ("UTC", "Asia/Tokyo", "America/New_York")
HALF_HOUR = 1_800
DAY = 86_400
PRICE, SENT = 10, 15

Deed = collections.namedtuple("Deed", "id subject kind share at")
Purchase = collections.namedtuple("Purchase", "id what member other")


def day_of(moment, zone):
    return datetime.datetime.fromtimestamp(moment, zoneinfo.ZoneInfo(zone)).date()


def start_of(day, zone):
    return datetime.datetime.combine(day, datetime.time(), zoneinfo.ZoneInfo(zone)).timestamp()


class World:
    """Everything that happens, before anything of it is sent."""

    def __init__(self, seed, members, slots, now):
        chance = random.Random(seed)
        # A Wednesday at noon, UTC, far enough ahead that no clock of the day lies before the home was made.
        noon = int(now) // DAY * DAY + 20 * DAY + DAY // 2
        while datetime.datetime.fromtimestamp(noon, datetime.timezone.utc).weekday() != 2:
            noon += DAY
        self.begin, self.slots = noon, slots
        self.length = 24 * HALF_HOUR * 2 // slots
        self.names = [f"lezer-é-{number}" for number in range(members)]
        self.zones = {name: ZONES[number % 3] for number, name in enumerate(self.names)}
        self.deeds, self.purchases = [], collections.defaultdict(list)
        for number, name in enumerate(self.names):
            self._live(chance, number, name)
        self.end = self.begin + DAY
        self.deliveries = self._deliver(chance)

    def clock(self, slot):
        """What the server's clock shows in a slot; -2 and -1 are Monday and Tuesday."""
        return self.begin + ((slot * DAY - 5_400) if slot < 0 else (slot + 1) * self.length)

    def _live(self, chance, number, name):
        def do(kind, share, at, what):
            self.deeds.append(Deed(f"{number}-{what}-{len(self.deeds)}", name, kind, share, at))

        for day, reads in ((-2, 5), (-1, 6)):
            for index in range(reads):
                do("article.read", 0.9, self.clock(day) - 60 * (index + 1), "before")
        do("visit", 0, self.clock(-1) - 30, "before")
        # One in five does nothing before late in the day: streaks end, and some begin anew.
        earliest = 0.75 if chance.random() < 0.2 else 0.0
        for _ in range(chance.randint(4, 16)):
            do("article.read", chance.choice([0.3, 0.8, 1.0]), self._moment(chance, earliest), "read")
        for _ in range(chance.randint(0, 6)):
            do("visit", 0, self._moment(chance, earliest), "visit")
        calm = [slot for slot in range(self.slots) if self.is_calm(slot)]
        early, late = calm[:len(calm) // 3], calm[len(calm) // 3:]
        other = self.names[(number * 7 + 1) % len(self.names)]
        for what, slots in (("book", early), ("seat", early), ("transfer", early), ("book", late)):
            if chance.random() < 0.7:
                slot = chance.choice(slots)
                self.purchases[slot].append(Purchase(f"{number}-{what}-{slot}", what, name, other))

    def _moment(self, chance, earliest):
        return self.begin + int((earliest + (0.99 - earliest) * chance.random()) * DAY)

    def is_calm(self, slot):
        """Whether no day begins anywhere within 90 minutes: purchases then cannot fall on either side of it."""
        at = self.clock(slot)
        return all(day_of(at - 5_400, zone) == day_of(at + 5_400, zone) for zone in ZONES)

    def _deliver(self, chance):
        """By slot, which deeds are sent in it: some late, 30 % again."""
        deliveries = collections.defaultdict(list)
        for deed in self.deeds:
            slot = int((deed.at - self.begin) // self.length)
            if deed.at < self.begin:
                slot = -2 if deed.at < self.clock(-2) else -1
                # What earns on Monday expires in the day: it must be there before it is spent. Of Tuesday, one is late.
                if slot == -1 and deed.at == self.clock(-1) - 240:
                    slot = chance.randrange(self.slots)
            elif chance.random() < 0.2:
                slot += chance.randint(1, self.slots // 2)
            slot = min(slot, self.slots - 1)
            deliveries[slot].append(deed)
            while chance.random() < 0.3 / 1.3:
                slot = min(self.slots - 1, slot + chance.choice([0, 0, 1, 2, 5, 11]))
                deliveries[slot].append(deed)
        for batch in deliveries.values():
            chance.shuffle(batch)
        return deliveries

    def sent_again(self):
        return sum(map(len, self.deliveries.values())) - len(self.deeds)


def expected(world, purchases):
    """What each member must have at the end of the day.

    `purchases` are those that went through, in their order, each with the clock of its slot.
    """
    reads = collections.defaultdict(collections.Counter)
    visits = collections.defaultdict(collections.Counter)
    for deed in world.deeds:
        day = day_of(deed.at, world.zones[deed.subject])
        if deed.kind == "visit":
            visits[deed.subject][day] += 1
        elif deed.share >= 0.7:
            reads[deed.subject][day] += 1
    lots = {name: collections.Counter() for name in world.names}
    for name in world.names:
        for day, count in reads[name].items():
            expires = start_of(day + datetime.timedelta(days=3), world.zones[name])
            lots[name][expires] += min(50, 10 * count)
    held = {name: collections.Counter() for name in world.names}
    # What a hold sets aside is not there for anything else until the hold ends.
    aside = collections.deque()

    def give_back(at):
        for entry in [entry for entry in aside if entry[0] <= at]:
            aside.remove(entry)
            lots[entry[1]].update(entry[2])

    def take(name, amount, at):
        give_back(at)
        parts = collections.Counter()
        for expires in sorted(lots[name]):
            part = min(amount, lots[name][expires]) if expires > at else 0
            lots[name][expires] -= part
            parts[expires] += part
            amount -= part
        assert amount == 0, f"{name} could not have paid"
        return +parts

    for purchase, at in purchases:
        if purchase.what == "transfer":
            lots[purchase.other].update(take(purchase.member, SENT, at))
        else:
            parts = take(purchase.member, PRICE, at)
            if purchase.what == "seat":
                zone = world.zones[purchase.member]
                tomorrow = day_of(at, zone) + datetime.timedelta(days=1)
                # An hour after the end of the day; what has expired meanwhile is gone, the rest comes back.
                ends = start_of(tomorrow, zone) + 3_600
                if ends <= world.end:
                    aside.append((ends, purchase.member, parts))
                else:
                    held[purchase.member].update(parts)
    give_back(world.end)
    result = {}
    for name in world.names:
        days = sorted(reads[name])
        today = day_of(world.end, world.zones[name])
        coins = collections.Counter()
        for day, count in visits[name].items():
            coins[day] += 3 * min(2, count)
        run, last = 0, None
        for day in days:
            coins[day] += 20 if reads[name][day] >= 4 else 0
            run = run + 1 if last and day - last == datetime.timedelta(days=1) else 1
            coins[day] += 25 if run == 3 else 0
            last = day
        result[name] = {
            "ink": sum(amount for expires, amount in lots[name].items() if expires > world.end),
            "held": sum(held[name].values()),
            "coin": sum(amount for day, amount in coins.items() if day < today),
            "pending": coins[today],
            "loyalty": len(days),
            "tier": "silver" if len(days) >= 3 else "bronze",
            "streak": run if last and today - last <= datetime.timedelta(days=1) else 0,
        }
    return result
