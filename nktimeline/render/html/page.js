// Hides what is not asked for. The list is in the page already: nothing here writes what a log says
// but as text, and nothing is fetched. Days are texts such as 2023-07-25, which sort as days do.
"use strict";
{
const MIN = "0001-01-01", MAX = "9999-12-31";
const NO = 0, POSSIBLY = 1, SURELY = 2;

// -- Dates in EDTF, as dates.py and windows.py read them. A window is [first, last].

const ATOM = /^(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([?~%]?)$/;
const DIVISIONS = {
  21: [3, 5], 22: [6, 8], 23: [9, 11], 24: [12, 12],
  33: [1, 3], 34: [4, 6], 35: [7, 9], 36: [10, 12],
};

function iso(year, month, day) {
  const two = (number) => String(number).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

function lengthOf(year, month) {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function monthEnd(year, month) {
  return iso(year, month, lengthOf(year, month));
}

function addDays(day, step) {
  if (day === (step < 0 ? MIN : MAX)) return day;
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + step);
  return moved.toISOString().slice(0, 10);
}

// The year and month so many months away; null beyond the calendar's ends.
function addMonths(day, step) {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + step;
  return index < 12 || index >= 120000 ? null : [Math.floor(index / 12), (index % 12) + 1];
}

// The days of a date without interval or set, and how many months its unit has: 0 for a day.
function calendar(year, month, day) {
  const low = year.replaceAll("X", "0"), high = year.replaceAll("X", "9");
  if (low === "0000" || (year.includes("X") && month)) return null;
  if (!month || month === "XX") {
    if (day && day !== "XX") return null;
    return [`${low}-01-01`, `${high}-12-31`, 12 * 10 ** (year.split("X").length - 1)];
  }
  if (DIVISIONS[month] && !day) {
    const [begin, end] = DIVISIONS[month];
    return [iso(low, begin, 1), monthEnd(Number(low), end), 3];
  }
  if (month < "01" || month > "12") return null;
  const last = monthEnd(Number(low), Number(month));
  if (!day || day === "XX") return [iso(low, month, 1), last, 1];
  const only = `${low}-${month}-${day}`;
  return day < "01" || only > last ? null : [only, only, 0];
}

// One date; `~` and `%` widen it by one unit at both sides.
function atom(text) {
  const found = ATOM.exec(text);
  const read = found && calendar(found[1], found[2], found[3]);
  if (!read) return null;
  const [first, last, months] = read;
  if (!"~%".includes(found[4] || "-")) return { first, last, reach: [first, last] };
  if (!months) return { first, last, reach: [addDays(first, -1), addDays(last, 1)] };
  const before = addMonths(first, -months), after = addMonths(last, months);
  const reach = [before ? iso(...before, 1) : MIN, after ? monthEnd(...after) : MAX];
  return { first, last, reach };
}

const OPEN = { first: MIN, last: MAX, reach: [MIN, MAX] };

// What people write, as EDTF writes it: in_edtf of spellings.py. Words such as `last month` are not
// for a page, which does not know on which day it is read.

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NAMED = "(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?" +
  "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const YEAR = "(?<year>\\d{4})", DAY = "(?<day>\\d{1,2})(?:st|nd|rd|th)?";
const FORMS = [
  `${YEAR}[-/.](?<month>\\d{1,2})(?:[-/.](?<day>\\d{1,2}))?`, `(?<month>\\d{1,2})[-/.]${YEAR}`,
  `${YEAR}(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\\d|3[01])`,
  `${NAMED},? ${YEAR}`, `${DAY} ${NAMED},? ${YEAR}`, `${NAMED} ${DAY},? ${YEAR}`,
  `${YEAR}-?q(?<quarter>[1-4])`, `q(?<quarter>[1-4]) ${YEAR}`, "(?<decade>\\d{3})0s",
  `(?<season>spring|summer|autumn|fall),? (?:of )?${YEAR}`,
  `${YEAR}[- ]?h(?<half>[12])`, `h(?<half>[12]) ${YEAR}`,
].map((form) => new RegExp(`^${form}$`));
const FROM_TO = [
  /^(.*?) ?\.\.\.? ?(.*)$/, /^(.+?) ?(?:–|-(?= ?\d{4})| to | until ) ?(.+)$/,
];
const SEASONS = { spring: 21, summer: 22, autumn: 23, fall: 23 };
const HALVES = { 1: ["01", "06"], 2: ["07", "12"] };

function inEdtf(text) {
  const words = text.toLowerCase().trim().split(/\s+/u).join(" ");
  const days = /^(\d{4}-\d{2}-)(\d{2})\/(\d{2})$/.exec(words); // 2023-09-13/17
  if (days) return `${days[1]}${days[2]}/${days[1]}${days[3]}`;
  return one(words) || fromTo(words) || words.toUpperCase();
}

function one(words) {
  const { groups } = FORMS.map((form) => form.exec(words)).find(Boolean) || {};
  if (!groups) return null;
  const { year, month, day, quarter, decade, season, half } = groups;
  if (decade) return `${decade}X`;
  if (season) return `${year}-${SEASONS[season]}`;
  if (half) return HALVES[half].map((end) => `${year}-${end}`).join("/");
  if (quarter) return `${year}-${Number(quarter) + 32}`;
  const number = MONTHS.indexOf(month.slice(0, 3)) + 1 || month;
  return [year, number, ...(day ? [day] : [])].map((part) => String(part).padStart(2, "0")).join("-");
}

function fromTo(words) {
  const [, ...ends] = FROM_TO.map((form) => form.exec(words)).find((m) => m && (m[1] || m[2])) || [];
  const read = ends.map((end) => (/^\d{4}(-\d{2}){0,2}$/.test(end) ? end : end ? one(end) : ".."));
  return read.length && read.every(Boolean) ? read.join("/") : null;
}

// The days that a date could touch, as windows; null for what is no date.
function spans(written) {
  if (written.length > 100) return null;
  const text = inEdtf(written);
  if (text.startsWith("[")) return text.endsWith("]") ? oneOf(text.slice(1, -1)) : null;
  const ends = text.split("/");
  if (ends.length === 1) return joined([atom(text)].map((one) => one && one.reach));
  if (ends.length > 2 || ends.every((end) => end === "" || end === "..")) return null;
  const [a, b] = ends.map((end) => (end === "" || end === ".." ? OPEN : atom(end)));
  return a && b && a.first <= b.last ? joined([[a.reach[0], b.reach[1]]]) : null;
}

function oneOf(text) {
  const inside = text.replaceAll(", ", ",");
  if (inside.includes(",..") || inside.includes("..,")) return null;
  return joined(inside.split(",").map((part) => {
    const [left, ...rest] = part.split("..");
    const right = rest.join("..");
    if (!rest.length) return (atom(part) || {}).reach;
    if (!left && !right) return null;
    const a = left ? atom(left) : OPEN, b = right ? atom(right) : OPEN;
    return a && b && a.first <= b.last ? [a.reach[0], b.reach[1]] : null;
  }));
}

// A day, or a month, of each year that the list has.
function everyYear(text, [begin, end]) {
  const [, month, day] = /^XXXX-(\d{2})(?:-(\d{2}))?$/.exec(text) || [];
  if (!month || !calendar("2000", month, day) || month > "12") return null;
  const windows = [];
  for (let year = Number(begin.slice(0, 4)); year <= Number(end.slice(0, 4)); year++) {
    const last = monthEnd(year, Number(month)), only = iso(year, month, day || 1);
    if (!day) windows.push([only, last]);
    else if (only <= last) windows.push([only, only]);
  }
  return joined(windows);
}

// -- Sets of days, as days.py has them: windows in order, with other days between them.

function joined(windows) {
  if (windows.includes(null) || windows.includes(undefined)) return null;
  const result = [];
  for (const [first, last] of windows.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))) {
    const before = result.at(-1);
    if (first > last) continue;
    if (before && first <= addDays(before[1], 1)) before[1] = last > before[1] ? last : before[1];
    else result.push([first, last]);
  }
  return result;
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

function meet(some, others) {
  return joined(some.flatMap((a) => others.map((b) => [later(a[0], b[0]), earlier(a[1], b[1])])));
}

function later(a, b) {
  return a > b ? a : b;
}

function earlier(a, b) {
  return a < b ? a : b;
}

function hold(days, [first, last]) {
  const near = days.findLast((window) => window[0] <= last);
  if (!near || near[1] < first) return NO;
  return near[0] <= first && last <= near[1] ? SURELY : POSSIBLY;
}

// Whether an event's date lies within days: When.within of dates.py.
function within(event, days) {
  if (!event.sure) {
    const answers = event.spans.map((span) => hold(days, span));
    return answers.every((answer) => answer === answers[0]) ? answers[0] : POSSIBLY;
  }
  if (hold(days, [event.spans[0][0], event.spans.at(-1)[1]]) === NO) return NO;
  const [begun, ended] = event.sure;
  const sure = begun <= ended
    ? hold(days, [begun, ended]) !== NO
    : hold(days, [ended, begun]) === SURELY;
  return sure ? SURELY : POSSIBLY;
}

// The days that options ask for; null where one of them is no date, or the window is none.
function daysOf(asked, extent) {
  const since = values(asked, "since").map(spans), until = values(asked, "until").map(spans);
  const on = values(asked, "on").map((text) => daysOn(text, extent));
  if ([...since, ...until, ...on].includes(null)) return null;
  const first = since.map((days) => days[0][0]).reduce(earlier, since.length ? MAX : MIN);
  const last = until.map((days) => days.at(-1)[1]).reduce(later, until.length ? MIN : MAX);
  if (first > last) return null;
  return on.length ? meet([[first, last]], joined(on.flat())) : [[first, last]];
}

function daysOn(text, extent) {
  return /^xxxx/i.test(text) ? everyYear(text.toUpperCase(), extent) : spans(text);
}

// -- Texts, compared as folding.py compares them.

const LETTERS = "a-zß-ʯͰ-ԯḀ-ỿἀ-῿Ⱡ-ⱿꙀ-ꚟ꜠-ꟿ";
const MARKS = "\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f";
const OWN_MARK = "и\\u0306|у\\u0306|і\\u0308|г\\u0301|к\\u0301"; // й ў ї ѓ ќ
const ACCENTED = new RegExp(`(${OWN_MARK}|[${LETTERS}])[${MARKS}]*`, "gu");
const FILLERS = "\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180d\\u180f\\u3164\\uffa0";
const SELECTORS = "\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}";
const INVISIBLE = new RegExp(`[\\p{Cf}${FILLERS}${SELECTORS}]`, "gu");
const TYPED = {
  æ: "ae", ð: "d", ø: "o", þ: "th", đ: "d", ħ: "h", ı: "i", ł: "l", ŋ: "ng", œ: "oe", ŧ: "t",
  ƙ: "k", ƴ: "y", ɓ: "b", ɗ: "d", ɨ: "i", ς: "σ",
};
const STROKED = new RegExp(`[${Object.keys(TYPED).join("")}]`, "gu");
const INITIALS = /\.(?<=(?<![\p{L}\p{N}_])[\p{L}\p{Nl}\p{No}]\.)(?![\p{L}\p{N}]{2})/gu;
const THOUSANDS = /(?<=\p{Nd}),(?=\p{Nd}{3})/gu;
const APOSTROPHES = /['’ʼʻ‘`]/gu;
const PUNCTUATION = /(?![%&@#*])\p{P}/gu;
const UNSPACED = ["Han", "Hiragana", "Katakana", "Bopomofo", "Thai", "Lao", "Myanmar", "Khmer"]
  .map((script) => `\\p{Script=${script}}`).join("");
const ALONE = new RegExp(`(?![〡-〩〻])[%&@#*\\p{S}${UNSPACED}ー・〆\\u302a-\\u302d]`, "gu");

function fold(text) {
  const apart = text.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase().normalize("NFKD");
  const typed = apart.replace(INVISIBLE, "").replace(STROKED, (letter) => TYPED[letter]);
  return typed.replace(ACCENTED, "$1").normalize("NFC");
}

// Most of a log is ASCII, for which classes of Unicode are not looked through: a third of the time.
const PLAIN = /^[\x00-\x7f]*$/;
const PLAIN_INITIALS = /\.(?<=(?<![a-z0-9_])[a-z]\.)(?![a-z0-9]{2})/g;

function spokenPlain(text) {
  const bare = text.toLowerCase().replace(PLAIN_INITIALS, "").replace(/(?<=\d),(?=\d{3})/g, "");
  const apart = bare.replace(/['`]/g, "").replace(/[!"(),\-./:;?[\\\]_{}]/g, " ");
  return apart.replace(/[%&@#*$+<=>^|~]/g, " $& ").trim().replace(/\s+/g, " ");
}

function spoken(text) {
  if (PLAIN.test(text)) return spokenPlain(text);
  const bare = fold(text).replace(INITIALS, "").replace(THOUSANDS, "").replace(APOSTROPHES, "");
  return bare.replace(PUNCTUATION, " ").replace(ALONE, " $& ").trim().split(/\s+/u).join(" ");
}

// Whether one of the texts has one of the phrases, all of them as spoken, from the beginning of a word on.
function says(texts, phrases) {
  return phrases.some((phrase) => phrase && texts.includes(` ${phrase}`));
}

const spokenNames = new Map(); // half of all texts are names, and one in ten of these is another

function heard(article, selector) {
  return Array.from(article.querySelectorAll(selector), ({ className, textContent }) => {
    if (!className.startsWith("name")) return ` ${spoken(textContent)}`;
    if (!spokenNames.has(textContent)) spokenNames.set(textContent, ` ${spoken(textContent)}`);
    return spokenNames.get(textContent);
  }).join("\n");
}

// -- Events, and what can be asked of them besides days; the names are those of the options.

class Event {
  constructor(article) {
    const { days, sure, kind, actors, tags, status, mark } = article.dataset;
    this.article = article;
    this.spans = days.split(" ").map((span) => span.split("/"));
    this.sure = sure && sure.split("/");
    this.most = mark === "possible" ? POSSIBLY : SURELY; // as the page was made
    this.kind = kind;
    this.status = status;
    this.actors = (actors || "").split(" ");
    this.tags = (tags || "").split(" ");
  }

  get texts() {
    return (this.heard ??= heard(this.article, ".said"));
  }

  get place() {
    return heard(this.article, ".place");
  }
}

const CONDITIONS = {
  actor: (event, ids) => ids.some((id) => event.actors.includes(id)),
  with: (event, ids) => ids.every((id) => event.actors.includes(id)),
  kind: (event, kinds) => kinds.includes(event.kind),
  tag: (event, tags) => tags.some((tag) => event.tags.includes(tag)),
  place: (event, places) => says(event.place, places),
  status: (event, statuses) => statuses.includes(event.status),
  grep: (event, phrases) => says(event.texts, phrases),
  "not-actor": (event, ids) => !CONDITIONS.actor(event, ids),
  "not-kind": (event, kinds) => !CONDITIONS.kind(event, kinds),
  "not-tag": (event, tags) => !CONDITIONS.tag(event, tags),
};
const DAYS = ["since", "until", "on"];
const OPTIONS = [...DAYS, "certain", ...Object.keys(CONDITIONS)];
const ONLY_IN_A_TERMINAL = ["guest", "host", "level", "source", "origin", "only-origin", "min-origins",
  "max-origins", "min-lag", "as-known", "limit", "context"];

function sought(name, values) {
  return name === "grep" || name === "place" ? values.map(spoken) : values;
}

function values(asked, name) {
  return asked.filter((pair) => pair[0] === name).map((pair) => pair[1]);
}

// -- The same question as a command line.

// Two questions as one, or null: an option that is repeated mostly widens, and both are to narrow.
function both(given, asked) {
  const result = given.filter((pair) => !values(asked, pair[0]).length);
  for (const name of OPTIONS) {
    const before = values(given, name), now = values(asked, name);
    if (!now.length) continue;
    const narrower = before.length ? narrow(name, before, now) : now.map((value) => [name, value]);
    if (!narrower) return null;
    result.push(...narrower);
  }
  return result.sort((a, b) => OPTIONS.indexOf(a[0]) - OPTIONS.indexOf(b[0]));
}

function narrow(name, before, now) {
  const named = (some) => some.map((value) => [name, value]);
  if (String(before) === String(now) || name === "certain") return named(before);
  if (name === "with" || name.startsWith("not-")) return named([...before, ...now]);
  if (name === "actor" && now.length === 1) return [...named(before), ["with", now[0]]];
  if (name === "since" || name === "until") {
    const [a, b] = [before, now].map((some) => daysOf(named(some), [MIN, MAX]));
    const tighter = a && b && (name === "since" ? a[0][0] < b[0][0] : a[0][1] > b[0][1]);
    return named(tighter ? now : before);
  }
  return null;
}

function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

function command(options) {
  const words = options.map(([name, value]) => {
    if (name === "certain") return "--certain";
    if (name === "term") return quoted(value);
    return `--${name}${value.startsWith("-") ? "=" : " "}${quoted(value)}`;
  });
  return ["nktimeline show", ...words];
}

// -- The page.

const main = document.querySelector("main");
const form = document.querySelector("form");
const count = document.querySelector(".count");
const trouble = document.querySelector(".trouble");
const chips = document.querySelector(".asked");
const line = document.querySelector(".command");
const sections = [...document.querySelectorAll("section.month, section.year")].reverse();
const months = [...document.querySelectorAll("nav a")];
const events = Array.from(document.querySelectorAll("article"), (article) => new Event(article));
const extent = main.dataset.extent.split("/");
const given = line ? [...new URLSearchParams(line.dataset.asked)] : [];
const STEPS = 10;
const NO_COMMAND = "no single command asks this of the events of this page";
let asked = [];

// What the fragment asks; without a "=" it is the id of an event, and asks nothing.
function read() {
  const fragment = location.hash.slice(1);
  if (!fragment.includes("=")) return [];
  return [...new URLSearchParams(fragment)].filter((pair) => OPTIONS.includes(pair[0]));
}

function fragment(pairs) {
  return `#${new URLSearchParams(pairs)}`;
}

function show() {
  const conditions = Object.keys(CONDITIONS).filter((name) => values(asked, name).length)
    .map((name) => [CONDITIONS[name], sought(name, values(asked, name))]);
  const mine = daysOf(asked, extent), theirs = daysOf(given, extent);
  const days = mine && meet(mine, theirs);
  const certain = values([...given, ...asked], "certain").length > 0;
  const beginning = new Map();
  let shown = 0, possible = 0;
  for (const event of events) {
    const holds = conditions.every(([condition, sought]) => condition(event, sought));
    const found = holds && days ? Math.min(within(event, days), event.most) : NO;
    const kept = found === SURELY || (found === POSSIBLY && !certain);
    event.article.hidden = !kept;
    if (kept && found === POSSIBLY) event.article.dataset.mark = "possible";
    else if (event.article.dataset.mark === "possible") delete event.article.dataset.mark;
    shown += kept;
    possible += kept && found === POSSIBLY;
    const { month } = event.article.parentElement.dataset;
    if (holds && month) beginning.set(month, (beginning.get(month) || 0) + 1);
  }
  for (const section of sections) section.hidden = !section.querySelector("article:not([hidden])");
  tell(shown, possible);
  drawMonths(beginning);
}

function tell(shown, possible) {
  const parts = [`${shown} of ${events.length} events`];
  if (possible) parts.push(`${possible} of them possible (≈)`);
  count.textContent = parts.join(", ");
  trouble.textContent = [...troubles()].join("; ");
  chips.replaceChildren(...asked.map(chip));
  chips.hidden = !asked.length;
  if (line) {
    const options = both(given, asked);
    const words = options ? command(options) : [NO_COMMAND];
    line.lastElementChild.replaceChildren(...words.flatMap((word) => [unbroken(word), " "]));
  }
}

// What of the question cannot be answered, in words.
function* troubles() {
  for (const [name, text] of asked) {
    const read = !DAYS.includes(name) || (name === "on" ? daysOn(text, extent) : spans(text));
    if (!read) yield `"${text}" is no date; write 2023, 2023-07, 25 Jul 2023 or 2023Q3`;
  }
  const keys = location.hash.includes("=") ? new URLSearchParams(location.hash.slice(1)).keys() : [];
  for (const name of new Set(keys)) {
    if (ONLY_IN_A_TERMINAL.includes(name)) yield `only a terminal can ask by ${name}: not heeded here`;
  }
}

// A word of a command, which is not broken at its hyphens.
function unbroken(word) {
  const span = document.createElement("span");
  span.textContent = word;
  return span;
}

function drawMonths(beginning) {
  const most = Math.max(1, ...beginning.values());
  const others = asked.filter((pair) => !DAYS.includes(pair[0]));
  for (const link of months) {
    const { when, name } = link.dataset;
    const current = ["since", "until"].every((edge) => String(values(asked, edge)) === when);
    link.href = fragment(current ? others : [["since", when], ["until", when], ...others]);
    if (current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (!name) continue;
    const number = beginning.get(when) || 0;
    link.className = `bar high${Math.ceil((STEPS * number) / most)}`;
    link.title = `${name}: ${number} event${number === 1 ? "" : "s"}`;
    link.setAttribute("aria-label", link.title);
  }
}

// A filter in use, as a button that takes it away.
function chip(pair, place) {
  const item = document.createElement("li"), button = document.createElement("button");
  const [name, value] = pair, field = form.elements[name];
  const label = field?.labels[0].firstChild.data.trim() || name;
  const option = Array.from(field?.options || []).find((one) => one.value === value);
  button.type = "button";
  button.textContent = `${label}${value && ": "}${option ? option.textContent : value}`;
  button.setAttribute("aria-label", `Remove ${button.textContent}`);
  button.addEventListener("click", () => {
    ask(asked.filter((_, other) => other !== place));
    fill();
    const next = chips.children[Math.min(place, chips.children.length - 1)];
    (next ? next.firstChild : form.elements.grep).focus();
  });
  item.append(button);
  return item;
}

function ask(pairs) {
  asked = pairs;
  history.replaceState(null, "", asked.length ? fragment(asked) : location.pathname);
  show();
  scrollTo(0, 0);
}

function fill() {
  for (const input of form.querySelectorAll("input")) {
    input.value = values(asked, input.name)[0] || "";
  }
}

function idIn(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return ""; // a "%" that encodes nothing
  }
}

function follow() {
  asked = read();
  show();
  fill();
  const target = !asked.length && document.getElementById(idIn(location.hash));
  if (target) target.scrollIntoView();
  else scrollTo(0, 0);
}

// A choice adds a filter. By keyboard a closed list passes through its options, each of which is
// "input": until another field is gone to, the next one takes the place of the one before.
let passing = null;

function choose(name, value) {
  const others = asked.filter((pair) => pair !== passing);
  const known = !value || values(others, name).includes(value);
  passing = known ? null : [name, value];
  ask(known ? others : [...others, passing]);
}

function settle({ target }) {
  if (target.localName !== "select") return;
  passing = null;
  target.value = "";
}

form.addEventListener("pointerdown", settle);
form.addEventListener("focusout", settle);
form.addEventListener("input", ({ target }) => {
  const { name, value } = target;
  const added = value ? [[name, value]] : [];
  if (target.localName === "select") {
    choose(name, value);
    return;
  }
  const [, ...others] = values(asked, name);
  const rest = asked.filter((pair) => pair[0] !== name);
  ask([...rest, ...added, ...others.map((other) => [name, other])]);
});
form.addEventListener("reset", () => ask([]));
form.addEventListener("submit", (event) => event.preventDefault());
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.tabIndex = -1;
  main.focus();
});
addEventListener("hashchange", follow);

form.hidden = false;
if (line) line.hidden = false;
const narrowPage = matchMedia("(max-width: 60rem)").matches;
for (const part of document.querySelectorAll("details")) part.open = !narrowPage;
if (location.hash) follow();
else show();

// Texts are prepared for a search while nothing else is to do, so that its first letter is no slower.
const idle = globalThis.requestIdleCallback || setTimeout;
function prepare(from) {
  const until = performance.now() + 8;
  let place = from;
  while (place < events.length && performance.now() < until) void events[place++].texts;
  if (place < events.length) idle(() => prepare(place));
}
idle(() => prepare(0));
}
