// The log in the browser's storage, one for all sessions of a protocol. What the storage does not take lives in the page.

const LOG_KEY = `audioguide-log:${plan.logKey}`;
const ASIDE_KEY = `audioguide-log-unreadable:${plan.logKey}`;
const NUMBERS = ["before", "after", "effort"];

let unkept = [];
let logTrouble = ""; // which sentence is to be said of the storage: refused, full, unreadable

const isNumber = (value) => value === null || (Number.isInteger(value) && value >= 0 && value <= 10);

function isEntry(entry) {
  return (
    entry !== null && typeof entry === "object" && typeof entry.note === "string" && typeof entry.done === "boolean" &&
    typeof entry.at === "string" && !Number.isNaN(Date.parse(entry.at)) && NUMBERS.every((name) => isNumber(entry[name])));
}

/** What is to be said where the storage refused something: an empty one without room is none, as in private windows. */
function troubleOf(error) {
  return error.name === "QuotaExceededError" && localStorage.length ? "full" : "refused";
}

/** Tries whether anything can be kept, before somebody writes. */
function probeStorage() {
  if (logTrouble === "unreadable") return;
  try {
    localStorage.setItem("audioguide-probe", "");
    localStorage.removeItem("audioguide-probe");
    logTrouble = "";
    keepAll();
  } catch (error) {
    logTrouble = troubleOf(error);
  }
}

/** The entries that are kept; null where the storage must not be written to. */
function keptEntries() {
  try {
    const text = localStorage.getItem(LOG_KEY);
    const found = parsed(text ?? "[]");
    const entries = Array.isArray(found) ? found.filter(isEntry) : [];
    if (!Array.isArray(found) || entries.length !== found.length) {
      // The next entry would replace what can't be read: a newer page may have written it.
      const before = localStorage.getItem(ASIDE_KEY);
      localStorage.setItem(ASIDE_KEY, before ? `${before}\n${text}` : text);
      localStorage.setItem(LOG_KEY, JSON.stringify(entries));
      logTrouble = "unreadable";
    }
    return entries;
  } catch (error) {
    logTrouble = troubleOf(error);
    return null;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const allEntries = () => [...(keptEntries() ?? []), ...unkept].sort((one, two) => Date.parse(one.at) - Date.parse(two.at));

function addEntry(entry) {
  unkept.push(entry);
  keepAll();
}

function keepAll() {
  // Read anew, as the same page may be open twice.
  const kept = unkept.length ? keptEntries() : null;
  if (kept === null) return;
  try {
    localStorage.setItem(LOG_KEY, JSON.stringify([...kept, ...unkept]));
    unkept = [];
    if (logTrouble === "full") logTrouble = "";
  } catch (error) {
    logTrouble = troubleOf(error);
  }
}

/** Erases one entry; returns whether the storage took that. */
function eraseEntry(entry) {
  const text = JSON.stringify(entry);
  const isOther = (each) => JSON.stringify(each) !== text;
  unkept = unkept.filter(isOther);
  const kept = keptEntries();
  if (kept === null) return true; // what the storage does not hand out is not on the page either
  try {
    if (!kept.every(isOther)) localStorage.setItem(LOG_KEY, JSON.stringify(kept.filter(isOther)));
    return true;
  } catch (error) {
    logTrouble = troubleOf(error);
    return false;
  }
}

function eraseEntries() {
  unkept = [];
  try {
    localStorage.removeItem(LOG_KEY);
    localStorage.removeItem(ASIDE_KEY);
    if (logTrouble === "unreadable") logTrouble = "";
  } catch {
    // Nothing was kept.
  }
}
