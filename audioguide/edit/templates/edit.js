"use strict";
// Sends each change to the program, one after the other, and shows the page that comes back. What the file is, and what
// is wrong with it, only the program knows.
const page = document.getElementById("page");
const said = document.getElementById("said");
const open = new Set(["timeline"]); // ids of the parts that are shown open
let turn = Promise.resolve(); // ends when the last request is answered
let revision = ""; // of the text that is shown
let pressed = false; // whether a mouse button or finger is down
let showing = false; // whether the page is being replaced
let held = null; // id of what had the focus before the page took no input
let whenReleased = null; // goes on once nothing is pressed
let sound = null; // what is heard, or was heard last

const parsed = (element, name) => JSON.parse(element.dataset[name]);
const say = (words) => { said.textContent = words; };

function readState() {
  const state = document.getElementById("state");
  revision = state.dataset.revision;
  document.title = (state.dataset.saved === "true" ? "" : "• ") + state.dataset.title;
}

// Requests wait for one another, so that each knows what the one before has made of the file.
function send(action, body, then) {
  turn = turn.then(() => exchange(action, body, then)).catch(() => {
    page.inert = false;
    say("The program doesn't answer; your last change was not made. Is it still running?");
  });
  return turn;
}

// For what gives places other numbers: until the page has them, a second click would mean another place.
function sendAlone(action, body, then) {
  held = document.activeElement.id;
  page.inert = true;
  return send(action, body, then);
}

async function exchange(action, body, then) {
  const answer = await post(action, { ...body, revision, open: [...open] });
  const found = await answer.json();
  // A page that changes under a pressed button would swallow the click.
  if (pressed) await new Promise((done) => { whenReleased = done; });
  show(found, answer.ok ? then : {});
  if (!answer.ok && then && then.refused) then.refused();
}

function giveBack(id, line) {
  const field = document.getElementById(id);
  if (field && !field.value) field.value = line;
}

function post(action, body) {
  return fetch(action, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), redirect: "error" });
}

// What a person is at: the element's id and place on the screen, and a text in it that is not sent yet.
function whereOneIs() {
  const active = document.activeElement;
  const id = held || (active && active.id);
  const element = document.getElementById(id);
  const isTyping = active && page.contains(active) && "defaultValue" in active
    && active.value !== active.defaultValue && active.dataset.sent !== active.value;
  return {
    id,
    top: element ? element.getBoundingClientRect().top : 0,
    value: isTyping ? active.value : null,
    at: isTyping ? active.selectionStart : null,
  };
}

function goBackTo(element, kept) {
  // It stays where it is on the screen, whatever came or went above it.
  scrollBy(0, element.getBoundingClientRect().top - kept.top);
  element.focus({ preventScroll: true });
  if (kept.value === null) return;
  element.value = kept.value;
  // No browser tells of a change to what a script has put there.
  element.dataset.unsent = "true";
  if (kept.at !== null) element.setSelectionRange(kept.at, kept.at);
}

function show(found, then = {}) {
  for (const id of found.open) open.add(id);
  const kept = whereOneIs();
  const top = scrollY;
  showing = true;
  page.innerHTML = found.html;
  showing = false;
  page.inert = false;
  held = null;
  readState();
  scrollTo(0, top);
  const wanted = [...(found.focus ? [found.focus] : then.focus || []), kept.id].filter(Boolean);
  const target = wanted.map((id) => document.getElementById(id)).find((element) => element && !element.disabled);
  if (!target) page.focus({ preventScroll: true });
  else if (target.id === kept.id) goBackTo(target, kept);
  else target.focus();
  say(found.said || then.said || "");
}

// What is typed leaves all places where they are, also a line at the end of a list.
const edit = (kind, path, value, then, as) => send("edit", { edit: { kind, path, value, as } }, then);
const editAlone = (kind, path, value, then) => sendAlone("edit", { edit: { kind, path, value } }, then);

function changed(element) {
  if (element.dataset.insert) {
    const line = element.value;
    // Empty at once for the next line; what was refused comes back.
    element.value = "";
    if (line.trim()) edit("insert", parsed(element, "insert"), line, { refused: () => giveBack(element.id, line) }, element.dataset.as);
    return;
  }
  element.dataset.sent = element.value;
  if (element.dataset.name) {
    if (element.value.trim()) edit("set", [...parsed(element, "name"), element.value.trim()], "", {}, "text");
  } else if (element.value === "" && !element.dataset.stays) {
    edit("remove", parsed(element, "path"));
  } else {
    edit("set", parsed(element, "path"), element.value, {}, element.dataset.as);
  }
}

function left(element, isChanged) {
  // A browser may take a field that goes with the old page for one that was left.
  if (showing || !(isChanged || element.dataset.unsent) || element.dataset.sent === element.value) return;
  delete element.dataset.unsent;
  if (element.dataset.path || element.dataset.insert || element.dataset.name) changed(element);
}

page.addEventListener("change", (event) => left(event.target, true));
page.addEventListener("focusout", (event) => left(event.target, false));

page.addEventListener("keydown", (event) => {
  // Enter takes a line over, as leaving it does; a text of the file is on one line.
  const element = event.target;
  if (event.key === "Enter" && (element.dataset.as || element.dataset.name) && element.tagName !== "SELECT") {
    event.preventDefault();
    element.blur();
    element.focus();
  }
});

function openOrClose(event, summary) {
  const details = summary.parentElement;
  const opens = !details.open;
  if (opens) open.add(details.id); else open.delete(details.id);
  // What is inside comes when it is asked for: a file may have hundreds of fields.
  if (opens && details.children.length === 1) {
    event.preventDefault();
    summary.id = summary.id || `s-${details.id}`;
    const refocus = () => document.querySelector(`#${CSS.escape(details.id)} > summary`).focus({ preventScroll: true });
    send("view", {}, { focus: [] }).then(refocus);
  }
}

