// The card's code changes every half minute. It is changed in its place, so that nothing jumps, nobody's reading is cut off and
// the focus stays where it is; without scripts the page loads anew by itself.

async function renew(card) {
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    // Signed out, or not there: the page itself says what is the matter.
    if (!answer.ok) return location.reload();
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-card]");
    if (!next) return location.reload();
    card.replaceWith(next);
    wait(next);
  } catch {
    // No network: the old code stays, and is asked for again.
    setTimeout(renew, 5000, card);
  }
}

function wait(card) {
  setTimeout(renew, 1000 * Number(card.dataset.card), card);
}

wait(document.querySelector("[data-card]"));
