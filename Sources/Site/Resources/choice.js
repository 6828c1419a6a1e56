// Whether this device may keep a random number for a reader who is not signed in.
//
// Nothing is made or stored before the reader says yes: no cookie, no number, no fingerprint. "Yes" makes one random
// identifier in this site's own storage, which no other site can read; "no" keeps only the word "no", so as not to ask
// again; "change" removes both. A signed-in reader is not asked: the newspaper knows its own subscriber, and the page
// says so with data-subject.

const choiceKey = "avondpost.choice";
const numberKey = "avondpost.number";

/** Storage that may be switched off in the browser: then nothing is kept, and nobody is told otherwise. */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The pass of a signed-in reader, as it was put into the page for the widget. */
export const pass = () => document.querySelector("stamgast-widget")?.getAttribute("pass");

/** Who reads, as far as the events may say: a subject, whom the pass names, an anonymous number, or nobody. */
export function reader() {
  const subject = document.querySelector("main").dataset.subject;
  if (subject) return { subject };
  // A member whom the newspaper has no number for: who joined by mail.
  if (pass()) return {};
  const number = kept(choiceKey) === "yes" && kept(numberKey);
  return number ? { anonymousid: number } : null;
}

function choose(choice) {
  try {
    localStorage.removeItem(numberKey);
    if (choice) localStorage.setItem(choiceKey, choice);
    else localStorage.removeItem(choiceKey);
    if (choice === "yes") localStorage.setItem(numberKey, crypto.randomUUID());
  } catch {
    // No storage: the bar asks again on the next page, and nothing is sent.
  }
}

const bar = document.querySelector("[data-choice]");
if (bar && !document.querySelector("main").dataset.subject && !pass()) {
  const text = bar.querySelector("[data-choice-text]");
  const show = () => {
    const choice = kept(choiceKey);
    bar.hidden = false;
    bar.classList.toggle("choice-asked", !choice);
    text.textContent = choice === "yes" ? bar.dataset.given : choice === "no" ? bar.dataset.refused : text.dataset.question;
  };
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choice-set]");
    if (!button) return;
    choose(button.dataset.choiceSet);
    show();
  });
  show();
}
