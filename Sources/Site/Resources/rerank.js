// Puts a persona's candidates, which are the same for everybody, in the order of what was read on this device, and says of
// each why it stands there. Whole numbers only, so that the same history gives the same list in every browser.

const share = (count, total) => Math.floor((1000 * count) / Math.max(1, total));

function counted(entries, field) {
  const counts = new Map();
  for (const entry of entries) {
    for (const id of new Set(entry[field].map((one) => one.id))) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** How far something is about what was read, in thousandths: the subject that counts most, plus a quarter of the others. */
function fit(ids, counts, total) {
  let best = null;
  let [most, sum] = [0, 0];
  for (const id of ids) {
    const value = share(counts.get(id) ?? 0, total);
    sum += value;
    if (value > most) [most, best] = [value, id];
  }
  return { value: Math.min(1000, most + Math.floor((sum - most) / 4)), best };
}

/**
 * How many of `count` places are for a surprise of `percent` today: over any twenty days together exactly their share.
 * `day` counts from anywhere.
 */
export function surprises(percent, count, day) {
  const step = (((day * 7) % 20) + 20) % 20;
  return Math.min(count, Math.floor((percent * count + step * 5) / 100));
}

/**
 * The items for `count` places.
 *
 * @param shelf {personas: [{id, topics: [[id, weight]], candidates: [place in items]}], items: [{id, topics, makers}]}
 * @param persona the id of the persona that holds
 * @param entries the own history
 * @param options count, surprise (percent), day (a number), shown (ids that stand on the page already)
 * @returns [{item, reason: {kind: "topic" | "maker" | "persona" | "surprise", id}}], all of it or what there is
 */
export function rank(shelf, persona, entries, { count, surprise = 0, day = 0, shown = [] }) {
  const own = shelf.personas.find((one) => one.id === persona);
  if (!own) return [];
  const skipped = new Set([...shown, ...entries.map((entry) => entry.item)]);
  const [topics, makers, total] = [counted(entries, "topics"), counted(entries, "makers"), entries.length];
  const listed = own.candidates.map((place) => shelf.items[place]).filter(Boolean);
  const scored = listed
    .map((item, place) => {
      const topic = fit(item.topics, topics, total);
      const maker = fit(item.makers, makers, total);
      const base = Math.floor((1000 * (listed.length - place)) / listed.length);
      return { item, place, base, topic, maker, score: base + 2 * topic.value + 2 * maker.value };
    })
    .filter(({ item }) => !skipped.has(item.id));
  const before = (a, b) => b.score - a.score || a.place - b.place;
  scored.sort(before);
  const outside = others(shelf, own, skipped, topics, total);
  const wanted = Math.min(surprises(surprise, count, day), outside.length);
  const fitting = scored.slice(0, count - wanted).map((one) => ({ item: one.item, reason: why(one, scored, own) }));
  return fitting.concat(diverse(outside, wanted).map((item) => ({ item, reason: { kind: "surprise", id: null } })));
}

/** What counts most and without which the item would stand lower; else the subject that brought it into the list. */
function why(one, scored, own) {
  const falls = (value) =>
    scored.some((other) => {
      const score = one.score - 2 * value;
      const isBehind = other.score < one.score || (other.score === one.score && other.place > one.place);
      return other !== one && isBehind && (other.score > score || (other.score === score && other.place < one.place));
    });
  const reasons = [
    { kind: "topic", id: one.topic.best, value: one.topic.value },
    { kind: "maker", id: one.maker.best, value: one.maker.value },
  ].sort((a, b) => b.value - a.value);
  for (const { kind, id, value } of reasons) if (id !== null && falls(value)) return { kind, id };
  const weights = new Map(own.topics);
  const heaviest = one.item.topics.reduce(
    (best, id) => ((weights.get(id) ?? 0) > (weights.get(best) ?? 0) ? id : best), one.item.topics[0] ?? null);
  return { kind: "persona", id: heaviest };
}

/** What only the other personas' lists hold, the farthest from what was read first. */
function others(shelf, own, skipped, topics, total) {
  const inside = new Set(own.candidates);
  const found = new Map();
  for (const persona of shelf.personas) {
    persona.candidates.forEach((index, place) => {
      const item = shelf.items[index];
      if (!item || inside.has(index) || skipped.has(item.id) || found.has(index)) return;
      found.set(index, { item, place, index, near: item.topics.reduce((sum, id) => sum + share(topics.get(id) ?? 0, total), 0) });
    });
  }
  return [...found.values()].sort((a, b) => a.near - b.near || a.place - b.place || a.index - b.index);
}

/** One after the other, each about as little as can be of what was taken before. */
function diverse(ordered, count) {
  const [left, taken] = [[...ordered], []];
  while (taken.length < count && left.length) {
    const seen = new Set(taken.flatMap((item) => item.topics));
    const overlap = (one) => one.near + 1000 * one.item.topics.filter((id) => seen.has(id)).length;
    let best = 0;
    left.forEach((one, place) => overlap(one) < overlap(left[best]) && (best = place));
    taken.push(left.splice(best, 1)[0].item);
  }
  return taken;
}
