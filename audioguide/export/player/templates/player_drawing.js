// Draws the moment that the recording is at: name, countdown, cue, seek bar.

const GRID_MS = 30; // ends stand on the grid of MP3 frames: a hold of 30.016 s counts down from 30

const shown = {};

/** Writes only what differs, so that drawing sixty times a second costs nothing. */
function put(id, text) {
  if (shown[id] === text) return;
  shown[id] = text;
  byId(id).textContent = text;
}

function draw() {
  const ms = nowMs();
  watchBreaks(ms);
  const moment = momentAt(ms);
  if (moment.block !== shown.block) drawBlock(moment.block);
  if (moment !== shown.moment) drawMoment(moment);
  drawCountdown(moment, ms);
  drawCue(moment.block, ms);
  drawSets(ms);
  put("left", clock(body.classList.contains("finished") ? 0 : plan.duration - ms + 999));
  drawPlayed(dragged ?? ms);
}

function drawPlayed(ms) {
  const played = Math.round((ms / plan.duration) * 4000) / 40;
  if (shown.played !== played) byId("played").style.left = `${played}%`;
  shown.played = played;
}

function drawBlock(block) {
  const chapter = plan.chapters[block.chapter];
  put("name", chapter.name);
  byId("name").className = chapter.name.length > 90 ? "longer" : chapter.name.length > 44 ? "long" : "";
  put("mind", chapter.note);
  put("next", block.next ? plan.words.next.replace("{text}", () => block.next) : "");
  if (shown.block && block.say) {
    put("say", block.say);
    flash();
  }
  if (!shown.block || shown.block.chapter !== block.chapter) tellChapter(block.chapter);
  shown.block = block;
  drawSlider();
}

function drawFigure(number) {
  const figures = byId("figures");
  if (!figures || shown.figure === number) return;
  shown.figure = number;
  figures.hidden = number === null;
  [...figures.children].forEach((figure, index) => figure.toggleAttribute("hidden", index !== number)); // an SVG has no property for it
}

function drawMoment(moment) {
  body.dataset.phase = moment.words.phase;
  put("label", moment.words.label);
  put("where", moment.words.where);
  drawFigure(moment.words.figure ?? moment.block.figure ?? null);
  shown.moment = moment;
}

function drawCountdown(moment, ms) {
  const seconds = Math.max(0, Math.ceil((moment.end - ms - GRID_MS) / 1000));
  put("number", seconds < 100 ? String(seconds) : clock(seconds * 1000));
  byId("number").classList.toggle("minutes", seconds >= 100);
  const length = moment.end - moment.start;
  const part = calm.matches ? Math.min(1, (seconds * 1000) / length) : (moment.end - ms) / length;
  const ring = Math.round((1 - Math.min(1, Math.max(0, part))) * 500) / 500;
  if (shown.ring !== ring) byId("ring").style.strokeDashoffset = ring;
  shown.ring = ring;
}

function drawCue(block, ms) {
  const [start, end, text] = plan.cues[placeAt(plan.cues, ms, (row) => row[0])] ?? [-1, -1, ""];
  put("cue", start >= block.start || ms < end ? text : "");
  byId("cue").classList.toggle("over", ms >= end);
  byId("cue").classList.toggle("long", text.length > 90);
}

function drawSlider() {
  const ms = nowMs();
  const slider = byId("seek");
  slider.setAttribute("aria-valuenow", Math.floor(ms / 1000));
  slider.setAttribute("aria-valuetext", `${clock(ms)}, ${plan.chapters[chapterNow()].name}`);
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

function flash() {
  const stage = byId("stage");
  stage.classList.remove("flash");
  void stage.offsetWidth; // lets the same animation begin anew
  stage.classList.add("flash");
}

let drawing = 0;

function loop() {
  draw();
  drawing = audio.paused || document.hidden ? 0 : requestAnimationFrame(loop);
}

function wake() {
  cancelAnimationFrame(drawing);
  loop();
}

// A metadata track tells of each block also while the page is hidden and draws no frames.
function markBlocks() {
  const track = audio.addTextTrack("metadata", "blocks");
  track.mode = "hidden";
  for (const block of plan.blocks) track.addCue(new VTTCue(block.start / 1000, block.end / 1000, ""));
  for (const end of plan.breaks) track.addCue(new VTTCue((end - WAIT_LEAD_MS) / 1000, end / 1000, ""));
  track.addEventListener("cuechange", draw);
}
