// How much time is left for a question. The server's clock decides; this one only shows it, and the page works without.
// Nothing is sent by itself, and nothing blinks: whoever needs longer reads that it is over and goes on.

const place = document.querySelector("[data-seconds]");
const clock = place?.querySelector("[data-clock]");
if (place && clock) {
  // From when the page arrived, not by counting ticks: a sleeping tab misses those.
  const end = performance.now() + Number(place.dataset.seconds) * 1000;
  const show = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    if (left === 0) {
      place.textContent = place.dataset.over;
      clearInterval(timer);
      return;
    }
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  };
  const timer = setInterval(show, 1000);
  show();
}