function editByButton(button) {
  const made = parsed(button, "edit");
  const then = { said: button.dataset.said, focus: button.dataset.focus ? parsed(button, "focus") : [] };
  if (button.dataset.goto) open.add(button.dataset.goto);
  editAlone(made.kind, made.path, made.value, then).then(() => button.dataset.goto && go(button.dataset.goto));
}

function act(event, button) {
  const { jump, edit, goto, hear, do: action } = button.dataset;
  if (jump) {
    event.preventDefault();
    document.getElementById(jump).focus();
  } else if (edit) {
    editByButton(button);
  } else if (goto) {
    open.add(goto);
    send("view", {}).then(() => go(goto));
  } else if (hear) {
    speak(parsed(button, "hear"));
  } else if (action) {
    sendAlone(action, {}, { focus: ["conflict", button.id] });
  }
}

page.addEventListener("click", (event) => {
  const summary = event.target.closest("summary");
  const button = event.target.closest("button, a[data-jump]");
  if (summary) openOrClose(event, summary);
  else if (button) act(event, button);
});

function go(id) {
  const element = document.getElementById(id);
  if (!element) return;
  const target = element.querySelector("summary") || element;
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}

// What each form does with its values, for the place `path`; `first` is the id of its first field.
const FORMS = {
  add: ({ exercise }, { path, first, how }) => {
    if (how === "choice") editAlone("choice", path, exercise, { said: "It is a choice now." });
    else editAlone("insert", path, exercise, { focus: [first], said: `Added as number ${path[path.length - 1] + 1}.` });
  },
  new: ({ name, work }, { path }) => editAlone("new-exercise", path, { name: name.trim(), work }),
  phase: ({ title }, { path }) => {
    const then = { focus: [`add-g-phase-${path[1]}`], said: "The phase is added; give it an exercise." };
    editAlone("insert", path, { title: title.trim(), exercises: [] }, then);
  },
  from: ({ from }, { path, first }) => {
    const then = { focus: [first], said: "The phases of the other protocol are added." };
    editAlone("insert", path, { from: from.trim() }, then);
  },
  text: ({ text }) => editAlone("text", [], text, { focus: ["problems", "text"], said: "The text is taken over." }),
};
const NEEDED = { new: "name", phase: "title", from: "from" }; // the field without which a form does nothing

page.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const { action } = form.dataset;
  const values = Object.fromEntries(new FormData(form));
  const path = form.dataset.path && parsed(form, "path");
  const first = form.querySelector("input, select, textarea").id;
  if (NEEDED[action] && !values[NEEDED[action]].trim()) document.getElementById(first).focus();
  else if (FORMS[action]) FORMS[action](values, { path, first, how: event.submitter && event.submitter.value });
  else sendAlone(action, values, {});
});

async function speak(path) {
  // The change that the field may still be sending comes first.
  await turn;
  say("Speaking …");
  try {
    const answer = await post("hear", { path });
    if (!answer.ok) {
      say((await answer.json()).said);
      return;
    }
    if (sound) URL.revokeObjectURL(sound.src);
    sound = new Audio(URL.createObjectURL(await answer.blob()));
    sound.onended = () => say("");
    await sound.play();
  } catch (error) {
    say("It can't be played here.");
  }
}

addEventListener("pointerdown", () => { pressed = true; }, true);
for (const ending of ["pointerup", "pointercancel", "blur"]) {
  addEventListener(ending, () => {
    pressed = false;
    // The click comes right after, and is to find its button.
    const release = whenReleased;
    whenReleased = null;
    if (release) setTimeout(release, 30);
  }, true);
}

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    if (document.activeElement && document.activeElement.blur) document.activeElement.blur();
    if (document.getElementById("save")) sendAlone("save", {}, { focus: ["conflict"] });
  }
});

addEventListener("beforeunload", (event) => {
  const state = document.getElementById("state");
  if (state.dataset.saved !== "true") event.preventDefault();
});

// Dragging by the handle, with a mouse, pen or finger; the buttons beside it do the same by key.
page.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".grip");
  if (!grip) return;
  event.preventDefault();
  const row = grip.closest("[data-row]");
  const list = row.parentElement;
  const rows = [...list.children];
  const from = rows.indexOf(row);
  let to = from;
  grip.setPointerCapture(event.pointerId);
  row.classList.add("dragged");

  const move = (at) => {
    if (at.clientY < 90) scrollBy(0, -12);
    if (at.clientY > innerHeight - 40) scrollBy(0, 12);
    const middles = rows.map((each) => { const box = each.getBoundingClientRect(); return box.top + box.height / 2; });
    to = middles.filter((middle, number) => number !== from && middle < at.clientY).length;
    rows.forEach((each, number) => {
      each.classList.toggle("above", number === to && to < from);
      each.classList.toggle("below", number === to && to > from);
    });
  };
  const end = (isDone) => {
    grip.removeEventListener("pointermove", move);
    removeEventListener("keydown", escape, true);
    rows.forEach((each) => each.classList.remove("dragged", "above", "below"));
    if (isDone && to !== from) editAlone("move", [...parsed(list, "list"), from], to, { said: `Moved to place ${to + 1} of ${rows.length}.` });
  };
  const escape = (key) => { if (key.key === "Escape") { to = from; end(false); } };
  grip.addEventListener("pointermove", move);
  grip.addEventListener("pointerup", () => end(true), { once: true });
  grip.addEventListener("pointercancel", () => end(false), { once: true });
  addEventListener("keydown", escape, true);
});

readState();
