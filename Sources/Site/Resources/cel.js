// Enhances every `textarea.cel-field[data-cel]`; ExpressionAnswer.swift says how. Without this it is a plain field.

const address = "/console/expression";
let count = 0;

const make = (name, className, ...content) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
};
const set = (element, attributes) => {
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return element;
};
const on = (element, event, action) => {
  element.addEventListener(event, action);
  return element;
};
const button = (className, text, action) =>
  on(set(make("button", className, text), { type: "button" }), "click", action);

function enhance(field) {
  const id = "cel-" + ++count;
  const { form, dataset } = field;
  const box = make("div", "cel-box");
  const marks = set(make("div", "cel-marks"), { "aria-hidden": true });
  const list = set(make("ul", "cel-list"), { id: id + "-list", role: "listbox" });
  const status = set(make("p", "cel-status"), { id: id + "-status", role: "status" });
  const problems = set(make("ul", "cel-problems"), { "aria-live": "polite" });
  const found = set(make("div", "cel-found"), { role: "status" });
  const ask = button("button secondary", "", seek);
  const more = make("div", "cel-more", ask, found);
  list.hidden = more.hidden = true;
  field.before(box);
  box.append(marks, field, list);
  box.after(status, problems, more);
  set(field, {
    autocomplete: "off", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": list.id,
    "aria-describedby": `${field.getAttribute("aria-describedby") ?? ""} ${status.id}`.trim(),
  });

  let answer, words, soon, later;
  let chosen = -1;
  let turn = 0;

  const other = (name) => name && form?.elements[name]?.value;
  const question = () => ({
    kind: other(dataset.celKind) || dataset.cel, type: other(dataset.celType) || "", text: field.value,
  });

  async function post(path, body) {
    const response = await fetch(path, {
      method: "POST", redirect: "error", body: JSON.stringify(body),
      headers: { "content-type": "application/json", "x-csrf-token": dataset.celCsrf ?? other("csrf") ?? "" },
    });
    if (!response.ok) throw response.status;
    return response.json();
  }

  function close() {
    list.hidden = true;
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    list.children[chosen]?.setAttribute("aria-selected", false);
    const option = set(list.children[(chosen = index)], { "aria-selected": true });
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /** Puts a text in place of a part, so that the browser can undo it. */
  function write(from, to, text, cursor = text.length) {
    field.focus();
    field.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, from, to);
      field.dispatchEvent(new Event("input"));
    }
    field.setSelectionRange(from + cursor, from + cursor);
  }

  function accept(index) {
    const { from, to, completions } = answer;
    close();
    write(from, to, completions[index].insertion, completions[index].cursor);
  }

  function open() {
    close();
    list.replaceChildren(...answer.completions.map(({ label, detail }, index) => {
      const option = make("li", "cel-option", make("code", "", label), make("span", "cel-detail", detail));
      return set(on(option, "click", () => accept(index)), { id: `${id}-${index}`, role: "option", "aria-selected": false });
    }));
    if (!list.firstChild) return;
    set(list, { "aria-label": words.suggestions });
    list.hidden = false;
    status.textContent = answer.suggested;
  }

  /** The same text behind the field, with waves under what is wrong. */
  function mark(parts) {
    const text = field.value;
    const nodes = [];
    let end = 0;
    for (const { from, to, error } of parts) {
      // What is missing at the end is shown at the last character.
      const start = Math.max(end, from === to ? from - 1 : from);
      if (start >= to) continue;
      nodes.push(text.slice(end, start), make("mark", error && "is-error", text.slice(start, to)));
      end = to;
    }
    marks.replaceChildren(...nodes, text.slice(end) + "\n");
    marks.scrollTop = field.scrollTop;
  }

  function tell() {
    const asked = field.value;
    if (list.hidden) status.textContent = answer.summary;
    set(field, { "aria-invalid": answer.problems.some(({ error }) => error) });
    problems.replaceChildren(...answer.problems.map(({ error, text, fix, meant, from, to }) => {
      const item = make("li", error && "is-error", text);
      if (fix) item.append(" ", button("quiet", meant, () => field.value === asked && write(from, to, fix)));
      return item;
    }));
    mark(answer.problems);
    ask.textContent = words.ask;
    more.hidden = !answer.asks;
  }

  async function check(opens) {
    const mine = ++turn;
    const asked = { ...question(), cursor: field.selectionStart };
    try {
      const next = await post(address, asked);
      if (mine !== turn) return;
      answer = next;
      words = next.words;
      const isHere = field.matches(":focus") && field.selectionStart === asked.cursor;
      if (opens && isHere && (opens === 2 || next.completions[0]?.kind !== "operator")) open();
      clearTimeout(later);
      // An unfinished word is no mistake yet.
      later = setTimeout(tell, opens === 1 ? 600 : 0);
    } catch {
      if (mine !== turn || !words) return;
      close();
      more.hidden = true;
      status.textContent = words.offline;
    }
  }

  async function seek() {
    const asked = question();
    found.replaceChildren(words.working);
    try {
      const told = await post(address + "/matches", asked);
      if (asked.text !== field.value) return;
      const parts = [make("p", "", told.text)];
      if (told.spark) {
        const draw = (name, look) => set(document.createElementNS("http://www.w3.org/2000/svg", name), look);
        const { name, path } = told.spark;
        const shape = { class: "spark", viewBox: "0 0 100 24", preserveAspectRatio: "none", role: "img" };
        parts.push(draw("svg", { ...shape, "aria-label": name }));
        parts[1].append(draw("path", { d: path }));
      }
      parts.push(...told.notes.map((note) => make("p", "panel-note", note)));
      const examples = told.examples.map((example) => make("li", "", example));
      if (examples[0]) parts.push(make("p", "small-heading", told.heading), make("ul", "cel-examples", ...examples));
      if (told.whole) parts.push(make("p", "", set(make("a", "", told.whole.text), { href: told.whole.href })));
      found.replaceChildren(...parts);
    } catch {
      found.replaceChildren(words.offline);
    }
  }

  on(field, "input", () => {
    close();
    turn++;
    clearTimeout(soon);
    clearTimeout(later);
    found.replaceChildren();
    more.hidden = true;
    mark([]);
    soon = setTimeout(check, 150, 1);
  });
  on(field, "scroll", () => (marks.scrollTop = field.scrollTop));
  on(field, "blur", close);
  on(field, "keydown", (event) => {
    const { key } = event;
    if (event.isComposing) return;
    const last = list.children.length - 1;
    if (key === " " && event.ctrlKey) check(2);
    else if (list.hidden) return;
    else if (key === "ArrowDown") choose(chosen < last ? chosen + 1 : 0);
    else if (key === "ArrowUp") choose(chosen > 0 ? chosen - 1 : last);
    else if ((key === "Enter" || key === "Tab") && chosen >= 0) accept(chosen);
    else if (key === "Escape") close(), tell();
    else return;
    event.preventDefault();
  });
  // A finger or a pointer on the list leaves the field its focus.
  on(list, "mousedown", (event) => event.preventDefault());
  on(form ?? field, "change", ({ target }) => {
    if (target.name === dataset.celKind || target.name === dataset.celType) check();
  });
  on(window, "online", () => check());
  check();
}

for (const field of document.querySelectorAll("textarea.cel-field[data-cel]")) enhance(field);
