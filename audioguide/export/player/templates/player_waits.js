// Waiting for the person at the end of each break of the plan, where they want it.

const WAIT_LEAD_MS = 60; // as a break ends the start beep sounds, of which nothing is to be heard before the waiting
const TOO_LATE_MS = 2000; // a page that was held up so long does not go back to wait
let waits = false;
let watchedMs = 0;
let awaitedMs = null; // where it waits

function setWaits(on) {
  waits = byId("wait").checked = on;
}

/** Stops where a break ended since it was looked at last. */
function watchBreaks(ms) {
  if (Math.abs(ms - awaitedMs) > GRID_MS) endWaiting(); // who goes elsewhere is not waited for there
  if (waits && !audio.paused && !audio.seeking) {
    const end = plan.breaks[placeAt(plan.breaks, ms + WAIT_LEAD_MS, (row) => row)];
    if (end - WAIT_LEAD_MS > watchedMs && ms - end < TOO_LATE_MS) return waitAt(end - GRID_MS);
  }
  watchedMs = ms;
}

function waitAt(ms) {
  watchedMs = awaitedMs = ms;
  audio.pause();
  audio.currentTime = ms / 1000;
  body.classList.add("awaited");
  put("say", plan.words.waiting);
  // Space and Enter go on then, whatever had the focus.
  if (!document.querySelector("dialog[open]")) byId("go").focus({ preventScroll: true });
}

function endWaiting() {
  if (awaitedMs === null) return;
  const focused = document.activeElement === byId("go");
  awaitedMs = null;
  body.classList.remove("awaited");
  stayAwake();
  if (focused) byId("play").focus({ preventScroll: true });
}

byId("stage").addEventListener("click", () => awaitedMs !== null && play());
byId("wait").addEventListener("change", (event) => {
  setWaits(event.target.checked);
  store("audioguide:wait", event.target.checked ? "on" : "off");
});
