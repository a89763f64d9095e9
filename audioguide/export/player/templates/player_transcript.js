// What is said and done, to read, to search, to jump by and to print.

/** A line for each cue and each thing to do, in order of time. */
function transcriptLines() {
  const said = plan.cues.map(([ms, , text, counts]) => ({ ms, text, kind: counts ? "count" : "said" }));
  const done = plan.blocks
    .filter((block) => block.say && block.phase !== "talk")
    .map((block) => ({
      ms: block.start,
      text: [block.label, block.where, clock(block.end - block.start)].filter(Boolean).join(" · "),
      kind: "done",
    }));
  return [...done, ...said].sort((one, two) => one.ms - two.ms);
}

function made(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Fills `place` with the lines under the names of their chapters; `lineOf` makes the element of one. */
function fillTranscript(place, heading, lineOf) {
  place.replaceChildren();
  let chapter = -1;
  let list = null;
  for (const line of transcriptLines()) {
    const now = Math.max(0, placeAt(plan.chapters, line.ms, (row) => row.start));
    if (now !== chapter) {
      const section = made("section");
      list = made("ol");
      section.append(made(heading, "", plan.chapters[now].name), list);
      place.append(section);
      chapter = now;
    }
    const item = made("li", line.kind);
    item.append(...lineOf(line));
    list.append(item);
  }
}

function timeAndText(line) {
  const text = made("span", "", line.text);
  text.dir = "auto";
  return line.kind === "count" ? [text] : [made("span", "at", clock(line.ms)), " ", text];
}

function lineButton(line) {
  const button = made("button", "line");
  button.dataset.start = line.ms;
  button.append(...timeAndText(line));
  return [button];
}

function openTranscript() {
  const lines = byId("lines");
  if (!lines.hasChildNodes()) fillTranscript(lines, "h3", lineButton);
  const buttons = [...lines.querySelectorAll(".line")];
  const now = buttons[Math.max(0, placeAt(buttons, nowMs(), (button) => Number(button.dataset.start)))];
  lines.querySelector("[aria-current]")?.removeAttribute("aria-current");
  now?.setAttribute("aria-current", "true");
  now?.scrollIntoView({ block: "center" });
}

/** Letters without their accents and in small, so that "etirement" finds "Étirement". */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function search() {
  const wanted = plain(byId("search").value.trim());
  let count = 0;
  for (const section of byId("lines").children) {
    let here = 0;
    for (const item of section.querySelectorAll("li")) {
      item.hidden = !plain(item.textContent).includes(wanted);
      here += !item.hidden;
    }
    section.hidden = !here;
    count += here;
  }
  byId("found").textContent = wanted ? plan.words.found.replace("{count}", count) : "";
}

byId("search").addEventListener("input", search);
byId("print").addEventListener("click", () => print());
addEventListener("beforeprint", () => fillTranscript(byId("printed-lines"), "h2", timeAndText));
