// The figure that opens the book: a window slides over a photograph, and behind it the feature map
// appears. Its reader can take the window and change the nine weights.
"use strict";

const SWEEP = 4000; // milliseconds of one sweep: less than what would need a button to stop it
const BAND = 8; // rows that the drawn frame covers
const STEP = 0.5; // by how much a key or a short way of the mouse changes a weight

// --- arithmetic, the same as in opening.py ---

/** The nine products of the window whose sum stands at `row`, `column`: [weight, pixel] pairs. */
function products({ pixels, width }, kernel, row, column) {
  return kernel.map((weight, n) => [weight, pixels[(row + Math.floor(n / 3)) * width + column + (n % 3)]]);
}

/** The feature map, row by row: one sum for each place where the window fits. */
function featureMap(image, kernel) {
  const [rows, columns] = [image.height - 2, image.width - 2];
  const map = new Float64Array(rows * columns);
  kernel.forEach((weight, n) => {
    if (weight === 0) return;
    const start = Math.floor(n / 3) * image.width + (n % 3);
    for (let row = 0; row < rows; row += 1) {
      const from = start + row * image.width;
      for (let column = 0; column < columns; column += 1) {
        map[row * columns + column] += weight * image.pixels[from + column];
      }
    }
  });
  return map;
}

/** Red, green and blue of each value: grey for a picture, else signed with 0 in the middle. */
function shades(map, kernel, stops) {
  const clipped = (value, low, high) => Math.min(Math.max(value, low), high);
  const sum = kernel.reduce((a, b) => a + b);
  if (sum > 1e-9) return Array.from(map, (value) => Array(3).fill(clipped(value, 0, 255)));
  const most = map.reduce((a, b) => Math.max(a, Math.abs(b)), 0) / 2 || 1;
  return Array.from(map, (value) => {
    const at = ((clipped(value / most, -1, 1) + 1) / 2) * (stops.length - 1);
    const low = Math.min(Math.floor(at), stops.length - 2);
    return stops[low].map((colour, c) => colour + (at - low) * (stops[low + 1][c] - colour));
  });
}

/** A weight as readers write it: −3, 0.25, 1/16. */
function written(weight) {
  const near = Math.round(weight * 16);
  const isFraction = Number(weight.toFixed(2)) !== weight && near / 16 === weight;
  const shorten = (n, d) => (n % 2 === 0 ? shorten(n / 2, d / 2) : `${n}/${d}`);
  const text = isFraction ? shorten(near, 16) : String(Number(weight.toFixed(2)) + 0);
  return text.replace("-", "\u2212");
}

/** The weight that a reader typed, or null. */
function typed(text) {
  const parts = text.trim().replace("\u2212", "-").replace(",", ".").split("/");
  if (parts.length > 2 || parts.some((part) => part.trim() === "")) return null;
  const weight = Number(parts[0]) / Number(parts[1] ?? 1);
  return Number.isFinite(weight) ? weight : null;
}

/** What the window computes: the products with weights other than 0, and their sum. */
function spelledOut(pairs) {
  const bracketed = (weight) => (weight < 0 ? `(${written(weight)})` : written(weight));
  const terms = pairs.filter(([weight]) => weight !== 0).map(([w, pixel]) => `${bracketed(w)}·${pixel}`);
  const sum = pairs.reduce((total, [weight, pixel]) => total + weight * pixel, 0);
  return `${terms.join(" + ") || "nine zeros"} = ${written(Math.round(sum * 100) / 100)}`;
}

/** How far the sweep has come, from 0 to 1: the place of the window, to and fro, band by band. */
function swept(progress, rows, columns) {
  const bands = Math.ceil(rows / BAND);
  const at = Math.min(progress, 1) * bands;
  const band = Math.min(Math.floor(at), bands - 1);
  const along = (at - band) * columns;
  const column = Math.round(band % 2 === 0 ? along : columns - along);
  return { top: band * BAND, column, isForward: band % 2 === 0 };
}

