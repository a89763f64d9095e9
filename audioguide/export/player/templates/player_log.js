// How a session was: writing it down, looking at what was written, erasing it.

let isSaved = false; // what the form says is an entry already: a second tap on Save makes no other

function openLog() {
  isSaved = false;
  probeStorage();
  if (!chosen().length) byId("log-done").checked = body.classList.contains("finished");
  byId("log-said").textContent = "";
  askErase(false);
  drawLog();
}

const chosen = () => [...document.querySelectorAll("#log input[type=radio]:checked")];

function numberOf(name) {
  const radio = document.querySelector(`#log input[name=log-${name}]:checked`);
  return radio ? Number(radio.value) : null;
}

function drawLog() {
  const entries = allEntries();
  byId("log-trouble").textContent = plan.words.log[logTrouble] ?? "";
  byId("log-trouble").hidden = !logTrouble;
  drawChart(entries);
  byId("entries").replaceChildren(...entries.slice().reverse().map(entryItem));
  byId("no-entries").hidden = entries.length > 0;
  // With the erasing of damaged content goes what can't be shown.
  byId("log-files").hidden = !entries.length && logTrouble !== "unreadable";
}

function entryItem(entry) {
  const numbers = NUMBERS.filter((name) => entry[name] !== null).map((name) => `${plan.words.log[name]}\u00a0${entry[name]}`);
  const item = made("li");
  const day = fullDay.format(Date.parse(entry.at));
  item.append(made("b", "", day));
  for (const text of [entry.done ? "" : plan.words.log.part, numbers.join(" · "), entry.note]) {
    if (text) item.append(made("span", "", text));
  }
  item.lastChild.dir = "auto";
  item.append(eraserOf(entry, day));
  return item;
}

/** The button that erases one entry, in whose place it is asked once. */
function eraserOf(entry, day) {
  const words = plan.words.log;
  const [erase, agree, keep] = ["erase_yes", "erase_yes", "erase_no"].map((name) => made("button", "", words[name]));
  const question = made("div");
  erase.setAttribute("aria-label", filled(words.erase_one, { day }));
  question.setAttribute("role", "alertdialog");
  question.setAttribute("aria-label", words.erase_one_ask);
  question.append(made("p", "", words.erase_one_ask), keep, agree);
  erase.addEventListener("click", () => {
    erase.replaceWith(question);
    keep.focus();
  });
  keep.addEventListener("click", () => {
    question.replaceWith(erase);
    erase.focus();
  });
  agree.addEventListener("click", () => {
    const isErased = eraseEntry(entry);
    drawLog();
    byId("log-said").textContent = isErased ? words.erased_one : "";
    byId("log-save").focus();
  });
  return erase;
}

function saveEntry() {
  if (isSaved) return;
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, numberOf(name)]));
  const note = byId("log-note").value.trim();
  addEntry({ at: new Date().toISOString(), title: plan.title, done: byId("log-done").checked, ...numbers, note });
  for (const radio of chosen()) radio.checked = false;
  byId("log-note").value = "";
  isSaved = true;
  drawLog();
  byId("log-said").textContent = logTrouble ? "" : plan.words.log.saved;
}

function askErase(now) {
  byId("erase-ask").hidden = !now;
  byId("erase").hidden = now;
}

const LOG_CLICKS = {
  "log-save": saveEntry,
  erase: () => {
    askErase(true);
    byId("erase-no").focus();
  },
  "erase-no": () => {
    askErase(false);
    byId("erase").focus();
  },
  "erase-yes": () => {
    eraseEntries();
    askErase(false);
    drawLog();
    byId("log-said").textContent = plan.words.log.erased;
    byId("log-save").focus();
  },
};
for (const [id, act] of Object.entries(LOG_CLICKS)) byId(id).addEventListener("click", act);
byId("log").addEventListener("input", () => (isSaved = false));
addEventListener("storage", (event) => event.key === LOG_KEY && byId("log").open && drawLog());
