"use strict";
// Figures: plain data from the page, with names of colours that the style sheet knows.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
let forPrint = false;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

function coloured(value) {
  if (typeof value === "string") return value[0] === "@" ? colour(value.slice(1)) : value;
  if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map(coloured);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one)]));
  }
  return value;
}

function shared(axis) {
  return { gridcolor: colour("edge"), zerolinecolor: colour("edge"), linecolor: colour("quiet"), ...axis };
}

function drawFigure(place) {
  const drawn = coloured(data.figures[place.dataset.figure]);
  // The width of the sheet is not known before it is printed: an upright A4 page holds this much.
  const small = place.classList.contains("small"), width = forPrint ? (small ? 320 : 650) : place.clientWidth;
  const narrow = width < 480 && !small;
  const layout = {
    ...drawn.layout,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif", size: narrow ? 10 : 12, color: colour("ink") },
    hoverlabel: { bgcolor: colour("sheet"), bordercolor: colour("edge"), font: { color: colour("ink") } },
    xaxis: shared(drawn.layout.xaxis),
    yaxis: shared(drawn.layout.yaxis),
    width,
    dragmode: false,
  };
  return Plotly.react(place, drawn.data, layout, { displayModeBar: false, responsive: false });
}

function drawFigures() {
  return Promise.all([...document.querySelectorAll("[data-figure]")].map(drawFigure));
}
