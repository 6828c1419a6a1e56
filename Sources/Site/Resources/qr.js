// Reads a QR code (ISO/IEC 18004:2015, model 2, versions 1 to 10) from a picture, for browsers without a reader of their own.
//
// The three finder patterns give the place, an alignment pattern the perspective, Reed-Solomon the certainty: what does not
// come out whole is no code. Kanji, several codes in one and codes light on dark are left out.

/** @param {ImageData} image - @returns {string | null} what the code says */
export function readQR({ data, width, height }) {
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i++) grey[i] = (data[4 * i] * 77 + data[4 * i + 1] * 151 + data[4 * i + 2] * 28) >> 8;
  for (const threshold of [byNeighbours, byWhole]) {
    const picture = new Picture(threshold(grey, width, height), width, height);
    for (const corners of triples(finders(picture))) {
      const text = readAt(picture, corners);
      if (text != null) return text;
    }
  }
  return null;
}

class Picture {
  constructor(bits, width, height) { Object.assign(this, { bits, width, height }); }
  /** 1 where it is dark; outside is light. */
  at(x, y) {
    x = Math.floor(x);
    y = Math.floor(y);
    return x >= 0 && y >= 0 && x < this.width && y < this.height ? this.bits[y * this.width + x] : 0;
  }
}

// MARK: Dark and light

/** Darker than what lies around it: shadows and gradients do not matter. */
function byNeighbours(grey, width, height) {
  const sums = new Uint32Array((width + 1) * (height + 1));
  for (let y = 0, row = 0; y < height; y++, row = 0)
    for (let x = 0; x < width; x++) {
      row += grey[y * width + x];
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  const reach = Math.max(8, Math.round(Math.max(width, height) / 10));
  const bits = new Uint8Array(grey.length);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
      const sum = sums[bottom * (width + 1) + right] - sums[top * (width + 1) + right]
        - sums[bottom * (width + 1) + left] + sums[top * (width + 1) + left];
      bits[y * width + x] = grey[y * width + x] * (bottom - top) * (right - left) < sum * 0.92 - 1 ? 1 : 0;
    }
  }
  return bits;
}

/** Darker than half-way between the darkest and the lightest: for codes that fill the picture. */
function byWhole(grey) {
  const counts = new Uint32Array(256);
  for (const value of grey) counts[value]++;
  const place = (share) => {
    let left = grey.length * share;
    return counts.findIndex((count) => (left -= count) < 0);
  };
  const middle = (place(0.05) + place(0.95)) / 2;
  return grey.map((value) => (value < middle ? 1 : 0));
}

// MARK: Finder patterns

/** The size of a module if five runs are in the ratio 1:1:3:1:1, else 0. */
function moduleOf(runs) {
  const size = (runs[0] + runs[1] + runs[2] + runs[3] + runs[4]) / 7;
  const near = (count, times) => Math.abs(count - size * times) < size * times * 0.6 + 0.5;
  return size >= 1 && [1, 1, 3, 1, 1].every((times, index) => near(runs[index], times)) ? size : 0;
}

/** The five runs through a point, in both directions: the size of a module and how far off the middle the point is. */
function across(picture, x, y, dx, dy) {
  const half = (sign) => {
    const counts = [0, 0, 0];
    let step = sign > 0 ? 0 : 1;
    for (let part = 0; part < 3; part++) {
      const isDark = part !== 1 ? 1 : 0;
      while (picture.at(x + sign * step * dx, y + sign * step * dy) === isDark) {
        counts[part]++;
        if (++step > picture.width + picture.height) return null;
      }
      // The outer ring ends in the quiet zone, the others must be there.
      if (counts[part] === 0 && (part > 0 || sign > 0)) return null;
    }
    return counts;
  };
  const [ahead, behind] = [half(1), half(-1)];
  if (!ahead || !behind) return null;
  const size = moduleOf([behind[2], behind[1], behind[0] + ahead[0], ahead[1], ahead[2]]);
  return size ? { size, off: (ahead[0] - behind[0]) / 2 } : null;
}

