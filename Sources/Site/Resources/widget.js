// <stamgast-widget item="…" key="pk_…" lang="nl" pass="…" server="https://…">: what an item brings, beside the item.
//
// No cookie, no storage, no dependency. It asks GET /v1/widget once, and again when told that something was earned. What
// stands between its tags stays visible until there is an answer, and stays for good if there is none. A publisher sets
// the look with --stamgast-accent, -ink, -muted, -line, -surface and -serif.

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { display: block; color: var(--stamgast-ink, #231d18); font: 400 1rem/1.5 system-ui, sans-serif; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; margin: 0; }
section { padding: 1.25rem; background: var(--stamgast-surface, #f6f2ea); border-top: 3px solid var(--stamgast-accent, #9c3a22); display: grid; gap: .9rem; }
.fallback { border: 0; }
h2 { font: 600 .8125rem/1.4 system-ui, sans-serif; color: var(--stamgast-muted, #685d53); }
.earns { font: 600 1.3125rem/1.25 var(--stamgast-serif, Georgia, serif); }
.why, .small { font-size: .875rem; color: var(--stamgast-muted, #685d53); }
ul { list-style: none; padding: 0; display: grid; gap: .6rem; }
.told { border-inline-start: 3px solid var(--stamgast-accent, #9c3a22); padding-inline-start: .75rem; }
.told:empty { display: none; }
.row { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .75rem; align-items: center; padding-top: .9rem; border-top: 1px solid var(--stamgast-line, #e4dacb); }
.ring { width: 3rem; height: 3rem; transform: rotate(-90deg); fill: none; stroke-width: 4; stroke: var(--stamgast-line, #e4dacb); }
.ring .on { stroke: var(--stamgast-accent, #9c3a22); stroke-linecap: round; }
.face { width: 3rem; height: 3rem; border-radius: 50%; object-fit: cover; display: grid; place-items: center; background: var(--stamgast-line, #e4dacb); font-weight: 600; }
b { display: block; font-weight: 600; line-height: 1.35; }
a { color: inherit; }
.trace { grid-template-columns: minmax(0, 1fr) auto; }
button { position: relative; width: 3rem; height: 1.75rem; padding: 0; border: 2px solid var(--stamgast-muted, #685d53); border-radius: 1rem; background: none; cursor: pointer; }
button::before { content: ""; position: absolute; inset: -.6rem; }
button::after { content: ""; position: absolute; inset-block: 3px; inset-inline-start: 3px; aspect-ratio: 1; border-radius: 50%; background: var(--stamgast-muted, #685d53); }
button[aria-checked=true] { background: var(--stamgast-accent, #9c3a22); border-color: var(--stamgast-accent, #9c3a22); }
button[aria-checked=true]::after { inset-inline: auto 3px; background: var(--stamgast-surface, #fff); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--stamgast-accent, #9c3a22); outline-offset: 3px; }
@media (forced-colors: active) { button[aria-checked=true]::after { background: ButtonText; } }
`);

/** An element with attributes and children; text is only ever set as text. */
function make(name, attributes, ...children) {
  const ns = name === "svg" || name === "circle" ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml";
  const element = document.createElementNS(ns, name);
  for (const [key, value] of Object.entries(attributes ?? {})) if (value != null) element.setAttribute(key, value);
  element.append(...children.filter((child) => child != null));
  return element;
}

/** Only addresses of pages and pictures: an answer cannot smuggle in another scheme. */
function safe(address, base) {
  const url = address && URL.canParse(address, base) && new URL(address, base);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

const words = (tag, wording, attributes) => wording && make(tag, { lang: wording.lang, ...attributes }, wording.text);

class StamgastWidget extends HTMLElement {
  /** "Read without trace": while true, a page that honours it sends nothing. */
  traceless = false;
  #root = this.attachShadow({ mode: "open" });
  #told = make("ul", { class: "told", role: "status" });
  #server;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(make("slot"));
  }

  connectedCallback() {
    this.#server = this.getAttribute("server") ?? new URL(import.meta.url).origin;
    this.#load();
  }

  /** The answer of the events API, given by the page that sent the event: shows what was earned, and asks anew. */
  told(answer) {
    const language = this.getAttribute("lang");
    for (const effect of [answer, ...(answer?.results ?? [])].flatMap((one) => one?.effects ?? [])) {
      const why = effect.why?.[language] ?? effect.why;
      // A refusal is no news beside an article; the history explains it.
      if (typeof why !== "string" || !["award", "badge", "completed"].includes(effect.kind ?? "award")) continue;
      const gives = (effect.kind ?? "award") === "award" && effect.amount > 0;
      const amount = gives ? `+${effect.amount} ${effect.unit ?? ""} ` : "";
      this.#told.append(make("li", {}, make("b", {}, amount.trim()), why));
    }
    this.#load();
  }

  async #load() {
    try {
      const question = new URLSearchParams();
      for (const name of ["item", "key", "lang"]) question.set(name, this.getAttribute(name) ?? "");
      const pass = this.getAttribute("pass");
      const answer = await fetch(`${this.#server}/v1/widget?${question}`, {
        credentials: "omit",
        headers: pass ? { authorization: "Bearer " + pass } : {},
      });
      if (answer.ok) this.#show(await answer.json());
    } catch {
      // The page is whole without the widget: what stands between its tags stays.
    }
  }

  #show(facts) {
    const section = make("section", { lang: facts.lang, "aria-label": facts.heading }, make("h2", {}, facts.heading));
    if (facts.earnings.length === 0) section.append(make("p", { class: "why" }, facts.nothing));
    else {
      const list = facts.earnings.map((one) =>
        make("li", {}, one.amount && make("p", { class: "earns" }, one.amount), words("p", one.why, { class: "why" })));
      section.append(make("ul", {}, ...list));
    }
    section.append(this.#told);
    const { challenge, maker } = facts;
    if (challenge) {
      const circle = (extra) => make("circle", { cx: 20, cy: 20, r: 17, pathLength: 100, ...extra });
      const on = challenge.ring > 0 ? circle({ class: "on", "stroke-dasharray": challenge.ring + " 100" }) : null;
      const ring = make("svg", { class: "ring", viewBox: "0 0 40 40", "aria-hidden": "true" }, circle(), on);
      const text = make("p", { class: "small" }, challenge.progress);
      section.append(make("div", { class: "row" }, ring, make("div", {}, words("b", challenge.title), text)));
    }
    if (maker) {
      const portrait = safe(maker.portrait, this.#server);
      const face = portrait
        ? make("img", { class: "face", src: portrait, alt: "", width: 48, height: 48 })
        : make("span", { class: "face", "aria-hidden": "true" }, maker.monogram);
      const page = safe(maker.page, this.#server);
      const name = make("b", {}, page ? make("a", { href: page }, maker.name) : maker.name);
      const line = words("p", maker.line ?? maker.role, { class: "small" });
      section.append(make("div", { class: "row" }, face, make("div", {}, name, line)));
    }
    section.append(this.#switch(facts), make("p", { class: "small" }, facts.account));
    this.#root.replaceChildren(section);
  }

  #switch(facts) {
    const note = make("span", { class: "small", id: "note" });
    const label = make("b", { id: "label" }, facts.trace.label);
    const button = make("button", { type: "button", role: "switch", "aria-labelledby": "label", "aria-describedby": "note" });
    const show = () => {
      button.setAttribute("aria-checked", this.traceless);
      note.textContent = this.traceless ? facts.trace.on : facts.trace.off;
    };
    button.addEventListener("click", () => {
      this.traceless = !this.traceless;
      this.dispatchEvent(new CustomEvent("stamgast-trace", { bubbles: true, composed: true, detail: this.traceless }));
      show();
    });
    show();
    return make("div", { class: "row trace" }, make("p", {}, label, note), button);
  }
}

customElements.get("stamgast-widget") ?? customElements.define("stamgast-widget", StamgastWidget);
