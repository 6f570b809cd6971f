"use strict";
// Long tables: sorted by a click on a heading, searched, turned over in pages, handed out as CSV.
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const exact = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const SHORT = 24; // letters of a command that are shown beside its button
const isFigure = (value, kind) => kind === "number" || kind === "share" || (kind === "value" && typeof value === "number");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function shown(value, kind) {
  if (value === null || value === "") return "";
  if (kind === "number") return whole.format(value).replace("-", "\u2212");
  if (kind === "value" && typeof value === "number") return exact.format(value).replace("-", "\u2212");
  if (kind === "share") return (100 * value).toFixed(1) + "\u00a0%";
  if (kind === "date") return `${Number(value.slice(8))} ${MONTHS[Number(value.slice(5, 7)) - 1]}`;
  return String(value);
}

function strip(counts) {
  const [mark, ...days] = counts;
  const most = Math.max(1, ...days), step = 5, high = 22;
  const bars = days.map((n, day) => n ? `<rect x="${day * step}" y="${high - Math.max(1, (n / most) * high)}" width="4" height="${Math.max(1, (n / most) * high)}" fill="var(--bar)"/>` : "").join("");
  const line = mark ? `<path d="M${(mark - 0.5) * step - 0.5} 0V${high + 4}" stroke="var(--accent)" stroke-width="2"/>` : "";
  const words = mark ? "a bar a day; the line is the record" : "a bar a day; the record has no date";
  return `<svg width="${days.length * step}" height="${high + 4}" role="img" aria-label="${words}"><path d="M0 ${high + 0.5}H${days.length * step}" stroke="var(--edge)"/>${bars}${line}</svg>`;
}

function csvOf(table) {
  const quote = (value) => /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  const cell = (value, column) => {
    if (value === null) return "";
    if (column.kind === "command") return quote(table.commands[column.key] + value);
    return quote(Array.isArray(value) ? value.slice(1).join(" ") : String(value));
  };
  const lines = [table.columns.map((one) => quote(one.label)).join(",")];
  for (const row of table.rows) lines.push(row.map((value, at) => cell(value, table.columns[at])).join(","));
  return lines.join("\r\n") + "\r\n";
}

function download(name, text) {
  const link = element("a", { href: URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv;charset=utf-8" })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function compare(one, other) {
  if (one === null || one === "") return other === null || other === "" ? 0 : 1;
  if (other === null || other === "") return -1;
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "en", { numeric: true });
}

function cell(table, row, at) {
  const column = table.columns[at], value = row[at];
  if (column.kind === "days") return element("td", { className: "strip", innerHTML: strip(value) });
  if (column.kind === "command") {
    const command = table.commands[column.key] + value;
    const button = element("button", { type: "button", textContent: "Copy", title: command });
    button.addEventListener("click", () => copy(command, button));
    return value.length > SHORT ? element("td", {}, button) : element("td", {}, element("code", { textContent: value }), " ", button);
  }
  const number = isFigure(value, column.kind);
  const text = shown(value, column.kind);
  return element("td", { className: number ? "number" : column.kind === "note" ? "long" : column.kind === "date" ? "date" : "", textContent: text });
}

function copy(text, button) {
  const done = () => { button.textContent = "Copied"; setTimeout(() => (button.textContent = "Copy"), 1500); };
  // Pages from files may lack the clipboard interface; a selected field does the same.
  const field = element("textarea", { value: text });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  done();
}

function buildTable(place) {
  const table = data.tables[place.dataset.table];
  const state = { at: 0, sort: table.columns.findIndex((one) => one.key === table.sort), up: true, wanted: "", rows: table.rows };
  const search = element("input", { type: "search", placeholder: "Search", ariaLabel: "Search " + place.dataset.caption });
  const back = element("button", { type: "button", textContent: "Back" });
  const on = element("button", { type: "button", textContent: "Next" });
  const save = element("button", { type: "button", textContent: "Download CSV" });
  const count = element("output", { className: "count" });
  const size = element("select", { ariaLabel: "Rows a page" });
  for (const rows of [...new Set([table.page, 10, 50, 200])].sort((a, b) => a - b)) size.append(element("option", { value: rows, textContent: rows + " rows" }));
  size.value = table.page;
  const heads = table.columns.map((one, at) => {
    const name = element("button", { type: "button", textContent: one.label, title: one.hint });
    name.addEventListener("click", () => { state.up = state.sort === at ? !state.up : true; state.sort = at; refresh(); });
    return element("th", { scope: "col", className: isFigure(0, one.kind) ? "number" : "" }, name);
  });
  const body = element("tbody");
  const caption = place.dataset.caption;
  const drawn = element("table", { ariaLabel: caption }, element("thead", {}, element("tr", {}, ...heads)), body);
  place.append(
    element("div", { className: "tools" }, search, size, back, on, save, count),
    element("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: caption }, drawn),
  );

  function refresh() {
    const words = state.wanted.toLowerCase().split(/\s+/).filter(Boolean);
    const text = (row) => row.map((value, at) => Array.isArray(value) ? "" : value + " " + shown(value, table.columns[at].kind)).join(" ").toLowerCase();
    state.rows = words.length ? table.rows.filter((row) => { const all = text(row); return words.every((word) => all.includes(word)); }) : [...table.rows];
    if (state.sort >= 0) {
      const key = (row) => Array.isArray(row[state.sort]) ? row[state.sort].slice(1).reduce((a, b) => a + b, 0) : row[state.sort];
      state.rows.sort((one, other) => {
        const order = compare(key(one), key(other));
        const empty = [key(one), key(other)].some((value) => value === null || value === "");
        return state.up || empty ? order : -order;
      });
    }
    state.at = 0;
    show();
  }

  function show() {
    const page = Number(size.value), rows = state.rows.slice(state.at, state.at + page);
    body.replaceChildren(...rows.map((row) => element("tr", {}, ...row.map((_, at) => cell(table, row, at)))));
    heads.forEach((head, at) => at === state.sort ? head.setAttribute("aria-sort", state.up ? "ascending" : "descending") : head.removeAttribute("aria-sort"));
    back.disabled = state.at === 0;
    on.disabled = state.at + page >= state.rows.length;
    count.textContent = state.rows.length ? `${state.at + 1} to ${state.at + rows.length} of ${whole.format(state.rows.length)}` : "nothing found";
  }

  search.addEventListener("input", () => { state.wanted = search.value; refresh(); });
  size.addEventListener("change", () => { state.at = 0; show(); });
  back.addEventListener("click", () => { state.at = Math.max(0, state.at - Number(size.value)); show(); });
  on.addEventListener("click", () => { state.at += Number(size.value); show(); });
  save.addEventListener("click", () => download(table.name + ".csv", csvOf(table)));
  refresh();
}