function finders(picture) {
  const found = [];
  for (let y = 0; y < picture.height; y += 2) {
    const ends = [];
    // Where dark and light change places in this row; runs between even and odd places are dark.
    for (let x = 0, last = 0; x <= picture.width; x++) {
      const isDark = x < picture.width ? picture.bits[y * picture.width + x] : 0;
      if (isDark !== last) ends.push(x);
      last = isDark;
    }
    for (let i = 0; i + 5 < ends.length; i += 2) {
      const runs = [0, 1, 2, 3, 4].map((part) => ends[i + part + 1] - ends[i + part]);
      if (!moduleOf(runs)) continue;
      const x = (ends[i + 2] + ends[i + 3]) / 2;
      const down = across(picture, x, y, 0, 1);
      if (!down) continue;
      const middle = y + down.off;
      const along = across(picture, x, middle, 1, 0);
      if (!along) continue;
      const one = { x: x + along.off, y: middle, size: (down.size + along.size) / 2, count: 1 };
      const same = found.find((other) => Math.hypot(other.x - one.x, other.y - one.y) < other.size * 2);
      if (!same) found.push(one);
      else {
        for (const name of ["x", "y", "size"]) same[name] = (same[name] * same.count + one[name]) / (same.count + 1);
        same.count++;
      }
    }
  }
  return found.sort((one, other) => other.count - one.count).slice(0, 12);
}

/** Three finder patterns each that may be of one code, the likeliest first: top left, top right, bottom left. */
function triples(found) {
  const all = [];
  for (let i = 0; i < found.length; i++)
    for (let j = i + 1; j < found.length; j++)
      for (let k = j + 1; k < found.length; k++) {
        const three = [found[i], found[j], found[k]];
        const sizes = three.map((one) => one.size);
        if (Math.max(...sizes) > Math.min(...sizes) * 2) continue;
        for (let corner = 0; corner < 3; corner++) {
          const a = three[corner];
          const [b, c] = three.filter((one) => one !== a);
          const [u, v] = [[b.x - a.x, b.y - a.y], [c.x - a.x, c.y - a.y]];
          const [long, wide] = [Math.hypot(...u), Math.hypot(...v)];
          const slant = Math.abs(u[0] * v[0] + u[1] * v[1]) / (long * wide);
          const ratio = Math.max(long, wide) / Math.min(long, wide);
          if (slant > 0.55 || ratio > 1.8 || Math.min(long, wide) < a.size * 7) continue;
          const turns = u[0] * v[1] - u[1] * v[0] > 0;
          all.push({ score: slant + ratio, corners: turns ? [a, b, c] : [a, c, b] });
        }
      }
  return all.sort((one, other) => one.score - other.score).slice(0, 12).map((one) => one.corners);
}

// MARK: The grid

/** From the middle of a finder pattern to its edge, in the direction of another point: three modules and a half. */
function reachOf(picture, from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  let [changes, last] = [0, 1];
  for (let step = 0; step < length; step += 0.5) {
    const now = picture.at(from.x + dx * step, from.y + dy * step);
    if (now !== last && ++changes === 3) return step;
    last = now;
  }
  return from.size * 3.5;
}

function readAt(picture, [a, b, c]) {
  const reach = { ab: reachOf(picture, a, b), ba: reachOf(picture, b, a), ac: reachOf(picture, a, c), ca: reachOf(picture, c, a) };
  const across = Math.hypot(b.x - a.x, b.y - a.y) / ((reach.ab + reach.ba) / 7) + 7;
  const down = Math.hypot(c.x - a.x, c.y - a.y) / ((reach.ac + reach.ca) / 7) + 7;
  const version = Math.round(((across + down) / 2 - 17) / 4);
  // What is farther away is smaller: how much, the finder patterns tell, and with that where the fourth corner is.
  const [wb, wc] = [Math.sqrt(reach.ab / reach.ba), Math.sqrt(reach.ac / reach.ca)];
  const corner = (wb, wc) => ({
    x: (wb * b.x + wc * c.x - a.x) / (wb + wc - 1), y: (wb * b.y + wc * c.y - a.y) / (wb + wc - 1),
  });
  const corners = Math.abs(wb - 1) + Math.abs(wc - 1) < 0.5 ? [corner(wb, wc), corner(1, 1)] : [corner(1, 1)];
  for (const near of [version, version + 1, version - 1, version + 2, version - 2]) {
    if (near < 1 || near > 10) continue;
    const dimension = 17 + 4 * near;
    for (const fourth of fourths(picture, [a, b, c], corners, dimension)) {
      const text = decode(sample(picture, gridOf([a, b, c], fourth, dimension), dimension), near);
      if (text != null) return text;
    }
  }
  return null;
}

