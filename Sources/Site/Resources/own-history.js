// What was read here, kept in this browser and nowhere else: a programme's item, its subjects, its makers and the day.
//
// Nothing in this file asks a server anything. One database per programme and member; another site, another browser and
// another app have their own, and know nothing of this one.

/** How many items are kept; the oldest go first. */
export const most = 500;

/** A day as people write it, in the time of this device: no hour. */
export function dayOf(date) {
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** What goes when there are more than `limit`: the oldest days, and within a day by item. */
export function surplus(entries, limit = most) {
  const order = [...entries].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.item < b.item ? -1 : 1));
  return order.slice(0, Math.max(0, order.length - limit)).map((entry) => entry.item);
}

/** An entry of plain texts; `null` for what has no item or no subject: what is sensitive comes without. */
export function entryOf(item, topics, makers, date) {
  const pairs = (list) =>
    (Array.isArray(list) ? list : []).slice(0, 20).map(({ id, name }) => ({ id: String(id), name: String(name) }));
  const entry = { item: String(item ?? ""), day: dayOf(date), topics: pairs(topics), makers: pairs(makers) };
  return entry.item && entry.topics.length ? entry : null;
}

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** The history of one programme and member, by the name that its page gives it. */
export class OwnHistory {
  #name;
  #open;

  constructor(name) {
    this.#name = name;
  }

  /** Opens it early, so that the last event of a page that closes still finds it open. */
  ready() {
    this.#open ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(this.#name, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("read", { keyPath: "item" });
        request.result.createObjectStore("choice");
      };
      request.onsuccess = () => {
        // Erased from another tab: that must not wait for this one.
        request.result.onversionchange = () => this.#close();
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    return this.#open;
  }

  async #close() {
    const open = this.#open;
    this.#open = undefined;
    (await open)?.close();
  }

  async #store(name, mode) {
    return (await this.ready()).transaction(name, mode).objectStore(name);
  }

  async remember(entry) {
    const store = await this.#store("read", "readwrite");
    await asked(store.put(entry));
    if ((await asked(store.count())) <= most) return;
    for (const item of surplus(await asked(store.getAll()))) store.delete(item);
  }

  async entries() {
    return asked((await this.#store("read", "readonly")).getAll());
  }

  /** The persona that was last come to (`current`), or the one that the member set (`set`). */
  async choice(key) {
    return (await asked((await this.#store("choice", "readonly")).get(key))) ?? null;
  }

  async choose(key, value) {
    const store = await this.#store("choice", "readwrite");
    await asked(value == null ? store.delete(key) : store.put(value, key));
  }

  /** Takes all of it away. */
  async erase() {
    if (this.#open) await this.#close();
    await asked(indexedDB.deleteDatabase(this.#name));
  }
}

/** Keeps what a page of a publisher has just reported as read, where its member wants that. */
const page = globalThis.document?.querySelector("main[data-device]")?.dataset;
const history = page && new OwnHistory(page.device);
history?.ready().catch(() => {});

/** Opened and left at once is no interest. */
const leastShare = 0.25;

export async function remember(share) {
  if (!history || !(share >= leastShare)) return;
  try {
    const entry = entryOf(page.item, JSON.parse(page.topics), JSON.parse(page.makers), new Date());
    if (entry) await history.remember(entry);
  } catch {
    // A browser that keeps nothing, or is full: the page is whole without.
  }
}
