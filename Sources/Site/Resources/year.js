// The year in review, counted on this device from its own history. The picture holds subjects and numbers, nobody's name.

import { OwnHistory } from "./own-history.js";

/** Names by how often, the most first, then by id; at most `limit`. */
function top(entries, field, limit) {
  const counts = new Map();
  for (const entry of entries) {
    for (const [id, name] of new Map(entry[field].map((one) => [one.id, one.name]))) {
      counts.set(id, { id, name, count: (counts.get(id)?.count ?? 0) + 1 });
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)).slice(0, limit);
}

/** The most days in a row among days written as 2026-11-28. */
export function longestRun(days) {
  const numbers = [...new Set(days)].map((day) => Date.parse(day + "T00:00:00Z") / 86_400_000).sort((a, b) => a - b);
  let [longest, run] = [0, 0];
  numbers.forEach((number, place) => {
    run = place > 0 && number === numbers[place - 1] + 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  return longest;
}

/** The years that the entries are of, the latest first. */
export const years = (entries) => [...new Set(entries.map((entry) => entry.day.slice(0, 4)))].sort().reverse();

export function review(entries, year) {
  const own = entries.filter((entry) => entry.day.startsWith(year + "-"));
  const months = Array.from({ length: 12 }, () => 0);
  for (const entry of own) months[Number(entry.day.slice(5, 7)) - 1] += 1;
  const days = own.map((entry) => entry.day);
  return {
    year, items: own.length, days: new Set(days).size, run: longestRun(days), months,
    topics: top(own, "topics", 5), makers: top(own, "makers", 5),
  };
}

const page = globalThis.document?.querySelector("[data-year]");
if (page) show(page).catch(() => {});

async function show(page) {
  const { dataset } = page;
  const part = (name) => page.querySelector(`[data-part="${name}"]`);
  const history = new OwnHistory(dataset.device);
  if (dataset.mode === "none") return history.erase();
  const entries = await history.entries();
  const all = years(entries);
  if (!all.length) return;
  const language = document.documentElement.lang;
  const number = new Intl.NumberFormat(language);
  const month = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
  const monthName = (place) => month.format(Date.UTC(2026, place, 15));
  const select = part("years");
  select.append(...all.map((year) => new Option(year, year)));
  select.parentElement.hidden = all.length < 2;

  const rows = (name, pairs) => {
    part(name).replaceChildren(
      ...pairs.map(([title, count]) => {
        const row = document.createElement("tr");
        const head = document.createElement("th");
        head.scope = "row";
        head.textContent = title;
        const cell = document.createElement("td");
        cell.textContent = number.format(count);
        row.append(head, cell);
        return row;
      }));
  };
  const draw = () => {
    const facts = review(entries, select.value);
    for (const name of ["items", "days", "run"]) {
      part(name).textContent = dataset[name].replace("{count}", number.format(facts[name]));
    }
    rows("months", facts.months.map((count, place) => [monthName(place), count]));
    rows("topics", facts.topics.map(({ name, count }) => [name, count]));
    rows("makers", facts.makers.map(({ name, count }) => [name, count]));
    part("makers").closest("section").hidden = facts.makers.length === 0;
    paint(part("picture"), facts, dataset.title.replace("{year}", facts.year), dataset, number, monthName);
  };
  select.addEventListener("change", draw);
  page.hidden = false;
  document.querySelector("[data-year-empty]").hidden = true;
  draw();
  const picture = () => new Promise((resolve) => part("picture").toBlob(resolve, "image/png"));
  const file = async () => new File([await picture()], `${select.value}.png`, { type: "image/png" });
  part("save").addEventListener("click", async () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await picture());
    link.download = `${select.value}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
  const share = part("share");
  share.hidden = !navigator.canShare?.({ files: [await file()] });
  share.addEventListener("click", async () => navigator.share({ files: [await file()] }).catch(() => {}));
}

function paint(canvas, facts, title, words, number, monthName) {
  const style = getComputedStyle(canvas);
  const [ink, accent, paper] = [style.color, style.borderTopColor, style.backgroundColor];
  const [width, height] = [canvas.width, canvas.height];
  const pen = canvas.getContext("2d");
  const text = (said, x, y, size, weight = 400) => {
    pen.font = `${weight} ${size}px ${style.fontFamily}`;
    pen.fillText(said, x, y, width - x - 80);
  };
  pen.fillStyle = paper;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = ink;
  text(title, 80, 150, 68, 700);
  text(words.items.replace("{count}", number.format(facts.items)), 80, 225, 36);
  text(words.run.replace("{count}", number.format(facts.run)), 80, 280, 36);
  const most = Math.max(1, ...facts.topics.map((one) => one.count));
  facts.topics.forEach(({ name, count }, place) => {
    const y = 390 + place * 110;
    pen.fillStyle = ink;
    text(`${name}  ${number.format(count)}`, 80, y, 38, 600);
    pen.fillStyle = accent;
    pen.fillRect(80, y + 16, ((width - 160) * count) / most, 28);
  });
  const peak = Math.max(1, ...facts.months);
  facts.months.forEach((count, place) => {
    const step = (width - 160) / 12;
    const tall = (180 * count) / peak;
    pen.fillStyle = accent;
    pen.fillRect(80 + place * step, height - 120 - tall, step - 14, tall);
    pen.fillStyle = ink;
    text(monthName(place).replace(/^(\d+).*$/u, "$1").slice(0, 3), 80 + place * step, height - 75, 24);
  });
}