/** Takes a point of the grid to the picture: by the finder patterns and a fourth point, which is on the diagonal at `at`. */
function gridOf([a, b, c], fourth, dimension) {
  const end = dimension - 3.5;
  return projection([
    [[3.5, 3.5], [a.x, a.y]], [[end, 3.5], [b.x, b.y]], [[3.5, end], [c.x, c.y]],
    [[fourth.at, fourth.at], [fourth.x, fourth.y]],
  ]);
}

/** Where the fourth point may be: the alignment pattern at the bottom right where it is seen, else the corner as estimated. */
function fourths(picture, three, corners, dimension) {
  const estimates = corners.map((corner) => ({ ...corner, at: dimension - 3.5 }));
  if (dimension === 21) return estimates;
  const seen = [];
  for (const estimate of estimates) {
    const place = gridOf(three, estimate, dimension);
    if (!place) continue;
    const at = dimension - 6.5;
    let best = { score: 21, places: [] };
    for (let j = -5; j <= 5; j += 0.25)
      for (let i = -5; i <= 5; i += 0.25) {
        let score = 0;
        for (let row = -2; row <= 2; row++)
          for (let column = -2; column <= 2; column++) {
            const isDark = Math.max(Math.abs(row), Math.abs(column)) !== 1 ? 1 : 0;
            if (picture.at(...place(at + i + column, at + j + row)) === isDark) score++;
          }
        if (score < best.score) continue;
        if (score > best.score) best = { score, places: [] };
        best.places.push([i, j]);
      }
    best.places.sort((one, other) => Math.hypot(...one) - Math.hypot(...other));
    // Places beside each other are one pattern: its middle.
    for (let count = 0; best.places.length > 0 && count < 2; count++) {
      const [first] = best.places;
      const isSame = (one) => Math.hypot(one[0] - first[0], one[1] - first[1]) < 2;
      const same = best.places.filter(isSame);
      best.places = best.places.filter((one) => !isSame(one));
      const middle = [0, 1].map((axis) => same.reduce((sum, one) => sum + one[axis], 0) / same.length);
      const [x, y] = place(at + middle[0], at + middle[1]);
      seen.push({ x, y, at });
    }
  }
  return [...seen, ...estimates];
}

