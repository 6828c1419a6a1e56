// "On this device": what this browser keeps, the persona that follows from it, and taking it away.

import { OwnHistory } from "./own-history.js";
import { personaOf } from "./persona.js";

const section = document.querySelector("[data-device-own]");
if (section) show(section).catch(() => {});

async function show(section) {
  const { dataset } = section;
  const part = (name) => section.querySelector(`[data-part="${name}"]`);
  const history = new OwnHistory(dataset.device);
  if (dataset.mode === "none") return history.erase();
  const entries = await history.entries();
  const count = new Intl.NumberFormat(document.documentElement.lang).format(entries.length);
  part("kept").textContent = entries.length ? dataset.kept.replace("{count}", count) : dataset.empty;
  part("body").hidden = false;
  part("erase").hidden = entries.length === 0;
  part("erase").addEventListener("click", async () => {
    await history.erase();
    part("erase").hidden = true;
    part("kept").textContent = dataset.empty;
    part("said").textContent = dataset.erased;
    if (dataset.mode === "persona") part("persona").hidden = true;
    part("said").focus();
  });
  if (dataset.mode !== "persona") return;
  const answer = await fetch(dataset.shelf, { credentials: "same-origin" });
  if (!answer.ok) return;
  const { personas } = await answer.json();
  if (!personas.length) return;
  const select = part("select");
  for (const persona of personas) {
    const option = new Option(persona.name.text, persona.id);
    if (persona.name.lang) option.lang = persona.name.lang;
    select.append(option);
  }
  const set = await history.choice("set");
  select.value = personas.some((persona) => persona.id === set) ? set : "";
  const current = personaOf(entries, personas, await history.choice("current"));
  await history.choose("current", current);
  const tell = () => {
    const said = personas.some((persona) => persona.id === dataset.declared) ? dataset.declared : null;
    const name = personas.find((persona) => persona.id === (select.value || said || current))?.name.text;
    const words = !name ? dataset.unknown : select.value ? dataset.set : said ? dataset.said : dataset.chosen;
    part("chosen").textContent = words.replace("{persona}", name ?? "");
  };
  tell();
  part("persona").hidden = false;
  select.addEventListener("change", async () => {
    await history.choose("set", select.value || null);
    tell();
  });
}
