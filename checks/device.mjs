#!/usr/bin/env node
// Runs the modules of the member's own device: history, persona, order, year.
//
//     checks/device.mjs
//
// Personas are held against checks/device_vectors.json, which the room Anonymity is held against too; orders against an
// ablation: without the reason that is named, the item stands lower. Prints {"checked", "seed", "failed": []} and exits 1
// where something failed.

import { readFile } from "node:fs/promises";

async function module(name) {
  let source = await readFile(new URL(`../Sources/Site/Resources/${name}`, import.meta.url), "utf8");
  // Within the browser it is another file of ours; its pure parts need none.
  source = source.replace(/^import .*"\.\/own-history\.js";$/m, "const OwnHistory = null;");
  return import("data:text/javascript;base64," + Buffer.from(source).toString("base64"));
}
const [own, persona, order, year] = await Promise.all(
  ["own-history.js", "persona.js", "rerank.js", "year.js"].map(module));

const failed = [];
let checked = 0;
function expect(holds, what) {
  checked += 1;
  if (!holds) failed.push(what);
}
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The same numbers in every run (mulberry32). */
const seed = 20261129;
let state = seed;
function random(below) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
}

// Personas.
const vectors = JSON.parse(await readFile(new URL("device_vectors.json", import.meta.url), "utf8"));
for (const one of vectors.cases) {
  const got = persona.assign(one.history, one.centres, one.current, one.margin);
  expect(got === one.persona, `${one.name}: ${got} for ${one.persona}`);
}
const two = [
  { id: "town", topics: [["opera", 80], ["film", 40]] },
  { id: "water", topics: [["klimaat", 90], ["film", 10]] },
];
const read = (item, topics, makers = [], day = "2026-11-28") => ({
  item, day, topics: topics.map((id) => ({ id, name: id })), makers: makers.map((id) => ({ id, name: id })),
});
expect(same(persona.subjects(two), ["film", "klimaat", "opera"]), "subjects have one order");
expect(
  same(persona.cumulative([read("a", ["opera", "opera", "x"]), read("b", ["film", "opera"])], persona.subjects(two)), [1, 0, 2]),
  "an item counts once for a subject");
expect(persona.personaOf([], two, null) === null, "nothing read, no persona");
expect(persona.personaOf([], two, "water") === "water", "nothing read changes nothing");
expect(persona.personaOf([read("a", ["klimaat"])], two, null) === "water", "the persona of what was read");
expect(persona.personaOf([read("a", ["klimaat"])], two, "gone") === "water", "a persona that is gone is none");
expect(persona.personaOf([read("a", ["klimaat"]), read("b", ["opera"])], two, "town") === "town", "it does not flutter");

// History.
expect(own.dayOf(new Date(2026, 0, 5, 23, 59)) === "2026-01-05", "a day, and no hour");
const entry = own.entryOf("a", [{ id: "opera", name: "Opera", extra: 1 }], [{ id: "m", name: "M" }], new Date(2026, 10, 28, 9));
expect(
  same(entry, { item: "a", day: "2026-11-28", topics: [{ id: "opera", name: "Opera" }], makers: [{ id: "m", name: "M" }] }),
  "an entry is its item, day, subjects and makers");
expect(own.entryOf("a", [], [], new Date()) === null && own.entryOf("", [{ id: "x", name: "x" }], [], new Date()) === null, "no subject, no entry");
const many = Array.from({ length: 503 }, (_, place) => read(`i${String(place).padStart(3, "0")}`, ["x"], [], place < 2 ? "2026-01-01" : "2026-02-01"));
expect(same(own.surplus(many), ["i000", "i001", "i002"]), "the oldest go first");
expect(same(own.surplus(many.slice(0, 500)), []), "five hundred stay");