/** The projection that takes four points of the grid to four of the picture: eight linear equations (Gauss, with pivots). */
function projection(pairs) {
  const rows = pairs.flatMap(([[x, y], [px, py]]) => [
    [x, y, 1, 0, 0, 0, -x * px, -y * px, px],
    [0, 0, 0, x, y, 1, -x * py, -y * py, py],
  ]);
  for (let column = 0; column < 8; column++) {
    let pivot = column;
    for (let row = column + 1; row < 8; row++) if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    if (Math.abs(rows[column][column]) < 1e-9) return null;
    for (let row = 0; row < 8; row++) {
      if (row === column) continue;
      const times = rows[row][column] / rows[column][column];
      for (let k = column; k < 9; k++) rows[row][k] -= times * rows[column][k];
    }
  }
  const h = rows.map((row, index) => row[8] / row[index]);
  return (x, y) => {
    const w = h[6] * x + h[7] * y + 1;
    return [(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w];
  };
}

/** One bit per module: what most of five points in it say. */
function sample(picture, place, dimension) {
  if (!place) return null;
  const points = [[0.5, 0.5], [0.3, 0.5], [0.7, 0.5], [0.5, 0.3], [0.5, 0.7]];
  return Array.from({ length: dimension }, (_, row) =>
    Uint8Array.from({ length: dimension }, (_, column) => {
      let dark = 0;
      for (const [dx, dy] of points) dark += picture.at(...place(column + dx, row + dy));
      return dark > 2 ? 1 : 0;
    }));
}

// MARK: Codewords

const alignments = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
const codewords = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346];
/** By the two bits of the level (M, L, H, Q) and the version: codewords of error correction per block, and blocks. */
const blocks = [
  [[10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4], [18, 4], [22, 4], [22, 5], [26, 5]],
  [[7, 1], [10, 1], [15, 1], [20, 1], [26, 1], [18, 2], [20, 2], [24, 2], [30, 2], [18, 4]],
  [[17, 1], [28, 1], [22, 2], [16, 4], [22, 4], [28, 4], [26, 5], [26, 6], [24, 8], [28, 8]],
  [[13, 1], [22, 1], [18, 2], [26, 2], [18, 4], [24, 4], [18, 6], [22, 6], [20, 8], [24, 8]],
];
const masks = [
  (i, j) => (i + j) % 2, (i) => i % 2, (i, j) => j % 3, (i, j) => (i + j) % 3,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2, (i, j) => ((i * j) % 2) + ((i * j) % 3),
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2, (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2,
];

/** The 32 valid words of format information (annex C). */
const formats = Array.from({ length: 32 }, (_, value) => {
  let rest = value << 10;
  for (let bit = 14; bit >= 10; bit--) if (rest & (1 << bit)) rest ^= 0x537 << (bit - 10);
  return ((value << 10) | rest) ^ 0x5412;
});

/** Level and mask, from whichever copy is closer to a valid word; up to three wrong bits can be told. */
function formatOf(grid) {
  const end = grid.length;
  const first = [...[0, 1, 2, 3, 4, 5, 7, 8].map((column) => [8, column]), ...[7, 5, 4, 3, 2, 1, 0].map((row) => [row, 8])];
  const second = [
    ...[1, 2, 3, 4, 5, 6, 7].map((row) => [end - row, 8]), ...[8, 7, 6, 5, 4, 3, 2, 1].map((column) => [8, end - column]),
  ];
  let best = { distance: 4, value: null };
  for (const places of [first, second]) {
    const word = places.reduce((sum, [row, column]) => (sum << 1) | grid[row][column], 0);
    formats.forEach((format, value) => {
      let distance = 0;
      for (let rest = format ^ word; rest; rest &= rest - 1) distance++;
      if (distance < best.distance) best = { distance, value };
    });
  }
  return best.value;
}

function isFunction(row, column, version, end) {
  if (row === 6 || column === 6) return true;
  if ((row < 9 && column < 9) || (row < 9 && column >= end - 8) || (row >= end - 8 && column < 9)) return true;
  if (version >= 7 && ((row < 6 && column >= end - 11) || (column < 6 && row >= end - 11))) return true;
  const centres = alignments[version - 1];
  const last = centres[centres.length - 1];
  return centres.some((y) => centres.some((x) =>
    // Not where the finder patterns are.
    !((y === 6 && x === 6) || (y === 6 && x === last) || (y === last && x === 6))
      && Math.abs(row - y) <= 2 && Math.abs(column - x) <= 2));
}

function decode(grid, version) {
  const format = grid && formatOf(grid);
  if (format == null) return null;
  const [level, mask] = [format >> 3, masks[format & 7]];
  const end = grid.length;
  const bytes = [];
  let [value, count] = [0, 0];
  for (let right = end - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right--;
    for (let step = 0; step < end; step++) {
      const row = up ? end - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (isFunction(row, column, version, end)) continue;
        value = (value << 1) | (grid[row][column] ^ (mask(row, column) === 0 ? 1 : 0));
        if (++count % 8 === 0) {
          bytes.push(value);
          value = 0;
        }
      }
    }
  }
  const data = corrected(bytes, version, level);
  return data && textOf(data, version);
}

/** Takes the interleaved blocks apart and mends each; `null` when one is beyond mending. */
function corrected(bytes, version, level) {
  const [correction, number] = blocks[level][version - 1];
  const total = codewords[version - 1];
  const short = Math.floor(total / number) - correction;
  const long = total % number;
  const all = Array.from({ length: number }, (_, index) => ({ data: short + (index >= number - long ? 1 : 0), bytes: [] }));
  let next = 0;
  for (let place = 0; place <= short; place++) for (const one of all) if (place < one.data) one.bytes.push(bytes[next++]);
  for (let place = 0; place < correction; place++) for (const one of all) one.bytes.push(bytes[next++]);
  if (!all.every((one) => mend(one.bytes, correction))) return null;
  return all.flatMap((one) => one.bytes.slice(0, one.data));
}

