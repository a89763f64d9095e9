// Takes the recording, listens to it, and begins.

const EVENTS = {
  loadedmetadata: loaded,
  play: playingChanged,
  pause: playingChanged,
  waiting: () => {
    clearTimeout(slow);
    slow = setTimeout(() => audio.error || message(plan.words.loading), SLOW_MS);
  },
  playing: () => {
    clearTimeout(slow);
    message("");
    byId("resumed").hidden = true;
    offerAgain();
  },
  timeupdate: () => {
    keep(false);
    draw();
  },
  seeking: draw,
  seeked: () => {
    draw();
    tellPosition();
  },
  ratechange: tellPosition,
  ended: () => finished(true),
  error: failed,
};
for (const [name, act] of Object.entries(EVENTS)) audio.addEventListener(name, act);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) keep(true);
  stayAwake();
  wake();
});
addEventListener("pagehide", () => keep(true));

/** The recording that the page itself holds, in pieces so that a phone needs little memory at once. */
function unpack(base64) {
  const pieces = [];
  const size = 1 << 20; // a multiple of four: each piece is base64 of its own
  for (let at = 0; at < base64.length; at += size) {
    const text = atob(base64.slice(at, at + size));
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    pieces.push(bytes);
  }
  return URL.createObjectURL(new Blob(pieces, { type: "audio/mpeg" }));
}

const recording = byId("recording");
if (recording) {
  audio.src = unpack(recording.textContent);
  recording.remove();
}
markBlocks();
recallSettings();
offer();
resume();
draw();
if (audio.error) failed();
