// <stamgast-gate item="…" key="pk_…" lang="nl" pass="…" src="…" server="https://…">: what stands between its tags is shown
// when the reader may open it; otherwise what would open it is said.
//
// No cookie, no dependency, no third party. It asks POST /v1/gate. How often a visitor opened something lies on their own
// device (localStorage), in texts that are the same for everybody and name nobody. With `src` (on the page's own origin) the
// content is fetched with the access token once it may be opened; without it the content is in the page, and the gate is a
// courtesy and no lock. Where scripts do not run, or the server does not answer, what stands between the tags stays.

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { display: block; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; margin: 0; }
section { padding: 1.25rem; display: grid; gap: .75rem; color: var(--stamgast-ink, #231d18); background: var(--stamgast-surface, #f6f2ea); border-top: 3px solid var(--stamgast-accent, #9c3a22); font: 400 1rem/1.5 system-ui, sans-serif; }
h2 { font: 600 1.3125rem/1.3 var(--stamgast-serif, Georgia, serif); text-wrap: balance; }
.small { padding-block: .5rem; font: 400 .875rem/1.5 system-ui, sans-serif; color: inherit; }
section .small { color: var(--stamgast-muted, #685d53); }
.small:empty { display: none; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
a, button { min-height: 2.75rem; padding: .6rem 1.1rem; font: inherit; font-weight: 600; border: 2px solid var(--stamgast-accent, #9c3a22); border-radius: .25rem; color: inherit; background: none; text-decoration: none; cursor: pointer; }
a { color: var(--stamgast-surface, #fff); background: var(--stamgast-accent, #9c3a22); }
a:focus-visible, button:focus-visible { outline: 3px solid var(--stamgast-accent, #9c3a22); outline-offset: 3px; }
ul { padding-inline-start: 1.2rem; }
`);

const words = {
  nl: { label: "Toegang", reward: "Bekijk het", mine: "Naar mijn pagina", again: "Kijk opnieuw" },
  en: { label: "Access", reward: "Have a look", mine: "To my page", again: "Look again" },
  ja: { label: "閲覧", reward: "見てみる", mine: "マイページへ", again: "もう一度確認する" },
};

/** An element with attributes and children; text is only ever set as text. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) if (value != null) element.setAttribute(key, value);
  element.append(...children.filter((child) => child != null));
  return element;
}

/** What this device remembers for one publisher's key: counts per gate, and receipts per item, the oldest forgotten. */
class Memory {
  static items = 200;
  constructor(key) {
    this.name = "stamgast-gate:" + key.split("_")[2];
    try { this.all = JSON.parse(localStorage.getItem(this.name)) ?? {}; } catch { this.all = {}; }
    this.all.meters ??= {};
    this.all.receipts ??= {};
  }
  keep(item, { meters, receipts }) {
    Object.assign(this.all.meters, meters);
    if (Object.keys(receipts ?? {}).length > 0) {
      delete this.all.receipts[item];
      this.all.receipts[item] = receipts;
      for (const old of Object.keys(this.all.receipts).slice(0, -Memory.items)) delete this.all.receipts[old];
    }
    try { localStorage.setItem(this.name, JSON.stringify(this.all)); } catch { /* Private windows may refuse; then nothing is counted. */ }
  }
}

class StamgastGate extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  #slot = make("slot");
  #note = make("p", { class: "small", role: "status" });
  // Read out when it changes, without taking the focus away from where the reader is.
  #place = make("div", { "aria-live": "polite" });
  #server;
  /** The same for the same opening, should an answer get lost on its way. */
  #use = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(this.#note, this.#place, this.#slot);
  }

  connectedCallback() {
    this.#server = this.getAttribute("server") ?? new URL(import.meta.url).origin;
    this.ask();
  }

  /** Asks, and shows the answer. Call it again when the reader may have more than before. */
  async ask() {
    const [key, item, gate, pass] = ["key", "item", "gate", "pass"].map((name) => this.getAttribute(name));
    const memory = new Memory(key ?? "");
    const name = item ?? gate;
    this.#slot.hidden = true;
    let answer;
    try {
      const response = await fetch(`${this.#server}/v1/gate`, {
        method: "POST",
        credentials: "omit",
        headers: { authorization: "Bearer " + key, "content-type": "application/json", "accept-language": this.#language },
        body: JSON.stringify({
          ...(item ? { item } : { gate }), ...(pass ? { pass } : { meters: memory.all.meters }), use: this.#use,
          receipts: memory.all.receipts[name] ?? {},
        }),
      });
      if (!response.ok) throw new Error(response.status);
      answer = await response.json();
    } catch {
      // Nobody is kept from reading by our failure. With `src` there is nothing here to read yet.
      this.#slot.hidden = false;
      return;
    }
    memory.keep(name, answer);
    if (answer.allowed) await this.#open(answer);
    else this.#close(answer);
    this.dispatchEvent(new CustomEvent("stamgast-gate", {
      bubbles: true, composed: true, detail: { allowed: answer.allowed, token: answer.token },
    }));
  }

  get #language() { return this.getAttribute("lang") || document.documentElement.lang || "en"; }

  async #open(answer) {
    const source = this.getAttribute("src");
    const hadFocus = this.#root.activeElement != null;
    if (source && answer.token) {
      const url = new URL(source, document.baseURI);
      // The token is made for this origin, and goes nowhere else.
      if (url.origin !== location.origin) return;
      const response = await fetch(url, { headers: { authorization: "Bearer " + answer.token } });
      if (!response.ok) { this.#slot.hidden = false; return; }
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      this.replaceChildren(...page.body.childNodes);
    }
    this.#place.replaceChildren();
    this.#slot.hidden = false;
    this.#note.lang = answer.lang;
    this.#note.textContent = answer.left_text ?? "";
    if (hadFocus) { this.tabIndex = -1; this.focus(); }
  }

  #close(answer) {
    const say = words[answer.lang] ?? words.en;
    const [best, ...others] = answer.offers ?? (answer.offer ? [answer.offer] : []);
    const page = best?.kind === "reward" ? "/m/rewards/" + encodeURIComponent(best.name) : "/m/";
    const again = make("button", { type: "button" }, say.again);
    again.addEventListener("click", () => this.ask());
    const link = make("a", { href: new URL(page, this.#server).href }, best?.kind === "reward" ? say.reward : say.mine);
    const list = others.length > 0 ? make("ul", {}, ...others.map((one) => make("li", {}, one.text))) : null;
    this.#note.textContent = "";
    this.#place.replaceChildren(make("section", { lang: answer.lang, "aria-label": say.label },
      make("h2", {}, answer.text), best && make("p", {}, best.text), list, make("div", { class: "row" }, link, again)));
  }
}

customElements.get("stamgast-gate") ?? customElements.define("stamgast-gate", StamgastGate);
