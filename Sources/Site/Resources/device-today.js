// Today's row of more to read, put in order on this device. The personas' lists come whole, all of them and the same for
// everybody, and no picture is fetched for what they put first: so no server learns which persona holds here, or why.

import { OwnHistory } from "./own-history.js";
import { personaOf } from "./persona.js";
import { rank } from "./rerank.js";

const row = document.querySelector("[data-device-row]");
if (row) show(row).catch(() => {});

async function show(row) {
  const { mode } = row.dataset;
  const history = new OwnHistory(row.dataset.device);
  // Nothing is kept below a persona; what was kept before goes.
  if (mode === "none") return history.erase();
  if (mode !== "persona") return;
  const entries = await history.entries();
  // What was set on this device comes before what was said to the programme, and that before what follows from reading.
  const set = (await history.choice("set")) || row.dataset.declared;
  if (!entries.length) return;
  const answer = await fetch(row.dataset.shelf, { credentials: "same-origin" });
  if (!answer.ok) return;
  const shelf = await answer.json();
  const current = personaOf(entries, shelf.personas, await history.choice("current"));
  await history.choose("current", current);
  const persona = shelf.personas.find((one) => one.id === set) ?? shelf.personas.find((one) => one.id === current);
  const list = row.parentElement.querySelector(".more-list");
  if (!persona || !list) return;
  const count = list.children.length;
  const chosen = rank(shelf, persona.id, entries, {
    count, surprise: Number(row.dataset.surprise), day: Math.floor(Date.now() / 86_400_000), shown: [row.dataset.lead],
  });
  // Fewer than the page shows already: what everybody sees is better than a gap.
  if (chosen.length < count) return;
  list.replaceChildren(...chosen.map((one) => card(row, shelf, persona, one)));
  row.parentElement.querySelector("[data-device-note]").hidden = false;
}

function said(element, wording) {
  element.textContent = wording.text;
  if (wording.lang) element.lang = wording.lang;
}

function card(row, shelf, persona, { item, reason }) {
  const copy = row.content.cloneNode(true);
  const part = (name) => copy.querySelector(`[data-part="${name}"]`);
  const words = {
    topic: row.dataset.topic, maker: row.dataset.maker, persona: row.dataset.persona, surprise: row.dataset.surprising,
  }[reason.kind];
  const named = reason.kind === "maker" ? shelf.makers[reason.id] : shelf.topics[reason.id]?.text;
  part("reason").textContent = words.replace("{name}", named ?? "").replace("{persona}", persona.name.text);
  said(part("title"), item.title);
  for (const link of copy.querySelectorAll("[data-link]")) {
    const isTrace = link.dataset.link !== "";
    if (isTrace && !item.trace) link.parentElement.remove();
    else if (item.href) link.href = item.href + link.dataset.link;
    else link.replaceWith(...link.childNodes);
  }
  const cover = part("cover");
  cover.classList.add(item.tint);
  cover.firstElementChild.textContent = item.initial;
  part("kind").textContent = item.kind;
  const topic = shelf.topics[item.topics[0]];
  if (topic) said(part("topic"), topic);
  else part("topic").remove();
  if (item.duration) part("duration").textContent = item.duration;
  else part("duration").remove();
  const trace = part("trace");
  if (trace) trace.textContent = item.trace ?? "";
  const traced = part("traced");
  if (traced) traced.textContent = ": " + item.title.text;
  return copy;
}
