// How a session was: writing it down, looking at what was written, erasing it.

function openLog() {
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
  item.append(made("b", "", fullDay.format(Date.parse(entry.at))));
  for (const text of [entry.done ? "" : plan.words.log.part, numbers.join(" · "), entry.note]) {
    if (text) item.append(made("span", "", text));
  }
  item.lastChild.dir = "auto";
  return item;
}

function saveEntry() {
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, numberOf(name)]));
  const note = byId("log-note").value.trim();
  addEntry({ at: new Date().toISOString(), title: plan.title, done: byId("log-done").checked, ...numbers, note });
  for (const radio of chosen()) radio.checked = false;
  byId("log-note").value = "";
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
addEventListener("storage", (event) => event.key === LOG_KEY && byId("log").open && drawLog());