// --- the figure ---

class Opening {
  constructor(root) {
    const { kernels, stops } = JSON.parse(root.querySelector("script").textContent);
    const find = (name) => root.querySelector(name);
    Object.assign(this, { root, kernels, stops, still: matchMedia("(prefers-reduced-motion: reduce)") });
    this.window = find(".cc-hero__window");
    this.ring = find(".cc-hero__ring");
    this.said = find(".cc-hero__said");
    this.cells = [...root.querySelectorAll(".cc-hero__cells input")];
    this.presets = [...root.querySelectorAll(".cc-hero__presets button")];
    this.canvas = find("canvas");
    this.image = pixelsOf(find(".cc-hero__part--input img"));
    this.shape = [this.image.height - 2, this.image.width - 2];
    this.place = this.shape.map((size) => Math.floor(size / 2));
    this.kernel = [...kernels[this.presets[0].textContent]];
    this.listen();
    this.begin();
  }

  /** Put the canvas in the place of the still picture. */
  begin() {
    const still = this.root.querySelector(".cc-hero__part--output img");
    [this.canvas.height, this.canvas.width] = this.shape;
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.canvas.setAttribute("role", "img");
    this.canvas.hidden = false;
    this.ring.hidden = false;
    still.hidden = true;
    this.cells.forEach((cell) => cell.removeAttribute("readonly"));
    this.root.classList.add("cc-hero--alive");
    this.take(this.kernel, true);
  }

