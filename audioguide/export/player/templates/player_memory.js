// What is remembered from one visit to the next. Storage may be denied.

const KEEP_EVERY_MS = 5000;
const KEY = `audioguide:${plan.key}`;
let keptMs = -KEEP_EVERY_MS;

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage the page works, and starts at the beginning next time.
  }
}

function keep(atOnce) {
  const ms = nowMs();
  if (body.classList.contains("finished") || (!atOnce && Math.abs(ms - keptMs) < KEEP_EVERY_MS)) return;
  keptMs = ms;
  store(KEY, ms);
}

function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was stored.
  }
}

function resume() {
  const ms = Number(stored(KEY));
  if (!(ms > 5000 && ms < plan.duration - 5000)) return;
  seek(ms);
  put("resumed-at", clock(ms));
  byId("resumed").hidden = false;
}
