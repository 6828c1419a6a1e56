// The counter: a clerk types or scans the code of a member's card, hands out and redeems. A scanner that types like a
// keyboard works as it is. The till's key stays in this tab (sessionStorage) and ends with it; of the member it shows what
// the API shows a till, and keeps nothing.

const root = document.querySelector("[data-counter]");
const part = (name) => root.querySelector(`[data-${name}]`);
const say = root.dataset;
const stored = "stamgast-till";
let visit;

/** An element with text and attributes; text is only ever set as text. */
function make(name, text, attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

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

function tell(text) { part("status").textContent = text; }

function show(name) {
  for (const one of ["key-form", "code-form", "visit"]) part(one).hidden = one !== name && !(name === "visit" && one === "code-form");
}

function leave() {
  sessionStorage.removeItem(stored);
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
    } catch (error) {
      tell(`${name}: ${error.message}`);
      button.disabled = false;
    }
  });
  const item = make("li", "");
  item.append(make("span", name), button);
  return item;
}

const receipt = (one) => action(say.handOut, one.name, () => ask("confirm", { receipt: one.receipt }));

async function look(code) {
  const seen = await ask("lookup", { code, id: crypto.getRandomValues(new Uint32Array(4)).join("-") });
  visit = seen.visit;
  part("tier").textContent = seen.tier_name || seen.tier;
  part("line").textContent = seen.line;
  part("waiting").replaceChildren(...seen.redemptions.map(receipt));
  part("redeemable").replaceChildren(...seen.redeemable.map((reward) => {
    // One text for one press, so that a lost answer is not a second redemption.
    const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
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
  try {
    await look(code.value);
  } catch (error) {
    show("code-form");
    tell(error.message);
    code.focus();
  }
  event.target.reset();
});

part("leave").addEventListener("click", leave);
show(sessionStorage.getItem(stored) ? "code-form" : "key-form");
