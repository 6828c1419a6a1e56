// Which persona what was read here is nearest to. Public personas in, a place in their list out: no server is asked.
//
// The arithmetic is that of `Centroids` in the room Anonymity, and the vectors in checks/device_vectors.json hold for both:
// whole numbers below 2^53, two square roots, one product, one quotient, each rounded once as IEEE 754 says.

/** How much nearer, in thousandths of cosine, another persona must be before one moves to it. */
export const margin = 300;
const largest = 2 ** 23;

/** All subjects of the personas, in the order of their names' UTF-16 code units. */
export function subjects(personas) {
  return [...new Set(personas.flatMap((persona) => persona.topics.map(([topic]) => topic)))].sort();
}

/** The weight of each subject. */
export function centre(persona, topics) {
  const weights = new Map(persona.topics);
  return topics.map((topic) => weights.get(topic) ?? 0);
}

/** How many of the entries are about each subject. */
export function cumulative(entries, topics) {
  const place = new Map(topics.map((topic, index) => [topic, index]));
  const sums = topics.map(() => 0);
  for (const entry of entries) {
    for (const id of new Set(entry.topics.map((topic) => topic.id))) {
      const index = place.get(id);
      if (index !== undefined) sums[index] = Math.min(sums[index] + 1, largest);
    }
  }
  return sums;
}

const dot = (a, b) => a.reduce((sum, value, index) => sum + value * b[index], 0);

/**
 * The place of the persona of a history among `centres`: the first of the nearest, unless it is hardly nearer than
 * `current`. A history that says nothing changes nothing.
 */
export function assign(history, centres, current = null, thousandths = margin) {
  const now = Number.isInteger(current) && current >= 0 && current < centres.length ? current : null;
  const square = dot(history, history);
  if (!(square > 0)) return now;
  const length = Math.sqrt(square);
  const cosines = centres.map((centre) => {
    const norm = Math.sqrt(dot(centre, centre));
    return norm > 0 ? dot(history, centre) / (length * norm) : 0;
  });
  let nearest = null;
  for (const place of cosines.keys()) if (nearest === null || cosines[place] > cosines[nearest]) nearest = place;
  if (now === null || nearest === null) return nearest;
  return cosines[nearest] - cosines[now] > thousandths / 1000 ? nearest : now;
}

/** The id of the persona of what was read; `current` is the one before; `null` where nothing says one. */
export function personaOf(entries, personas, current) {
  const topics = subjects(personas);
  const before = personas.findIndex((persona) => persona.id === current);
  const place = assign(
    cumulative(entries, topics), personas.map((persona) => centre(persona, topics)), before < 0 ? null : before);
  return place === null ? null : personas[place].id;
}
