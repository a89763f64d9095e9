// Playing, paused, finished, failed.

const SLOW_MS = 1500;

function finished(now) {
  const before = body.classList.contains("finished");
  if (now === before) return;
  body.classList.toggle("finished", now);
  byId("finish").hidden = !now;
  byId("stage").hidden = now;
  if (!now) return;
  audio.pause();
  draw();
  put("say", plan.words.done);
  byId("resumed").hidden = true;
  forget();
  byId("done").focus({ preventScroll: true });
}

function playingChanged() {
  const playing = !audio.paused;
  body.classList.toggle("playing", playing);
  byId("play").setAttribute("aria-label", playing ? plan.words.pause : plan.words.play);
  if (navigator.mediaSession) navigator.mediaSession.playbackState = playing ? "playing" : "paused";
  if (playing) {
    endWaiting();
    finished(false);
  } else rested();
  stayAwake();
  wake();
}

function rested() {
  keep(true);
  clearTimeout(slow);
  if (!audio.error) message("");
}

function message(text) {
  byId("message").textContent = text;
  byId("message").hidden = !text;
  if (text) byId("resumed").hidden = true; // a small screen has room for one
}

const LOAD_ERRORS = {
  2: plan.words.stopped,
  3: plan.words.damaged,
  4: plan.words.unloaded,
};

let slow = 0;

function failed() {
  clearTimeout(slow);
  if (!audio.error || audio.error.code === 1) return; // 1: loading was given up on purpose
  audio.pause();
  message(audio.src.startsWith("blob:") ? plan.words.unplayable : LOAD_ERRORS[audio.error.code] ?? LOAD_ERRORS[4]);
}

async function play() {
  if (body.classList.contains("finished")) return startAgain();
  if (audio.error) {
    wanted = nowMs() / 1000;
    audio.load();
    audio.playbackRate = Number(byId("speed").value);
  }
  try {
    await audio.play();
  } catch (error) {
    if (error.name === "NotAllowedError") message(plan.words.tap);
    else if (error.name !== "AbortError") failed();
  }
}

const toggle = () => (audio.paused ? play() : audio.pause());

function startAgain() {
  seek(0);
  byId("resumed").hidden = true;
  byId("play").focus({ preventScroll: true });
  return play();
}

function loaded() {
  if (wanted === null) return;
  audio.currentTime = wanted;
  wanted = null;
  draw();
}

let lock = null;

/** Keeps the screen on while it plays or waits, where the browser allows it; http on a local network does not. */
async function stayAwake() {
  const wanted = () => !audio.paused || awaitedMs !== null;
  try {
    if (wanted() && !document.hidden) lock = await navigator.wakeLock?.request("screen");
    if (!wanted()) await lock?.release();
  } catch {
    lock = null;
  }
}
