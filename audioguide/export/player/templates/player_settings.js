// What the person chose: speed, waiting, size of the text, keys.

let letterKeys = true;

function setSpeed(value) {
  audio.defaultPlaybackRate = audio.playbackRate = value;
  byId("speed").value = String(value);
}

function setTextSize(value) {
  document.documentElement.dataset.text = byId("text-size").value = value;
}

function setLetterKeys(on) {
  letterKeys = byId("letters").checked = on;
}

function recallSettings() {
  setSpeed([0.8, 1, 1.25, 1.5].find((speed) => speed === Number(stored("audioguide:speed"))) ?? 1);
  setTextSize(["larger", "largest"].find((size) => size === stored("audioguide:text")) ?? "normal");
  setLetterKeys(stored("audioguide:letters") !== "off");
  setWaits(stored("audioguide:wait") === "on");
}

byId("speed").addEventListener("change", (event) => {
  setSpeed(Number(event.target.value));
  store("audioguide:speed", event.target.value);
});
byId("text-size").addEventListener("change", (event) => {
  setTextSize(event.target.value);
  store("audioguide:text", event.target.value);
});
byId("letters").addEventListener("change", (event) => {
  setLetterKeys(event.target.checked);
  store("audioguide:letters", event.target.checked ? "on" : "off");
});
