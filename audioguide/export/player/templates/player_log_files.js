// The log as files, for a table and for programs: by the phone's sheet where it takes files, else as a download.

// What a spreadsheet would take for a formula, also in the wide signs of East Asian keyboards.
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r]/;

function csvCell(value) {
  const text = String(value ?? "");
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function localTime(at) {
  const date = new Date(at);
  const two = (number) => String(number).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function logAsCsv(entries) {
  const { day, session, done, before, after, effort, note } = plan.words.log;
  const rows = entries.map((entry) => [
    localTime(entry.at), entry.title, entry.done ? 1 : 0, ...NUMBERS.map((name) => entry[name]), entry.note]);
  const lines = [[day, session, done, before, after, effort, note], ...rows].map((row) => row.map(csvCell).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`; // without the mark Excel reads no UTF-8
}

function logAsJson(entries) {
  const unreadable = stored(ASIDE_KEY);
  const log = { format: 1, protocol: plan.protocol, title: plan.title, entries, ...(unreadable && { unreadable }) };
  return `${JSON.stringify(log, null, 2)}\n`;
}

async function handOn(ending, type, text) {
  const name = `${plan.logKey.replace(/[^\p{L}\p{N}]+/gu, "-")}-log.${ending}`;
  const file = new File([text], name, { type });
  if (navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file] });
    } catch (error) {
      if (error.name === "AbortError") return; // who closes the sheet wants no download either
    }
  }
  const link = made("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

byId("csv").addEventListener("click", () => handOn("csv", "text/csv", logAsCsv(allEntries())));
byId("json").addEventListener("click", () => handOn("json", "application/json", logAsJson(allEntries())));
