#!/usr/bin/env node
// Reads QR codes with the counter's own reader, from pictures as a camera gives them.
//
//     checks/qr_read.mjs CODES.json
//
// CODES.json: [{"text", "rows": ["0110…", …]}], one string of modules per row. Each is drawn straight, turned, in
// perspective, in uneven light, blurred and with noise, and read. Prints {"read", "failed": [], "milliseconds"} and exits 1
// unless all were read, and unless pictures without a code were read as none.

import { readFile } from "node:fs/promises";

const source = await readFile(new URL("../Sources/Site/Resources/qr.js", import.meta.url));
const { readQR, parts } = await import("data:text/javascript;base64," + source.toString("base64"));

/** The same numbers in every run (mulberry32). */
let state = 20261128;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** Draws a code with its quiet zone: `place` takes a point of the picture to one of the code, in modules. */
function draw(rows, width, height, place, { light = () => 1, noise = 0, blur = 0, dark = 40, paper = 225 } = {}) {
  let grey = new Float32Array(width * height);
  const size = rows.length;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (const [dx, dy] of [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]]) {
        const [column, row] = place(x + dx, y + dy);
        const inside = column >= 0 && row >= 0 && column < size && row < size;
        const onPaper = column >= -4 && row >= -4 && column < size + 4 && row < size + 4;
        sum += inside && rows[Math.floor(row)][Math.floor(column)] === "1" ? dark : onPaper ? paper : 120;
      }
      grey[y * width + x] = (sum / 4) * light(x / width, y / height);
    }
  for (let pass = 0; pass < blur; pass++) {
    const next = grey.slice();
    for (let y = 1; y < height - 1; y++)
      for (let x = 1; x < width - 1; x++) {
        const i = y * width + x;
        next[i] = (grey[i] * 4 + 2 * (grey[i - 1] + grey[i + 1] + grey[i - width] + grey[i + width])
          + grey[i - width - 1] + grey[i - width + 1] + grey[i + width - 1] + grey[i + width + 1]) / 16;
      }
    grey = next;
  }
  const data = new Uint8ClampedArray(width * height * 4);
  grey.forEach((value, i) => data.set([0, 1, 2].map(() => value + (random() - 0.5) * noise).concat(255), 4 * i));
  return { data, width, height };
}

/** A code turned by `angle`, `module` points per module, in the middle; `tilt` shrinks what is farther up. */
function seen(rows, { width = 640, height = 480, module = 8, angle = 0, tilt = 0, shear = 0 } = {}) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return (x, y) => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    const w = 1 + (tilt * dy) / height + (shear * dx) / width;
    const [u, v] = [dx / module / w, dy / module / w];
    return [u * cos + v * sin + rows.length / 2, -u * sin + v * cos + rows.length / 2];
  };
}

const cases = {
  straight: [{}, {}],
  large: [{ module: 12 }, {}],
  small: [{ module: 4.3 }, {}],
  "turned 15°": [{ module: 6, angle: Math.PI / 12 }, {}],
  "turned 45°": [{ module: 5.5, angle: Math.PI / 4 }, {}],
  "turned 130°": [{ module: 6, angle: 2.27 }, {}],
  "upside down": [{ module: 6, angle: Math.PI }, {}],
  tilted: [{ module: 6, tilt: 0.3 }, {}],
  "tilted and turned": [{ module: 6, tilt: 0.25, shear: 0.2, angle: 0.3 }, {}],
  "uneven light": [{ module: 6 }, { light: (x, y) => 0.35 + 0.65 * x * (0.5 + y / 2) }],
  noise: [{ module: 6 }, { noise: 70 }],
  blurred: [{ module: 6, angle: 0.1 }, { blur: 3, noise: 20 }],
  "weak print": [{ module: 6 }, { dark: 120, paper: 180, noise: 10 }],
};

const codes = JSON.parse(await readFile(process.argv[2], "utf8"));
const failed = [];
let [read, spent, looks] = [0, 0, 0];
function look(image) {
  const begun = performance.now();
  const text = readQR(image);
  spent += performance.now() - begun;
  looks++;
  return text;
}
for (const { text, rows } of codes) {
  for (const [name, [view, paint]] of Object.entries(cases)) {
    const fits = (view.module ?? 8) * (rows.length + 2) * (view.angle ? 1.42 : 1.1) < 600;
    const [width, height] = fits ? [640, 480] : [800, 800];
    const module = Math.min(view.module ?? 8, 720 / (rows.length + 8) / (view.angle ? 1.42 : 1));
    const got = look(draw(rows, width, height, seen(rows, { ...view, module, width, height }), paint));
    if (got === text) read++;
    else failed.push(`${rows.length} modules, ${name}: ${got === null ? "not read" : "read as " + got.slice(0, 40)}`);
  }
}

// Nothing is not something.
for (let i = 0; i < 5; i++) {
  const blank = draw(["0"], 320, 240, (x, y) => [x, y], { noise: 200 });
  if (look(blank) !== null) failed.push("noise was read as a code");
}

/** Damage up to the bound is mended, and beyond it is told. */
const [first] = codes;
for (const [count, expected] of [[1, true], [3, true], [40, false]]) {
  const rows = first.rows.map((row) => [...row]);
  const size = rows.length;
  for (let done = 0; done < count;) {
    const [row, column] = [9 + Math.floor(random() * (size - 10)), 9 + Math.floor(random() * (size - 10))];
    rows[row][column] = rows[row][column] === "1" ? "0" : "1";
    done++;
  }
  const plain = rows.map((row) => row.join(""));
  const got = look(draw(plain, 400, 400, seen(plain, { width: 400, height: 400 })));
  if ((got === first.text) !== expected && expected) failed.push(`${count} wrong modules: ${got}`);
  if (!expected && got !== null && got !== first.text) failed.push(`${count} wrong modules were read as ${got}`);
}

/** Modes that our own codes do not use: annex examples of digits and capitals (7.4.3 and 7.4.4), version 1. */
const packed = (bits) => bits.padEnd(152, "0").match(/.{8}/g).map((byte) => parseInt(byte, 2));
const spoken = {
  "01234567": "0001" + "0000001000" + "0000001100" + "0101011001" + "1000011",
  "AC-42": "0010" + "000000101" + "00111001110" + "11100111001" + "000010",
};
for (const [text, bits] of Object.entries(spoken)) {
  const got = parts.textOf(packed(bits), 1);
  if (got !== text) failed.push(`${text} was read as ${got}`);
}

console.log(JSON.stringify({ read, failed, milliseconds: Math.round((spent / looks) * 10) / 10 }));
process.exit(failed.length > 0 ? 1 : 0);
