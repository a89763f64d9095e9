// Seek bar, keys and buttons.

const seekBar = byId("seek");

function pointed(event) {
  const box = seekBar.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * plan.duration;
}

function drag(event) {
  dragged = pointed(event);
  const chapter = Math.max(0, placeAt(plan.chapters, dragged, (row) => row.start));
  put("bubble", `${clock(dragged)} · ${plan.chapters[chapter].name}`);
  byId("bubble").hidden = false;
  drawPlayed(dragged);
}

function drop(take) {
  if (dragged !== null && take) seek(dragged);
  dragged = null;
  byId("bubble").hidden = true;
  draw();
}

seekBar.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  seekBar.setPointerCapture(event.pointerId);
  drag(event);
});
seekBar.addEventListener("pointermove", (event) => dragged !== null && drag(event));
seekBar.addEventListener("pointerup", () => drop(true));
seekBar.addEventListener("pointercancel", () => drop(false));
seekBar.addEventListener("focus", drawSlider);

const SLIDER_KEYS = {
  ArrowUp: () => skip(STEP_S),
  ArrowDown: () => skip(-STEP_S),
  PageUp: following,
  PageDown: previous,
  Home: () => seek(0),
  End: () => seek(plan.duration),
};
const KEYS = {
  " ": toggle,
  ArrowLeft: () => skip(-STEP_S),
  ArrowRight: () => skip(STEP_S),
  Enter: () => awaitedMs !== null && play(),
};
const LETTERS = {
  n: following,
  p: previous,
  r: () => goToSet("repeat-set"),
  t: () => goToSet("repeat-side"),
  s: () => goToSet("skip-set"),
};

/** Whether the focused control has a use of its own for `key`. */
function taken(target, key) {
  if (target.closest("select, dialog, input, textarea")) return true;
  return (key === " " || key === "Enter") && target.closest("button, a") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || taken(event.target, event.key)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = KEYS[key] ?? (letterKeys ? LETTERS : {})[key] ?? (event.target === seekBar ? SLIDER_KEYS : {})[key];
  if (!act || (event.repeat && key === " ")) return;
  event.preventDefault();
  act();
});

const CLICKS = {
  play: toggle,
  previous,
  following,
  back: () => skip(-STEP_S),
  forward: () => skip(STEP_S),
  again: startAgain,
  "from-start": startAgain,
};
for (const [id, act] of Object.entries(CLICKS)) byId(id).addEventListener("click", act);
