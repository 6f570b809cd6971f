"use strict";
// The page: theme, tables, figures and map, drawn anew when the colours or the width change.
const root = document.documentElement, darkWish = window.matchMedia("(prefers-color-scheme: dark)");
let chosenTheme = null, drawMap = () => {}, lastWidth = window.innerWidth;

function theme() {
  return forPrint ? "light" : chosenTheme || (darkWish.matches ? "dark" : "light");
}

function dress() {
  root.dataset.theme = theme();
  byId("theme").textContent = theme() === "dark" ? "Light" : "Dark";
}

function redraw() {
  dress();
  drawMap();
  return drawFigures();
}

byId("theme").addEventListener("click", () => { chosenTheme = theme() === "dark" ? "light" : "dark"; redraw(); });
darkWish.addEventListener("change", redraw);
window.addEventListener("beforeprint", () => { forPrint = true; redraw(); });
window.addEventListener("afterprint", () => { forPrint = false; redraw(); });
window.addEventListener("resize", () => { if (window.innerWidth !== lastWidth) { lastWidth = window.innerWidth; redraw(); } });
dress();
document.querySelectorAll("[data-table]").forEach(buildTable);
drawMap = startMap();
drawFigures().then(() => (root.dataset.ready = "yes"));
