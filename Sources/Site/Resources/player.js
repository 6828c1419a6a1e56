// A player without media: its clock runs, and it measures what a real player would. A second counts as played once it
// was played, however often; jumping over it does not count.

import { send, onLeaving } from "./events.js";

const player = document.querySelector("[data-player]");
const length = Number(player.dataset.seconds);
const played = new Uint8Array(length);
const button = player.querySelector(".play");
const seek = player.querySelector(".seek");
const now = player.querySelector("[data-now]");
const shareText = player.querySelector("[data-share]");
const speed = player.querySelector("[data-speed]");
let position = 0;
let count = 0;
let active = 0;
let last = 0;
let timer = 0;

const share = () => Math.round((count / length) * 1000) / 1000;
const clock = (seconds) => {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  return (h ? h + ":" + String(m).padStart(2, "0") : m) + ":" + String(s).padStart(2, "0");
};
const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
const measured = () => ({ share: share(), seconds: Math.round(active) });

function show() {
  seek.value = Math.floor(position);
  seek.setAttribute("aria-valuetext", clock(position));
  now.textContent = clock(position);
  shareText.textContent = player.dataset.played.replace("{share}", percent.format(Math.floor(share() * 100) / 100));
}

function tick() {
  const time = performance.now();
  // A sleeping computer is not a listener: at most one second at a time.
  const step = Math.min((time - last) / 1000, 1);
  last = time;
  active += step;
  const end = Math.min(position + step * Number(speed.value), length);
  for (let second = Math.floor(position); second < end; second++) {
    if (!played[second]) count += played[second] = 1;
  }
  position = end;
  show();
  if (share() >= 0.95) send(measured());
  if (position >= length) toggle();
}

function toggle() {
  const playing = player.classList.toggle("is-playing");
  button.setAttribute("aria-label", playing ? player.dataset.pause : player.dataset.play);
  clearInterval(timer);
  if (!playing) return;
  if (position >= length) position = 0;
  last = performance.now();
  timer = setInterval(tick, 250);
}

function jump(seconds) {
  position = Math.min(Math.max(seconds, 0), length);
  show();
}

player.querySelector(".controls").hidden = false;
button.addEventListener("click", toggle);
seek.addEventListener("input", () => jump(Number(seek.value)));
for (const chapter of document.querySelectorAll("[data-chapter]")) {
  chapter.disabled = false;
  chapter.addEventListener("click", () => {
    jump(Number(chapter.dataset.chapter));
    if (!player.classList.contains("is-playing")) toggle();
  });
}
show();
onLeaving(() => share() >= 0.05 && send(measured()));