// Order.
const topics = ["opera", "film", "klimaat", "sport", "stad", "boeken"];
function world() {
  const items = Array.from({ length: 30 }, (_, place) => ({
    id: `n${place}`, topics: [topics[random(6)], topics[random(6)]].filter((id, at, all) => all.indexOf(id) === at),
    makers: [`m${random(5)}`],
  }));
  const list = (topic) => items.map((item, place) => [item, place]).filter(([item]) => item.topics.includes(topic)).map(([, place]) => place);
  const personas = topics.slice(0, 4).map((topic) => ({ id: topic, topics: [[topic, 80]], candidates: list(topic) }));
  const entries = Array.from({ length: random(12) }, (_, place) => read(`n${random(30)}`, [topics[random(6)]], [`m${random(5)}`]));
  return [{ personas, items }, entries, topics[random(4)]];
}
/** The score as rerank.js declares it, from the definition. */
function score(item, place, length, entries, without) {
  const part = (count) => Math.floor((1000 * count) / Math.max(1, entries.length));
  const count = (field, id) => entries.filter((one) => one[field].some((other) => other.id === id)).length;
  const fits = (ids, field) => {
    const all = ids.map((id) => part(count(field, id)));
    const most = Math.max(0, ...all);
    return Math.min(1000, most + Math.floor((all.reduce((a, b) => a + b, 0) - most) / 4));
  };
  return Math.floor((1000 * (length - place)) / length) + (without === "topic" ? 0 : 2 * fits(item.topics, "topics"))
    + (without === "maker" ? 0 : 2 * fits(item.makers, "makers"));
}
let reasons = { topic: 0, maker: 0, persona: 0, surprise: 0 };
for (let round = 0; round < 400; round += 1) {
  const [shelf, entries, mine] = world();
  const own = shelf.personas.find((one) => one.id === mine);
  const options = { count: 4, surprise: [0, 10, 25, 50][random(4)], day: random(400), shown: ["n0"] };
  const list = order.rank(shelf, mine, entries, options);
  expect(same(list, order.rank(shelf, mine, entries, options)), `round ${round}: the same again`);
  const seen = new Set(["n0", ...entries.map((one) => one.item)]);
  expect(list.every((one) => !seen.has(one.item.id)), `round ${round}: what was read or stands there is left out`);
  expect(new Set(list.map((one) => one.item.id)).size === list.length, `round ${round}: nothing twice`);
  const open = own.candidates.map((index, place) => ({ item: shelf.items[index], place })).filter(({ item }) => !seen.has(item.id));
  const value = ({ item, place }, without) => score(item, place, own.candidates.length, entries, without);
  const rankOf = (one, without) =>
    open.filter((other) => other !== one
      && (value(other) > value(one, without) || (value(other) === value(one, without) && other.place < one.place))).length;
  const surprising = list.filter((one) => one.reason.kind === "surprise");
  expect(surprising.length <= order.surprises(options.surprise, 4, options.day), `round ${round}: no more surprise than asked`);
  for (const one of list) {
    reasons[one.reason.kind] += 1;
    const place = shelf.items.indexOf(one.item);
    if (one.reason.kind === "surprise") {
      expect(!own.candidates.includes(place), `round ${round}: a surprise is from outside`);
      continue;
    }
    const listed = open.find((other) => other.item === one.item);
    expect(listed !== undefined, `round ${round}: the rest is from the list`);
    if (one.reason.kind === "persona") expect(one.item.topics.includes(one.reason.id), `round ${round}: its subject`);
    else expect(rankOf(listed, one.reason.kind) > rankOf(listed), `round ${round}: without its reason it stands lower`);
  }
  const fitting = list.filter((one) => one.reason.kind !== "surprise").map((one) => rankOf(open.find((other) => other.item === one.item)));
  expect(fitting.every((rank, place) => rank === place), `round ${round}: the best first`);
}
expect(Object.values(reasons).every((count) => count > 20), `every reason occurs: ${JSON.stringify(reasons)}`);
for (const percent of [0, 10, 25, 50]) {
  for (const count of [3, 4]) {
    const sum = Array.from({ length: 20 }, (_, day) => order.surprises(percent, count, 500 + day)).reduce((a, b) => a + b, 0);
    expect(sum === (percent * count) / 5, `${percent} % of ${count} over twenty days: ${sum}`);
  }
}
expect(same(order.rank({ personas: [], items: [] }, "x", [], { count: 3 }), []), "without a persona no list");

// Year.
const entries = [
  read("a", ["opera"], ["m1"], "2026-02-27"), read("b", ["opera", "film"], ["m1"], "2026-02-28"),
  read("c", ["film"], [], "2026-03-01"), read("d", ["opera"], ["m2"], "2026-03-01"), read("e", ["sport"], [], "2026-12-31"),
  read("f", ["sport"], [], "2025-12-31"),
];
expect(same(year.years(entries), ["2026", "2025"]), "years, the latest first");
const facts = year.review(entries, "2026");
expect(facts.items === 5 && facts.days === 4 && facts.run === 3, "items, days and the longest run over the end of a month");
expect(same(facts.months, [0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1]), "months");
expect(same(facts.topics.map((one) => [one.id, one.count]), [["opera", 3], ["film", 2], ["sport", 1]]), "subjects");
expect(same(facts.makers.map((one) => [one.id, one.count]), [["m1", 2], ["m2", 1]]), "makers");
expect(year.longestRun([]) === 0 && year.longestRun(["2024-02-28", "2024-02-29", "2024-03-01"]) === 3, "leap days");

console.log(JSON.stringify({ checked, seed, failed: failed.slice(0, 20) }));
process.exit(failed.length ? 1 : 0);