// MARK: Reed-Solomon over GF(256), polynomial 0x11D

const exp = new Uint8Array(512);
const log = new Uint8Array(256);
for (let i = 0, value = 1; i < 255; i++) {
  exp[i] = exp[i + 255] = value;
  log[value] = i;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? exp[log[a] + log[b]] : 0);
const over = (a, b) => (a ? exp[log[a] + 255 - log[b]] : 0);
/** A polynomial, lowest power first, at a point. */
const valueAt = (terms, x) => terms.reduceRight((sum, term) => times(sum, x) ^ term, 0);

function syndromes(block, correction) {
  return Array.from({ length: correction }, (_, i) => block.reduce((sum, byte) => times(sum, exp[i]) ^ byte, 0));
}

/** Berlekamp-Massey for which bytes are wrong, Forney for how; `false` when there are too many. */
function mend(block, correction) {
  const wrong = syndromes(block, correction);
  if (wrong.every((value) => value === 0)) return true;
  let [locator, before] = [new Array(correction + 1).fill(0), new Array(correction + 1).fill(0)];
  let [length, shift, scale] = [0, 1, 1];
  locator[0] = before[0] = 1;
  for (let i = 0; i < correction; i++) {
    let off = wrong[i];
    for (let j = 1; j <= length; j++) off ^= times(locator[j], wrong[i - j]);
    if (off === 0) {
      shift++;
      continue;
    }
    const kept = locator.slice();
    const factor = over(off, scale);
    for (let j = 0; j + shift <= correction; j++) locator[j + shift] ^= times(factor, before[j]);
    if (2 * length <= i) [length, before, scale, shift] = [i + 1 - length, kept, off, 1];
    else shift++;
  }
  if (length > correction / 2) return false;
  const evaluator = wrong.map((_, i) => {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum ^= times(wrong[i - j], locator[j]);
    return sum;
  });
  // The derivative has the odd terms only.
  const slope = locator.slice(1).map((term, index) => (index % 2 === 0 ? term : 0));
  let found = 0;
  for (let place = 0; place < block.length; place++) {
    const power = block.length - 1 - place;
    const inverse = exp[(255 - (power % 255)) % 255];
    if (valueAt(locator, inverse) !== 0) continue;
    const bottom = valueAt(slope, inverse);
    if (bottom === 0) return false;
    block[place] ^= times(exp[power % 255], over(valueAt(evaluator, inverse), bottom));
    found++;
  }
  return found === length && syndromes(block, correction).every((value) => value === 0);
}

// MARK: Text

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** The segments of the data: digits, capitals, bytes (as UTF-8). `null` for what is none of these. */
function textOf(data, version) {
  let place = 0;
  const left = () => data.length * 8 - place;
  const take = (count) => {
    let value = 0;
    for (; count > 0; count--, place++) value = (value << 1) | ((data[place >> 3] >> (7 - (place & 7))) & 1);
    return value;
  };
  let text = "";
  while (left() >= 4) {
    const mode = take(4);
    if (mode === 0) break;
    if (mode === 7) {
      // Which character set: we read UTF-8 whatever it says.
      const first = take(8);
      if (first & 0x80) take(first & 0x40 ? 16 : 8);
      continue;
    }
    const bits = { 1: [10, 12], 2: [9, 11], 4: [8, 16] }[mode]?.[version < 10 ? 0 : 1];
    if (bits == null || left() < bits) return null;
    let count = take(bits);
    if (mode === 4) {
      if (left() < count * 8) return null;
      text += new TextDecoder().decode(Uint8Array.from({ length: count }, () => take(8)));
    } else if (mode === 2) {
      for (; count > 0; count -= 2) {
        const [size, pair] = count > 1 ? [11, true] : [6, false];
        if (left() < size) return null;
        const value = take(size);
        text += pair ? letters[Math.floor(value / 45)] + letters[value % 45] : letters[value];
      }
    } else {
      for (; count > 0; count -= 3) {
        const digits = Math.min(count, 3);
        const size = [0, 4, 7, 10][digits];
        if (left() < size) return null;
        text += String(take(size)).padStart(digits, "0");
      }
    }
  }
  return text;
}

/** For the tests, which make their own data. */
export const parts = { textOf, mend };
