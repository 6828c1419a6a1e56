// The counter: a clerk types or scans the code of a member's card or ticket, hands out and redeems.
//
// Staff who are signed in have forms on the page: this module sends them without leaving it, so that the camera goes on
// and the next scan can follow at once. A till without an account gives its key, which stays in this tab (sessionStorage) and
// ends with it; of the member it shows what the API shows a till, and keeps nothing.

import { Camera, hasCamera, signal, wedge } from "./scan.js";

const root = document.querySelector("[data-counter]");
const part = (name) => root.querySelector(`[data-${name}]`);
const say = root.dataset;
const stored = "stamgast-till";
const isSignedIn = part("scan-form") != null;
let visit;

/** An element with text and attributes; text is only ever set as text. */
function make(name, text, attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function tell(text) { part("status").textContent = text; }

/** 32 hexadecimal digits: a scan has one, so that a lost answer is no second scan. */
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// MARK: Signed in

/** One after the other, in the order in which they were scanned. */
let line = Promise.resolve();

function send(path, fields) {
  return (line = line.then(async () => {
    root.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields), cache: "no-store" });
      // Signed out meanwhile: the page says so.
      if (answer.status === 401 || answer.status === 403) return location.reload();
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("[data-result]");
      if (!next) return location.reload();
      part("result").replaceWith(next);
      tell("");
      signal(next.querySelector("[data-outcome]")?.dataset.outcome === "good");
      next.querySelector("h2")?.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    } catch {
      tell(say.refused);
      signal(false);
      // Pressing again asks for the same thing, which is done once.
      for (const button of part("result").querySelectorAll("button:disabled")) button.disabled = false;
    }
    root.removeAttribute("aria-busy");
  }));
}

function scanned(code) {
  const form = part("scan-form");
  const fields = new FormData(form);
  fields.set("code", code);
  fields.set("key", fresh());
  send("/counter", fields);
}

if (isSignedIn) {
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    if (form === part("scan-form")) {
      scanned(form.elements.code.value);
      form.elements.code.value = "";
    } else {
      // One press is one thing done.
      form.querySelector("button").disabled = true;
      send(form.getAttribute("action"), new FormData(form));
    }
  });
}

// MARK: A till with a key

async function ask(path, body) {
  const answer = await fetch("/v1/counter/" + path, {
    method: "POST",
    headers: {
      authorization: "Bearer " + sessionStorage.getItem(stored), "content-type": "application/json",
      "accept-language": document.documentElement.lang,
    },
    body: JSON.stringify(body),
  });
  const json = await answer.json();
  if (answer.ok) return json;
  if (answer.status === 401 || answer.status === 403) leave();
  throw new Error({ 401: say.noKey, 403: say.noKey, 404: say.unknown, 409: path === "lookup" ? say.used : say.refused, 429: say.wait }[answer.status] ?? say.refused);
}

function show(name) {
  for (const one of ["key-form", "code-form", "visit"]) part(one).hidden = one !== name && !(name === "visit" && one === "code-form");
  part("scanner").hidden = name === "key-form";
}

function leave() {
  sessionStorage.removeItem(stored);
  camera.stop();
  show("key-form");
}

/** A button that does one thing once, and says what came of it. */
function action(label, name, work) {
  const button = make("button", label, { type: "button", "aria-label": `${label}: ${name}` });
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await work();
      tell(`${name}: ${say.done}`);
      signal(true);
    } catch (error) {
      tell(`${name}: ${error.message}`);
      signal(false);
      button.disabled = false;
    }
  });
  const item = make("li", "");
  item.append(make("span", name), button);
  return item;
}

const receipt = (one) => action(say.handOut, one.name, () => ask("confirm", { receipt: one.receipt }));

async function look(code) {
  const seen = await ask("lookup", { code, id: fresh() });
  visit = seen.visit;
  part("tier").textContent = seen.tier_name || seen.tier;
  part("line").textContent = seen.line;
  part("waiting").replaceChildren(...seen.redemptions.map(receipt));
  part("redeemable").replaceChildren(...seen.redeemable.map((reward) => {
    // One text for one press, so that a lost answer is not a second redemption.
    const id = fresh();
    return action(say.redeem, reward.name, async () => {
      const done = await ask("redeem", { visit, id, reward: reward.reward });
      await ask("confirm", { receipt: done.receipt });
    });
  }));
  part("nothing").hidden = seen.redemptions.length + seen.redeemable.length > 0;
  show("visit");
  tell("");
  part("tier").focus();
}

async function lookUp(code) {
  if (!sessionStorage.getItem(stored)) return;
  try {
    await look(code);
    signal(true);
  } catch (error) {
    show(sessionStorage.getItem(stored) ? "code-form" : "key-form");
    tell(error.message);
    signal(false);
  }
}

if (!isSignedIn) {
  part("key-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const key = event.target.elements.key.value.trim();
    if (!key) return;
    sessionStorage.setItem(stored, key);
    event.target.reset();
    show("code-form");
    part("code-form").elements.code.focus();
  });
  part("code-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { code } = event.target.elements;
    await lookUp(code.value);
    event.target.reset();
    if (part("visit").hidden) code.focus();
  });
  part("leave").addEventListener("click", leave);
}

// MARK: Scanning

const take = isSignedIn ? scanned : lookUp;
const camera = new Camera(part("view"), take);
const button = part("camera");

wedge((code) => take(code));

camera.onstop = () => { button.textContent = say.cameraStart; };

if (hasCamera()) {
  button.addEventListener("click", async () => {
    part("camera-note").textContent = "";
    if (camera.isOn) return camera.stop();
    try {
      await camera.start();
      if (camera.isOn) button.textContent = say.cameraStop;
    } catch (error) {
      camera.stop();
      part("camera-note").textContent = error?.name === "NotAllowedError" ? say.cameraDenied : say.cameraNone;
    }
  });
} else {
  button.hidden = true;
  part("camera-note").textContent = say.cameraNone;
}

if (isSignedIn) part("scanner").hidden = false;
else show(sessionStorage.getItem(stored) ? "code-form" : "key-form");