  listen() {
    this.presets.forEach((button) =>
      button.addEventListener("click", () => this.take(this.kernels[button.textContent], true)),
    );
    this.cells.forEach((cell, n) => this.listenToCell(cell, n));
    this.window.addEventListener("keydown", (event) => this.walk(event));
    const stage = this.window.parentNode;
    const follow = (event) => this.moveTo(placeOf(event, stage, this.image));
    stage.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.window.focus({ preventScroll: true });
      stage.setPointerCapture(event.pointerId);
      follow(event);
    });
    stage.addEventListener("pointermove", (event) => {
      if (stage.hasPointerCapture(event.pointerId)) follow(event);
    });
    addEventListener("beforeprint", () => this.rest());
  }

  /** A weight is typed, moved by the keys up and down, or dragged up and down. */
  listenToCell(cell, n) {
    let from = null;
    const drag = (event) => {
      if (from === null || (from.idle && Math.abs(event.clientY - from.y) < 6)) return;
      from.idle = false;
      this.weigh(n, from.weight + STEP * Math.round((from.y - event.clientY) / 10));
    };
    cell.addEventListener("pointerdown", (event) => {
      from = { y: event.clientY, weight: this.kernel[n], idle: true };
      cell.setPointerCapture(event.pointerId);
    });
    cell.addEventListener("pointermove", drag);
    for (const end of ["pointerup", "pointercancel"]) cell.addEventListener(end, () => (from = null));
    cell.addEventListener("dragstart", (event) => event.preventDefault()); // of its text
    cell.addEventListener("focus", () => cell.select());
    cell.addEventListener("change", () => this.weigh(n, typed(cell.value)));
    cell.addEventListener("keydown", (event) => {
      const by = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
      if (event.key === "Enter") this.weigh(n, typed(cell.value));
      if (by === undefined) return;
      event.preventDefault();
      this.weigh(n, (typed(cell.value) ?? this.kernel[n]) + by);
    });
  }

  /** Change one weight; `null` was no number, and the old one comes back. */
  weigh(n, weight) {
    const kernel = this.kernel.map((old, m) => (m === n && weight !== null ? weight : old));
    this.take(kernel, false);
    this.say(this.place);
  }

  walk(event) {
    const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (way === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const stride = event.shiftKey ? 10 : 1;
    this.moveTo(this.place.map((n, axis) => n + stride * way[axis]));
  }

  moveTo(place) {
    this.rest();
    this.place = place.map((n, axis) => Math.min(Math.max(n, 0), this.shape[axis] - 1));
    this.put(this.place);
    this.say(this.place);
  }

  /** Take a kernel, and draw its map at once or behind the sweeping window. */
  take(kernel, isSweeping) {
    this.kernel = [...kernel];
    this.cells.forEach((cell, n) => (cell.value = written(this.kernel[n])));
    const same = (name) => this.kernels[name].every((weight, n) => weight === this.kernel[n]);
    this.presets.forEach((each) => each.setAttribute("aria-pressed", String(same(each.textContent))));
    const name = Object.keys(this.kernels).find(same) ?? "your own kernel";
    this.canvas.setAttribute("aria-label", `Feature map of the photograph: ${name}`);
    this.drawn = painted(shades(featureMap(this.image, this.kernel), this.kernel, this.stops), this.shape);
    if (isSweeping && !this.still.matches) this.sweep();
    else this.rest();
  }

  sweep() {
    cancelAnimationFrame(this.frame);
    this.root.dataset.sweeping = "";
    const { context } = this;
    const [rows, columns] = this.shape;
    context.clearRect(0, 0, columns, rows);
    let begin = null;
    const go = (now) => {
      begin ??= now;
      const progress = (now - begin) / SWEEP;
      if (progress >= 1) return this.rest();
      const { top, column, isForward } = swept(progress, rows, columns);
      const [left, width] = isForward ? [0, column] : [column, columns - column];
      const copy = (x, y, w, h) => w > 0 && h > 0 && context.drawImage(this.drawn, x, y, w, h, x, y, w, h);
      copy(0, 0, columns, top);
      copy(left, top, width, Math.min(BAND, rows - top));
      this.put([Math.min(top + BAND / 2, rows - 1), Math.min(column, columns - 1)]);
      this.frame = requestAnimationFrame(go);
    };
    this.frame = requestAnimationFrame(go);
  }

  /** No sweep, or no more of it: the whole map, and the window where it was left. */
  rest() {
    cancelAnimationFrame(this.frame);
    delete this.root.dataset.sweeping;
    this.context.drawImage(this.drawn, 0, 0);
    this.put(this.place);
  }

  put([row, column]) {
    const percent = (n, size) => `${(100 * n) / size}%`;
    const { height, width } = this.image;
    Object.assign(this.window.style, { top: percent(row + 1.5, height), left: percent(column + 1.5, width) });
    const [rows, columns] = this.shape;
    Object.assign(this.ring.style, { top: percent(row + 0.5, rows), left: percent(column + 0.5, columns) });
  }

  say([row, column]) {
    const pairs = products(this.image, this.kernel, row, column);
    this.said.textContent = `Row ${row + 1}, column ${column + 1}: ${spelledOut(pairs)}`;
  }
}

/** The grey levels of a picture. */
function pixelsOf(picture) {
  const { naturalWidth: width, naturalHeight: height } = picture;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, pixels: Array.from({ length: width * height }, (_, n) => data[4 * n]) };
}

/** A canvas with these colours. */
function painted(colours, [height, width]) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  colours.forEach((rgb, n) => image.data.set([...rgb, 255], 4 * n)); // rounded by the array
  context.putImageData(image, 0, 0);
  return canvas;
}

/** The place of the window whose middle lies below the pointer. */
function placeOf(event, stage, { width, height }) {
  const box = stage.getBoundingClientRect();
  const at = (offset, length, size) => Math.floor((offset / length) * size) - 1;
  return [at(event.clientY - box.top, box.height, height), at(event.clientX - box.left, box.width, width)];
}

async function open(root) {
  await root.querySelector(".cc-hero__part--input img").decode();
  new Opening(root);
}

if (typeof document !== "undefined") document.querySelectorAll(".cc-hero").forEach(open);
