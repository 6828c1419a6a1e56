// How much of an article was really read.
//
// A paragraph counts as read once it was in view, in an active window, for as long as a quick reader needs for it:
// eight words a second, or fourteen characters a second where words are not separated. Scrolling past it is not reading.

import { send, ActiveTime, onLeaving } from "./events.js";

const story = document.querySelector("[data-story]");
const blocks = [...story.children].map((element) => {
  const text = element.textContent.trim();
  const words = /[\u3040-\u9fff]/.test(text) ? text.length / 1.75 : text.split(/\s+/).length;
  return { element, words, needs: words / 8, seen: 0, inView: false };
});
const total = blocks.reduce((sum, block) => sum + block.words, 0);

const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      const block = blocks.find((one) => one.element === entry.target);
      // Half of it is in view, or it fills half of the window.
      block.inView = entry.intersectionRatio >= 0.5 || entry.intersectionRect.height >= innerHeight / 2;
    }
  },
  { threshold: [0, 0.25, 0.5, 0.75, 1] },
);
blocks.forEach((block) => observer.observe(block.element));

const time = new ActiveTime();
const measured = () => ({
  share: Math.round((blocks.reduce((sum, block) => sum + (block.seen >= block.needs ? block.words : 0), 0) / total) * 1000) / 1000,
  seconds: Math.round(time.seconds),
});

if (total > 0) {
  const timer = setInterval(() => {
    // Several paragraphs are in view at once, and only one is being read: the first that is not read yet.
    let step = time.tick();
    for (const block of blocks) {
      if (step <= 0) break;
      if (!block.inView || block.seen >= block.needs) continue;
      const used = Math.min(step, block.needs - block.seen);
      block.seen += used;
      step -= used;
      if (block.needs - block.seen < 1e-6) block.seen = block.needs;
    }
    if (measured().share >= 0.98) {
      clearInterval(timer);
      send(measured());
    }
  }, 250);
  onLeaving(() => measured().share >= 0.05 && send(measured()));
}
