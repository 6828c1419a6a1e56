// The first step of setting up: the browser's own time zone is the best guess, and a guess only.

const zone = document.querySelector("select[name=zone]");
const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && guess && [...zone.options].some((option) => option.value === guess)) zone.value = guess;
