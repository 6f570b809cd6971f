// Write the branch symbols of assets/symbols from the APP-6 library milsymbol (MIT). Run once, in any folder:
//   npm install milsymbol@3.0.4 && node .../tools/symbols.mjs .../assets/symbols
// All symbols share one box, 158 x 108 with the frame 150 x 100 inside, so that they may be laid over each other.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const ms = require("milsymbol");
const target = resolve(process.argv[2] ?? "assets/symbols");

// Symbol identification codes of land units, friendly frame: entity (6 digits), first and second modifier (2 each).
const BRANCHES = {
  infantry: ["121100", "00", "00"],
  tank: ["120500", "00", "00"],
  mechanised: ["121102", "00", "00"],
  cavalry: ["121300", "00", "00"],
  artillery: ["130300", "00", "00"],
  rockets: ["130300", "41", "00"],
  assault_guns: ["130301", "00", "00"],
  engineers: ["140700", "00", "00"],
  headquarters: ["000000", "98", "00"],
  support: ["163400", "00", "00"],
  air: ["120800", "00", "00"],
  river: ["170100", "00", "00"],
  marines: ["121101", "00", "00"],
  airlanded: ["121100", "00", "01"],
};
// The library has none for these; own drawings in the same box: works as battlements, a garrison as foot behind them.
const BATTLEMENT = "M25,118 l18.75,0 0,-26 37.5,0 0,26 37.5,0 0,-26 37.5,0 0,26 18.75,0";
const LOW_WALL = "M25,136 l15,0 0,-16 24,0 0,16 24,0 0,-16 24,0 0,16 24,0 0,-16 24,0 0,16 15,0";
const OWN = {
  fortified: BATTLEMENT,
  garrison: `M25,50 L100,100 M175,50 L100,100 ${LOW_WALL}`,
};

const HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="158" height="108" viewBox="21 46 158 108">';
const FRAME = '<path d="M25,50 l150,0 0,100 -150,0 z" stroke-width="4" stroke="#000000" fill="none"></path>';

mkdirSync(target, { recursive: true });
for (const [name, [entity, first, second]] of Object.entries(BRANCHES)) {
  const symbol = new ms.Symbol(`1003100000${entity}${first}${second}`, {
    size: 100, fill: false, monoColor: "#000000", infoFields: false, strokeWidth: 4,
  });
  const inner = symbol.asSVG().replace(/^<svg[^>]*>/, "").replace(/<\/svg>$/, "");
  writeFileSync(join(target, `${name}.svg`), `${HEAD}${inner}</svg>\n`);
}
for (const [name, path] of Object.entries(OWN)) {
  const drawn = `<path d="${path}" stroke-width="4" stroke="#000000" fill="none"></path>`;
  writeFileSync(join(target, `${name}.svg`), `${HEAD}${FRAME}${drawn}</svg>\n`);
}
const folder = dirname(require.resolve("milsymbol/package.json"));
copyFileSync(join(folder, "LICENSE"), join(target, "LICENSE.txt"));
console.log(`milsymbol ${JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version}: ${target}`);
