// What is shown when, and where the recording is.

const byId = (id) => document.getElementById(id);
const plan = JSON.parse(byId("plan").textContent);
const audio = byId("audio");
const body = document.body;
const STEP_S = 10;
const RESTART_MS = 3000; // previous restarts the chapter when it is further in than this

/** One row for each thing to count down, in order of time: a block, or a part of a rep. */
const moments = plan.blocks.flatMap((block) =>
  block.reps.length
    ? block.reps.flatMap((rep) =>
        rep.parts.map((start, i) => ({ start, end: rep.parts[i + 1] ?? rep.end, block, words: rep })))
    : [{ start: block.start, end: block.end, block, words: block }]);

/** The last of `rows` that has begun at `ms`, by its place; -1 before the first. */
function placeAt(rows, ms, startOf) {
  let low = 0, high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(rows[middle]) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function momentAt(ms) {
  return moments[Math.max(0, placeAt(moments, ms, (moment) => moment.start))];
}

function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, minutes, rest] = parts.map((part) => String(part).padStart(2, "0"));
  return hours === "00" ? `${Number(minutes)}:${rest}` : `${Number(hours)}:${minutes}:${rest}`;
}

let wanted = null; // a position asked for before the recording could take it
let dragged = null; // where a finger on the seek bar is

function nowMs() {
  return Math.min(plan.duration, Math.round((wanted ?? audio.currentTime) * 1000));
}

function seek(ms) {
  const seconds = Math.min(Math.max(ms, 0), plan.duration - 50) / 1000;
  wanted = audio.readyState ? null : seconds;
  if (wanted === null) audio.currentTime = seconds;
  finished(false);
  keep(true);
  draw();
  drawSlider();
  tellPosition();
}

const skip = (seconds) => seek(nowMs() + seconds * 1000);

const chapterNow = () => momentAt(nowMs()).block.chapter;

function previous() {
  const chapter = chapterNow();
  const inside = nowMs() - plan.chapters[chapter].start;
  seek(plan.chapters[inside > RESTART_MS ? chapter : Math.max(0, chapter - 1)].start);
}

function following() {
  const chapter = chapterNow() + 1;
  if (chapter < plan.chapters.length) seek(plan.chapters[chapter].start);
  else finished(true);
}
