"use strict";
// The map: hexes coloured by the chance that the Soviet side holds them, evening by evening.
const ROOT3 = Math.sqrt(3);
const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const bit = (bits, at) => (bits[at >> 3] >> (7 - (at & 7))) & 1;
const NOBODY = 255;

function startMap() {
  const map = data.map, canvas = byId("control");
  if (!map || !canvas) return () => {};
  const slider = byId("day"), button = byId("play"), hexName = byId("hexname");
  const land = bytes(map.land), moves = bytes(map.moves), still = bytes(map.still), days = map.days.map(bytes);
  const hexes = [];
  for (let hex = 0, moving = 0, resting = 0, dry = 0; hex < map.cols * map.rows; hex++) {
    if (!bit(land, hex)) continue;
    const x = 1.5 * (hex % map.cols), y = ROOT3 * (Math.floor(hex / map.cols) + 0.5 * ((hex % map.cols) & 1));
    hexes.push(bit(moves, dry++) ? { hex, x, y, at: moving++ } : { hex, x, y, at: -1, chance: still[resting++] });
  }
  const byHex = new Map(hexes.map((one) => [one.hex, one]));
  const towns = new Map(map.places.map(([name, hex]) => [hex, name]));
  const [left, top, width, height] = map.window;
  let scale = 1, timer = 0;
  const chance = (one) => one.at < 0 ? one.chance : days[slider.value][one.at];

  function mixed(from, to, share) {
    const part = (text, at) => parseInt(text.slice(1 + 2 * at, 3 + 2 * at), 16);
    return `rgb(${[0, 1, 2].map((at) => Math.round(part(from, at) + (part(to, at) - part(from, at)) * share)).join(",")})`;
  }

  function strokes(ink, lines, colourName, thick, dash = []) {
    ink.strokeStyle = colour(colourName);
    ink.lineWidth = thick;
    ink.setLineDash(dash);
    ink.beginPath();
    for (const line of lines) {
      for (let at = 0; at < line.length; at += 2) {
        const x = (line[at] / map.grain - 1 - left) * scale, y = (line[at + 1] / map.grain - ROOT3 / 2 - top) * scale;
        at ? ink.lineTo(x, y) : ink.moveTo(x, y);
      }
    }
    ink.stroke();
    ink.setLineDash([]);
  }

  function label(ink, wide) {
    const size = wide > 700 ? 12 : 10, taken = [];
    ink.font = `${size}px "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif`;
    ink.textBaseline = "middle";
    for (const [name, hex] of map.places) {
      const x = (1.5 * (hex % map.cols) - left) * scale, y = (ROOT3 * (Math.floor(hex / map.cols) + 0.5 * ((hex % map.cols) & 1)) - top) * scale;
      const box = [x - 4, y - size * 0.7, x + 8 + ink.measureText(name).width, y + size * 0.7];
      if (box[2] > wide || taken.some((one) => one[0] < box[2] && box[0] < one[2] && one[1] < box[3] && box[1] < one[3])) continue;
      if (taken.length >= (wide > 700 ? 40 : 12)) break;
      taken.push(box);
      ink.fillStyle = colour("ink");
      ink.beginPath();
      ink.arc(x, y, 2.2, 0, 7);
      ink.fill();
      ink.lineWidth = 3;
      ink.lineJoin = "round";
      ink.strokeStyle = colour("sheet");
      ink.strokeText(name, x + 5, y);
      ink.fillText(name, x + 5, y);
    }
  }

  function draw() {
    const wide = forPrint ? 650 : canvas.clientWidth, dense = forPrint ? 2 : window.devicePixelRatio || 1;
    scale = wide / width;
    canvas.style.height = `${Math.round(height * scale)}px`;
    canvas.width = Math.round(wide * dense);
    canvas.height = Math.round(height * scale * dense);
    const ink = canvas.getContext("2d");
    ink.scale(dense, dense);
    ink.fillStyle = colour("sea");
    ink.fillRect(0, 0, wide, height * scale);
    const from = colour("land0"), to = colour("land1"), shades = Array.from({ length: 101 }, (_, share) => mixed(from, to, share / 100));
    const nobody = colour("nobody"), home = colour("home"), corners = Array.from({ length: 6 }, (_, at) => [Math.cos((at * Math.PI) / 3) * scale * 1.06, Math.sin((at * Math.PI) / 3) * scale * 1.06]);
    for (const one of hexes) {
      const x = (one.x - left) * scale, y = (one.y - top) * scale, value = chance(one);
      if (x < -9 || y < -9 || x > wide + 9 || y > height * scale + 9) continue;
      ink.fillStyle = value === NOBODY ? nobody : one.at < 0 && value === 100 ? home : shades[value];
      ink.beginPath();
      for (const [dx, dy] of corners) ink.lineTo(x + dx, y + dy);
      ink.fill();
    }
    strokes(ink, map.rivers, "line", 0.9);
    strokes(ink, map.coast, "quiet", 0.8);
    strokes(ink, map.borders, "quiet", 0.8, [5, 2, 1, 2]);
    strokes(ink, map.front, "ink", 1.6, [6, 4]);
    label(ink, wide);
    const date = map.dates[slider.value];
    byId("dayname").textContent = /^\d/.test(date) ? "evening of " + shown(date, "date") : date;
    slider.setAttribute("aria-valuetext", byId("dayname").textContent);
  }

  function under(event) {
    const box = canvas.getBoundingClientRect();
    const x = (event.clientX - box.left) / scale + left, y = (event.clientY - box.top) / scale + top;
    let best = null, least = 1.1;
    const column = Math.round(x / 1.5);
    for (const col of [column - 1, column, column + 1]) {
      const row = Math.round(y / ROOT3 - 0.5 * (col & 1)), found = byHex.get(row * map.cols + col);
      if (!found || col < 0 || col >= map.cols) continue;
      const away = Math.hypot(found.x - x, found.y - y);
      if (away < least) [best, least] = [found, away];
    }
    return best;
  }

  function tell(event) {
    const one = under(event);
    if (!one) { hexName.textContent = ""; canvas.title = ""; return; }
    const value = chance(one), words = value === NOBODY ? "held by neither side" : `${value} % Soviet`;
    const place = `column ${(one.hex % map.cols) + 1}, row ${Math.floor(one.hex / map.cols) + 1}`;
    hexName.textContent = canvas.title = `${towns.get(one.hex) ? towns.get(one.hex) + ": " : ""}${words} (${place}, ${map.runs[slider.value]} campaigns)`;
  }

  function stop() { clearInterval(timer); timer = 0; button.textContent = "Play"; button.setAttribute("aria-pressed", "false"); }
  function step() { if (Number(slider.value) >= Number(slider.max)) return stop(); slider.value = Number(slider.value) + 1; draw(); }
  button.addEventListener("click", () => {
    if (timer) return stop();
    if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
    draw();
    button.textContent = "Pause";
    button.setAttribute("aria-pressed", "true");
    timer = setInterval(step, 500);
  });
  slider.addEventListener("input", () => { if (timer) stop(); draw(); });
  canvas.addEventListener("pointermove", tell);
  canvas.addEventListener("pointerdown", tell);
  canvas.addEventListener("pointerleave", () => (hexName.textContent = ""));
  canvas.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way) return;
    slider.value = Number(slider.value) + way;
    event.preventDefault();
    draw();
  });
  draw();
  return draw;
}
