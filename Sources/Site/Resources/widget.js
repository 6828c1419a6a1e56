// <stamgast-widget item="…" key="pk_…" lang="nl" pass="…" server="https://…" scheme="auto">: what an item brings, beside it.
//
// No cookie, no dependency; one word in sessionStorage while "read without trace" is on, and nothing of what is read. It
// asks GET /v1/widget once, and again when told that something was earned. What stands between its tags stays until there
// is an answer, and for good if there is none. --stamgast-accent, -ink, -muted, -line, -surface, -serif and -height set the
// look; what a page does not set is the programme's.

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { display: block; min-height: var(--stamgast-height, 30rem); color-scheme: light; font: 400 1rem/1.5 system-ui, sans-serif; }
:host([scheme=auto]) { color-scheme: light dark; }
:host([scheme=dark]) { color-scheme: dark; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; margin: 0; }
section { --a: var(--stamgast-accent, var(--accent-own)); --i: var(--stamgast-ink, var(--ink-own)); --m: var(--stamgast-muted, var(--muted-own)); --l: var(--stamgast-line, var(--line-own)); --s: var(--stamgast-surface, var(--surface-own)); min-height: inherit; padding: 1.25rem; color: var(--i); background: var(--s); border-top: 3px solid var(--a); display: grid; align-content: start; gap: .9rem; }
h2 { font: 600 .8125rem/1.4 system-ui, sans-serif; color: var(--m); }
.earns { font: 600 1.3125rem/1.25 var(--stamgast-serif, Georgia, serif); }
.why, .small { font-size: .875rem; color: var(--m); }
ul { list-style: none; padding: 0; display: grid; gap: .6rem; }
.told { border-inline-start: 3px solid var(--a); padding-inline-start: .75rem; }
.told:empty { display: none; }
.row { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: .75rem; align-items: center; padding-top: .9rem; border-top: 1px solid var(--l); }
.ring { width: 3rem; height: 3rem; transform: rotate(-90deg); fill: none; stroke-width: 4; stroke: var(--l); }
.ring .on { stroke: var(--a); stroke-linecap: round; }
.face { width: 3rem; height: 3rem; border-radius: 50%; object-fit: cover; display: grid; place-items: center; background: var(--l); font-weight: 600; }
b { display: block; font-weight: 600; line-height: 1.35; }
a { color: inherit; }
.ask { padding-block: .6rem; }
.pill { display: grid; place-items: center; min-height: 2.75rem; padding: .4rem .9rem; font: inherit; font-weight: 600; color: var(--i); background: none; border: 2px solid var(--a); border-radius: 2rem; text-decoration: none; cursor: pointer; }
.pill[aria-pressed=true] { color: var(--s); background: var(--a); }
.trace { grid-template-columns: minmax(0, 1fr) auto; }
.switch { position: relative; width: 3rem; height: 1.75rem; padding: 0; border: 2px solid var(--m); border-radius: 1rem; background: none; cursor: pointer; }
.switch::before { content: ""; position: absolute; inset: -.6rem; }
.switch::after { content: ""; position: absolute; inset-block: 3px; inset-inline-start: 3px; aspect-ratio: 1; border-radius: 50%; background: var(--m); }
.switch[aria-checked=true] { background: var(--a); border-color: var(--a); }
.switch[aria-checked=true]::after { inset-inline: auto 3px; background: var(--s); }
:focus-visible { outline: 3px solid var(--a); outline-offset: 3px; }
@media (forced-colors: active) { .switch[aria-checked=true]::after { background: ButtonText; } }
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

/** Without the name of what is read: it holds for this tab, until it is switched off or the tab is closed. */
const trace = "stamgast-traceless";
function kept(change) {
  try {
    if (change) sessionStorage.setItem(trace, "yes");
    else if (change === false) sessionStorage.removeItem(trace);
    return sessionStorage.getItem(trace) != null;
  } catch {
    return change === true;
  }
}

