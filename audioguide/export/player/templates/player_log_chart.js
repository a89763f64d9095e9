// The log as a small chart: pain before, pain after and effort over the weeks, told apart by shape and by colour.

const DAY_MS = 86_400_000;
const LAST_MS = 8.64e15; // the last moment of a browser's calendar, as far from 1970 as the first (ECMA-262, 21.4.1.1)
const CHART = { left: 24, right: 308, top: 10, bottom: 124 };
const MARKS = {
  before: (x, y) => `M${x - 4} ${y - 4}h8v8h-8z`,
  after: (x, y) => `M${x - 4.5} ${y}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z`,
  effort: (x, y) => `M${x} ${y - 5}l5 9h-10z`,
};

function drawnShape(name, attributes, text) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  if (text !== undefined) shape.textContent = text;
  return shape;
}

/** English as the rest of the page has it, with the day first. */
function dayFormat(options) {
  const language = document.documentElement.lang;
  try {
    return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options);
  } catch {
    return new Intl.DateTimeFormat(undefined, options); // a tag of nobody's language
  }
}

const shortDay = dayFormat({ day: "numeric", month: "short" });
const fullDay = dayFormat({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

function drawChart(entries) {
  const chart = byId("chart");
  const some = entries.some((entry) => NUMBERS.some((name) => entry[name] !== null));
  byId("chart-box").hidden = !some;
  chart.replaceChildren();
  if (!some) return;
  const [earliest, last] = [entries[0], entries[entries.length - 1]].map((entry) => Date.parse(entry.at));
  const midnight = new Date(earliest).setHours(0, 0, 0, 0);
  const first = Math.min(Number.isNaN(midnight) ? earliest : midnight, LAST_MS - 7 * DAY_MS);
  const span = Math.max(last - first, 7 * DAY_MS);
  const xOf = (ms) => CHART.left + 6 + ((ms - first) / span) * (CHART.right - CHART.left - 12);
  const yOf = (value) => CHART.bottom - (value / 10) * (CHART.bottom - CHART.top);
  chart.append(drawnShape("title", {}, chartInWords(entries)));
  drawGrid(chart, first, span, xOf, yOf);
  for (const name of NUMBERS) {
    const points = entries
      .filter((entry) => entry[name] !== null)
      .map((entry) => [xOf(Date.parse(entry.at)), yOf(entry[name])].map((at) => Math.round(at * 10) / 10));
    if (!points.length) continue;
    chart.append(drawnShape("path", { class: `course ${name}`, d: `M${points.map((point) => point.join(" ")).join("L")}` }));
    chart.append(drawnShape("path", { class: `mark ${name}`, d: points.map((point) => MARKS[name](...point)).join("") }));
  }
}

/** A line for every week from the first entry on, for fewer where there are many, and the numbers at the side. */
function drawGrid(chart, first, span, xOf, yOf) {
  const step = 7 * DAY_MS * Math.ceil(span / (26 * 7 * DAY_MS));
  for (let ms = first; ms <= first + span; ms += step) {
    chart.append(drawnShape("path", { class: "grid", d: `M${xOf(ms).toFixed(1)} ${CHART.top}V${CHART.bottom}` }));
  }
  for (const value of [0, 5, 10]) {
    chart.append(drawnShape("path", { class: "grid", d: `M${CHART.left} ${yOf(value)}H${CHART.right}` }));
    chart.append(drawnShape("text", { x: CHART.left - 6, y: yOf(value) + 4, "text-anchor": "end" }, value));
  }
  const ends = [[first, "start", CHART.left], [first + span, "end", CHART.right]];
  for (const [ms, anchor, x] of ends) {
    chart.append(drawnShape("text", { x, y: CHART.bottom + 17, "text-anchor": anchor }, shortDay.format(ms)));
  }
}

/** The chart for who can't see it: its days, and each number at its beginning and at its end. */
function chartInWords(entries) {
  const [first, last] = [entries[0], entries[entries.length - 1]].map((entry) => shortDay.format(Date.parse(entry.at)));
  const courses = NUMBERS.map((name) => {
    const values = entries.map((entry) => entry[name]).filter((value) => value !== null);
    if (!values.length) return "";
    const words = { name: plan.words.log[name], first: values[0], last: values[values.length - 1] };
    return filled(plan.words.log.course, words);
  });
  return [filled(plan.words.log.chart, { first, last }), ...courses].filter(Boolean).join(". ");
}

/** A sentence with its names in braces filled in. */
const filled = (sentence, words) => sentence.replace(/\{(\w+)\}/g, (_, name) => words[name]);
