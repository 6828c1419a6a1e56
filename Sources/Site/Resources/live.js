// Live news over Server-Sent Events. The page is complete without it: this only adds what happens while it is open.
// The browser reconnects by itself and sends the last id it saw, so nothing is told twice and nothing is skipped.

/** A calm note in the corner; it goes by itself unless a pointer or the keyboard is on it. */
function toast(box, news) {
  const note = document.createElement("div");
  note.className = "toast";
  const title = document.createElement("strong");
  title.textContent = news.title;
  const text = document.createElement("p");
  text.textContent = news.text;
  if (news.lang) text.lang = news.lang;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "quiet";
  close.textContent = box.dataset.close;
  close.addEventListener("click", () => note.remove());
  note.append(title, close, text);
  if (news.reload) {
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = box.dataset.reload;
    text.append(" ", link);
  }
  box.append(note);
  while (box.children.length > 3) box.firstElementChild.remove();
  if (news.reload) return;
  const leave = () => (note.matches(":hover, :focus-within") ? setTimeout(leave, 4000) : note.remove());
  setTimeout(leave, 12000);
}

function toasts(box) {
  const stream = new EventSource(box.dataset.live);
  stream.addEventListener("news", (event) => {
    const news = JSON.parse(event.data);
    toast(box, news);
    const balance = document.querySelector("[data-live-balance]");
    if (news.balance && balance) balance.textContent = news.balance;
  });
  stream.addEventListener("missed", () => toast(box, { title: box.dataset.missed, text: "", reload: true }));
}

/** The console's table: newest on top, at most sixty rows, and it holds still when asked to. */
function rows(table) {
  const body = table.tBodies[0];
  const panel = table.parentElement;
  const state = panel.querySelector("[data-live-state]");
  const button = panel.querySelector("[data-live-pause]");
  let paused = false;
  let waiting = [];

  const say = (name) => {
    state.textContent = table.dataset[name];
    state.className = "stream-state is-" + name;
  };
  const part = (name, text, className) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const cell = (row, parts) => row.insertCell().append(...parts);
  const add = (event) => {
    const row = body.insertRow(0);
    row.className = "is-new";
    cell(row, [event.time]);
    cell(row, [part("code", event.type), part("span", event.rules, "sub")]);
    cell(row, [part("span", event.outcome, "outcome outcome-" + event.tone), part("span", event.points, "sub")]);
    while (body.rows.length > 60) body.deleteRow(-1);
  };

  const stream = new EventSource(table.dataset.live);
  say("connecting");
  stream.addEventListener("open", () => paused || say("open"));
  stream.addEventListener("error", () => say("lost"));
  stream.addEventListener("event", (message) => {
    panel.querySelector("[data-live-empty]")?.remove();
    const event = JSON.parse(message.data);
    if (!paused) return add(event);
    waiting.push(event);
    if (waiting.length > 60) waiting.shift();
  });
  button.hidden = false;
  button.addEventListener("click", () => {
    paused = !paused;
    button.textContent = paused ? button.dataset.liveResume : button.dataset.livePause;
    say(paused ? "paused" : "open");
    if (!paused) waiting.splice(0).forEach(add);
  });
}

for (const element of document.querySelectorAll("[data-live]")) {
  (element.dataset.liveKind === "rows" ? rows : toasts)(element);
}
