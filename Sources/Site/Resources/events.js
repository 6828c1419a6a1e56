// Sends what happened on this page to the public API, as one CloudEvent (https://cloudevents.io, structured mode).
// One page view sends at most one event, with an identifier of its own: sending it again changes nothing.

import { pass, reader } from "./choice.js";
import { remember } from "./own-history.js";

const page = document.querySelector("main").dataset;
const widget = () => document.querySelector("stamgast-widget");
/** "Read without trace" is on: a member's events say so, and nothing of them is kept; of a visitor nothing is sent. */
const traceless = () => widget()?.traceless === true;
const id = crypto.randomUUID();
let sent = false;
/** At the level "persona": what is read is reported by nobody, and comes back as tokens. Blinding is done before it is needed. */
const earner = page.earn && pass() && !traceless() && crypto.subtle
  ? import("./earn.js").then(async ({ Earner }) => {
      const earner = new Earner({ key: page.key, owner: page.subject ?? page.device ?? "", pass: pass() });
      earner.redeem().then((answer) => answer && widget()?.told?.(answer), () => {});
      const isOpen = await earner.prepare(page.type).catch(() => null);
      const note = document.querySelector("[data-earn-note]");
      if (note && isOpen !== null) {
        note.textContent = isOpen ? note.dataset.tokens : note.dataset.named;
        note.hidden = false;
      }
      return earner;
    })
  : null;

/** `data` is what was measured: the share (0 to 1) and the seconds. */
export async function send(data) {
  const who = reader();
  const isTraceless = traceless();
  if (sent || !who || (isTraceless && !pass())) return;
  sent = true;
  if (!isTraceless) remember(data.share);
  if (earner) {
    try {
      if (await (await earner).report(page.type, { item: page.item, ...data })) return;
    } catch {
      // Tried again by nobody's name, never by the member's: what was reported is not stored, so it cannot count twice.
      sent = false;
      return;
    }
  }
  const event = {
    specversion: "1.0",
    id,
    source: new URL(page.source, location.href).href,
    type: page.type,
    time: new Date().toISOString(),
    datacontenttype: "application/json",
    ...who,
    // The key stands in this page and speaks for no subscriber: what proves who is reading is the widget's pass.
    ...(!who.anonymousid && pass() ? { pass: pass() } : {}),
    ...(isTraceless ? { traceless: true } : {}),
    data: { item: page.item, ...data },
  };
  try {
    const answer = await fetch(page.events, {
      method: "POST",
      // The last event of a page is sent while it closes.
      keepalive: true,
      credentials: "omit",
      headers: {
        "content-type": "application/cloudevents+json",
        authorization: "Bearer " + page.key,
        "idempotency-key": id,
      },
      body: JSON.stringify(event),
    });
    if (answer.ok) widget()?.told?.(await answer.json());
    else if (answer.status === 429 || answer.status >= 500) sent = false;
  } catch {
    sent = false;
  }
}

/** Seconds in which the page was in view and the reader was there: something was touched in the last half minute. */
export class ActiveTime {
  seconds = 0;
  #last = performance.now();
  #touched = performance.now();

  constructor() {
    const touch = () => (this.#touched = performance.now());
    for (const name of ["scroll", "pointermove", "pointerdown", "keydown", "touchstart"]) {
      addEventListener(name, touch, { passive: true });
    }
  }

  /** To be called about every quarter of a second; answers the seconds to add, never more than one. */
  tick() {
    const now = performance.now();
    const step = Math.min((now - this.#last) / 1000, 1);
    this.#last = now;
    if (document.visibilityState !== "visible" || now - this.#touched > 30000) return 0;
    this.seconds += step;
    return step;
  }
}

/** Calls `last` when the page is left or put away. `pagehide` alone is not reliable on phones. */
export function onLeaving(last) {
  addEventListener("pagehide", last);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && last());
}
