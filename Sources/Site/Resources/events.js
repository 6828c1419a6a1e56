// Sends what happened on this page to the public API, as one CloudEvent (https://cloudevents.io, structured mode).
// One page view sends at most one event, with an identifier of its own: sending it again changes nothing.

import { reader } from "./choice.js";

const page = document.querySelector("main").dataset;
const widget = () => document.querySelector("stamgast-widget");
/** "Read without trace" is on: nothing is measured and nothing leaves the page. */
export const traceless = () => widget()?.traceless === true;
/** The pass of the signed-in reader, as it was put into the page for the widget. */
const pass = () => widget()?.getAttribute("pass");
const id = crypto.randomUUID();
let sent = false;

/** `data` is what was measured: the share (0 to 1) and the seconds. */
export async function send(data) {
  const who = reader();
  if (sent || !who || traceless()) return;
  sent = true;
  const event = {
    specversion: "1.0",
    id,
    source: new URL(page.source, location.href).href,
    type: page.type,
    time: new Date().toISOString(),
    datacontenttype: "application/json",
    ...who,
    // The key stands in this page and speaks for no subscriber: what proves who is reading is the widget's pass.
    ...(who.subject && pass() ? { pass: pass() } : {}),
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
    if (traceless() || document.visibilityState !== "visible" || now - this.#touched > 30000) return 0;
    this.seconds += step;
    return step;
  }
}

/** Calls `last` when the page is left or put away. `pagehide` alone is not reliable on phones. */
export function onLeaving(last) {
  addEventListener("pagehide", last);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && last());
}
