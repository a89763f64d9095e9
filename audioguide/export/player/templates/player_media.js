// Lock screen and headset.

const HANDLERS = {
  play,
  pause: () => audio.pause(),
  previoustrack: previous,
  nexttrack: following,
  seekto: (details) => seek(details.seekTime * 1000),
  seekbackward: (details) => skip(-(details.seekOffset || STEP_S)),
  seekforward: (details) => skip(details.seekOffset || STEP_S),
};
// Android shows seeking in place of previous and next where both are offered.
const OFFERED = Object.keys(HANDLERS).filter(
  (name) => !(/Android/.test(navigator.userAgent) && /^seek(back|for)ward$/.test(name)));

function handle(name, handler) {
  try {
    navigator.mediaSession?.setActionHandler(name, handler);
  } catch {
    // A browser that doesn't know an action refuses it.
  }
}

const offer = () => OFFERED.forEach((name) => handle(name, HANDLERS[name]));

/** iOS takes seek handlers only from a recording that plays, and only when they are new to it. */
function offerAgain() {
  for (const name of OFFERED.filter((offered) => offered.startsWith("seek"))) {
    handle(name, null);
    handle(name, HANDLERS[name]);
  }
  tellPosition();
}

function tellChapter(number) {
  document.querySelectorAll(".chapter").forEach((button, i) => {
    if (i === number) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  });
  if (!navigator.mediaSession || !window.MediaMetadata) return;
  const { name, phase } = plan.chapters[number];
  const details = { title: name, artist: phase ? `${plan.title} · ${phase}` : plan.title, album: plan.title };
  navigator.mediaSession.metadata = new MediaMetadata({ ...details, artwork: artwork() });
}

function tellPosition() {
  if (!audio.duration || !navigator.mediaSession?.setPositionState) return;
  const position = Math.min(nowMs() / 1000, audio.duration);
  navigator.mediaSession.setPositionState({ duration: audio.duration, playbackRate: audio.playbackRate, position });
}

let drawnArtwork = null;

/** The session as the ring of a clock, like its cover, in the colours of the seek bar. */
function artwork() {
  if (drawnArtwork) return drawnArtwork;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 512;
  const pen = canvas.getContext("2d");
  if (!pen) return [];
  pen.fillStyle = "#1d2530";
  pen.fillRect(0, 0, 512, 512);
  pen.lineWidth = 48;
  for (const bar of document.querySelectorAll("#seek rect")) {
    const [start, length] = ["x", "width"].map((name) => (bar.getAttribute(name) / plan.duration) * 2 * Math.PI);
    pen.strokeStyle = bar.getAttribute("fill");
    pen.beginPath();
    pen.arc(256, 256, 208, start - Math.PI / 2, start + length - Math.PI / 2);
    pen.stroke();
  }
  drawnArtwork = [{ src: canvas.toDataURL("image/png"), sizes: "512x512", type: "image/png" }];
  return drawnArtwork;
}