/** A link may ask for it. What stands after # no server is told; it goes, so that the address can be passed on. */
const asked = location.hash === "#stamgast-traceless";
if (asked) history.replaceState(history.state, "", location.pathname + location.search);

class StamgastWidget extends HTMLElement {
  /** "Read without trace": while true, a page that honours it says so in its events, or sends none. */
  traceless = kept(asked || undefined);
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

  #ask(path, isKnown, options = {}) {
    const pass = isKnown && this.getAttribute("pass");
    const headers = { ...options.headers, ...(pass && { authorization: "Bearer " + pass }) };
    return fetch(`${this.#server}/v1/widget${path}`, { ...options, credentials: "omit", headers });
  }

  async #load() {
    try {
      const question = new URLSearchParams();
      for (const name of ["item", "key", "lang"]) question.set(name, this.getAttribute(name) ?? "");
      // Who reads is said only where it may be known.
      const answer = await this.#ask("?" + question, !this.traceless);
      if (answer.ok) this.#show(await answer.json());
    } catch {
      // The page is whole without the widget: what stands between its tags stays.
    }
  }

  #show(facts) {
    const section = make("section", { lang: facts.lang, "aria-label": facts.heading }, make("h2", {}, facts.heading));
    for (const [name, colour] of Object.entries(facts.look)) section.style.setProperty(`--${name}-own`, colour);
    const link = (way, attributes) => make("a", { href: safe(way.page, this.#server), ...attributes }, way.text);
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
      const name = make("b", { id: "maker" }, page ? make("a", { href: page }, maker.name) : maker.name);
      const line = words("p", maker.line ?? maker.role, { class: "small" });
      section.append(make("div", { class: "row" }, face, make("div", {}, name, line), maker.follow && this.#follow(maker.follow, link)));
    }
    section.append(make("p", { class: "ask" }, link(facts.ask)), this.#switch(facts));
    if (!this.traceless) section.append(make("p", { class: "small" }, facts.account));
    const focused = this.#root.activeElement?.id;
    this.#root.replaceChildren(section);
    if (focused) this.#root.getElementById(focused)?.focus();
  }

  /** A follow is the member's own word; without a pass it is said on our own page. */
  #follow(follow, link) {
    const names = { class: "pill", id: "follow", "aria-labelledby": "follow maker" };
    if (follow.isOn == null) return link({ page: follow.page, text: follow.off }, names);
    const button = make("button", { type: "button", ...names });
    const show = () => {
      button.setAttribute("aria-pressed", follow.isOn);
      button.textContent = follow.isOn ? follow.on : follow.off;
    };
    button.addEventListener("click", async () => {
      const body = JSON.stringify({ maker: follow.maker, follows: !follow.isOn });
      const headers = { "content-type": "application/json" };
      const answer = await this.#ask("/follow", true, { method: "POST", headers, body }).catch(() => null);
      if (answer?.ok) follow.isOn = !follow.isOn;
      else this.#told.append(make("li", {}, follow.failed));
      show();
    });
    show();
    return button;
  }

  #switch(facts) {
    const note = make("span", { class: "small", id: "note" });
    const label = make("b", { id: "label" }, facts.trace.label);
    const button = make("button", { class: "switch", id: "trace", type: "button", role: "switch", "aria-labelledby": "label", "aria-describedby": "note" });
    const show = () => {
      button.setAttribute("aria-checked", this.traceless);
      note.textContent = this.traceless ? facts.trace.on : facts.trace.off;
    };
    button.addEventListener("click", () => {
      this.traceless = kept(!this.traceless);
      this.dispatchEvent(new CustomEvent("stamgast-trace", { bubbles: true, composed: true, detail: this.traceless }));
      show();
      if (!this.traceless) this.#load();
    });
    show();
    return make("div", { class: "row trace" }, make("p", {}, label, note), button);
  }
}

customElements.get("stamgast-widget") ?? customElements.define("stamgast-widget", StamgastWidget);
