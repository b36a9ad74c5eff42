// The architecture explorer: two networks layer by layer, and what each layer costs.

import { button, choice, figure, h, View } from "./figure.js";
import {
  around, bytes, FAMILIES, filled, grouped, isLayer, network, percent, QUANTITIES, scaleOf, short, size,
  step, times, value, visible,
} from "./networks.js";

const FIELDS = ["first", "position", "quantity", "scale", "second"];
const KEYS =
  "↑ and ↓ lead from layer to layer, → opens a group, ← closes it, Tab leads to the other network.";
const NOTE =
  "Hatched: the whole image. Dotted line: the side of the image. *: without squeeze and excitation, " +
  "by which each unit depends on the whole image.";
const NONE = "none";
const SIDES = ["first", "second"];
const SCALES = [["linear", "linear"], ["logarithmic", "logarithmic"]];

class Explorer extends View {
  constructor(element, state, onChange) {
    super(fitted(state), onChange);
    this.opened = SIDES.map(() => new Set());
    this.cursors = [0, 0];
    this.columns = SIDES.map((side, n) => this.buildColumn(side, n));
    this.totals = h("table", { class: "arch-totals" });
    this.controls = this.buildControls();
    this.table = buildTable();
    this.lists = h("div", { class: "arch-columns" }, this.columns.map(({ node }) => node));
    this.note = h("div", { class: "arch-note" }, NOTE);
    const parts = [this.lists, this.note, this.speech.node, this.totals, this.controls.node, this.table.node];
    this.show(element, "Architecture explorer", parts, KEYS);
  }

  update(patch) {
    SIDES.forEach((side, n) => {
      if (!(side in patch) || patch[side] === this.state[side]) return;
      this.opened[n] = new Set();
      this.cursors[n] = 0;
    });
    super.update(fitted({ ...this.state, ...patch }));
  }

  go(n, node) {
    this.change({ position: [n, node] });
  }

  press(n, event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { nodes } = network(this.state[SIDES[n]]);
    const led = step(nodes, this.opened[n], this.cursors[n], event.key);
    if (led === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.lead(n, led);
  }

  /** A click chooses a layer, and opens or closes a group. */
  click(n, row) {
    if (row === null) return;
    const index = Number(row.dataset.node);
    const { nodes } = network(this.state[SIDES[n]]);
    if (isLayer(nodes[index])) this.go(n, index);
    else this.lead(n, this.opened[n].has(index) ? { close: index } : { open: index });
  }

  lead(n, { node, open, close }) {
    if (open !== undefined) this.opened[n].add(open);
    if (close !== undefined) this.opened[n].delete(close);
    this.go(n, node ?? open ?? close);
  }

  reset() {
    this.opened = SIDES.map(() => new Set());
    this.cursors = [0, 0];
    this.change({ ...this.initial });
  }

  // --- drawing ---

  paint() {
    const { position: [n, node], quantity, scale } = this.state;
    const shown = networksOf(this.state);
    this.cursors[n] = node;
    for (const group of around(shown[n].nodes, node)) this.opened[n].add(group);
    this.lists.dataset.quantity = quantity;
    this.note.hidden = quantity !== "field";
    const axis = scaleOf(shown, quantity, scale);
    this.columns.forEach((column, side) => column.paint(this.state, axis, shown[side]));
    paintTotals(this.totals, shown, quantity);
    this.controls.paint(this.state);
    this.table.paint(shown);
    this.speech.say(sentence(shown[n], node).map(([role, text]) => [role, unbroken(text)]));
  }

  /** A list of networks, and below it a tree of the layers of the chosen one. */
  buildColumn(side, n) {
    const id = `fig-${Math.random().toString(36).slice(2)}`;
    const select = listOfNetworks(n, (name) => this.change({ [side]: name, position: [name === NONE ? 0 : n, 0] }));
    const ends = h("div", { class: "arch-axis", "aria-hidden": "true" });
    const list = h("div", {
      class: "arch-tree",
      role: "tree",
      tabindex: 0,
      onkeydown: (event) => this.press(n, event),
      onfocus: () => this.state.position[0] !== n && this.go(n, this.cursors[n]),
      onclick: (event) => this.click(n, event.target.closest(".arch-row")),
    });
    const node = h("div", { class: "arch-column" }, select, ends, list);
    let [drawn, rows] = [null, new Map()];
    const paint = (state, axis, shown) => {
      select.value = state[side];
      ends.hidden = list.hidden = !shown;
      if (!shown) return list.replaceChildren();
      const seen = visible(shown.nodes, this.opened[n]);
      const layout = `${state[side]} ${seen}`;
      if (drawn !== layout || list.childElementCount === 0) {
        rows = new Map(seen.map((index) => [index, buildRow(shown.nodes[index], index, `${id}-${index}`)]));
        list.replaceChildren(...[...rows.values()].map((row) => row.node));
        drawn = layout;
      }
      for (const [index, row] of rows) {
        row.paint(shown, state.quantity, axis, this.opened[n].has(index), index === this.cursors[n]);
      }
      list.setAttribute("aria-label", `Layers of ${shown.title}`);
      list.setAttribute("aria-activedescendant", `${id}-${this.cursors[n]}`);
      list.classList.toggle("arch-chosen", state.position[0] === n);
      ends.replaceChildren(...axisOf(axis, state.quantity));
      list.style.setProperty("--image", filled(shown.image[1], axis));
      list.classList.toggle("arch-sees", state.quantity === "field" && shown.image[1] <= axis.to);
      showRow(list, rows.get(this.cursors[n]).node);
    };
    return { node, paint };
  }

  buildControls() {
    const set = (name) => (picked) => this.change({ [name]: picked });
    const names = Object.entries(QUANTITIES).map(([name, { name: text }]) => [name, text]);
    const quantity = choice("Bars", names, set("quantity"));
    const scale = choice("Scale", SCALES, set("scale"));
    const reset = button("Reset", "reset", () => this.reset());
    const node = h("div", { class: "fig-controls" }, quantity.node, scale.node, reset);
    const paint = (state) => {
      quantity.select.value = state.quantity;
      scale.select.value = state.scale;
    };
    return { node, paint };
  }
}

/** The networks by family; the second may be none. */
function listOfNetworks(n, onPick) {
  const label = n === 0 ? "First network" : "Second network";
  const option = ([name, title]) => h("option", { value: name }, title);
  const select = h("select", { class: "fig-select", "aria-label": label, onchange: () => onPick(select.value) },
    n === 1 ? option([NONE, "none"]) : null,
    FAMILIES.map(([family, members]) => h("optgroup", { label: family }, members.map(option))));
  return select;
}

// --- the state ---

function networksOf(state) {
  return SIDES.map((side) => state[side]).filter((name) => name !== NONE).map(network);
}

/** The state with a place that the networks have. */
export function fitted(state) {
  const shown = networksOf(state);
  const [n, node] = state.position;
  const isThere = n < shown.length && node < shown[n].nodes.length;
  return { ...state, position: isThere ? [n, node] : [Math.min(n, shown.length - 1), 0] };
}

// --- the rows ---

/** A layer or a group: what is seen of it is a part of what is heard. */
function buildRow({ name, level, what }, index, id) {
  const isGroup = what === "";
  const detail = /^\d+×\d+/.exec(what)?.[0] ?? "";
  const heard = (text) => h("span", { class: "arch-heard" }, text);
  const label = h("span", { class: "arch-name" }, h("span", { class: "arch-mark" }), h("span", {}, name),
    h("span", { class: "arch-detail" }, detail), heard(`${isGroup ? "group" : what.slice(detail.length).trim()}:`));
  const bar = h("span", { class: "arch-bar" });
  const number = h("span", { class: "arch-value" });
  const unit = heard("");
  const attributes = { class: "arch-row", role: "treeitem", id, "data-node": index, "aria-level": level + 1, style: `--level: ${level}` };
  const node = h("div", attributes, label, h("span", { class: "arch-track" }, bar), number, unit);
  const paint = (shown, quantity, axis, isOpen, isChosen) => {
    const own = shown.nodes[index];
    const isWhole = quantity === "field" && own.field === 0;
    node.setAttribute("aria-selected", String(isChosen));
    if (isGroup) node.setAttribute("aria-expanded", String(isOpen));
    bar.style.setProperty("--filled", isWhole ? 1 : filled(own[quantity], axis));
    bar.classList.toggle("arch-whole", isWhole);
    bar.classList.toggle("arch-open", isOpen);
    number.textContent = value(own, quantity);
    unit.textContent = unitOf(shown, own, quantity);
  };
  return { node, paint };
}

/** What is heard behind a number. */
function unitOf({ whole }, node, quantity) {
  if (quantity === "field") return node.field === 0 ? "image" : `pixels${node.gated ? ", without gates" : ""}`;
  const name = quantity === "memory" ? "" : `${QUANTITIES[quantity].name}, `;
  return `${name}${percent(node[quantity], whole[quantity])}`;
}

/** Scroll a list, and nothing else, to a row. */
function showRow(list, row) {
  const [top, bottom] = [row.offsetTop - list.offsetTop, row.offsetTop - list.offsetTop + row.offsetHeight];
  if (top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}

/** What the ends of the bars stand for. */
function axisOf({ from, to }, quantity) {
  const text = { memory: bytes, field: (number) => `${grouped(number)} px` }[quantity] ?? short;
  return [h("span", {}, from === 0 || quantity === "field" ? grouped(from) : text(from)), h("span", {}, text(to))];
}

// --- totals, and how many times as large they are ---

const TOTALS = {
  parameters: ({ parameters }) => grouped(parameters),
  macs: ({ macs }) => short(macs),
  memory: ({ memory }) => bytes(memory),
  field: (whole) => value(whole, "field"),
};

function paintTotals(table, shown, quantity) {
  const cell = (text) => h("td", {}, text);
  const head = h("tr", {}, h("td", {}), shown.map(({ title }) => h("th", { scope: "col" }, title)),
    shown.length > 1 ? h("th", { scope: "col" }, "ratio") : null);
  const rows = Object.entries(QUANTITIES).map(([name, { short: text, role }]) =>
    h("tr", { class: `arch-${role}`, "data-chosen": String(name === quantity) },
      h("th", { scope: "row" }, text),
      shown.map(({ whole }) => cell(TOTALS[name](whole))),
      shown.length > 1 ? cell(times(shown[1].whole[name], shown[0].whole[name])) : null));
  table.replaceChildren(h("thead", {}, head), h("tbody", {}, rows));
}

// --- the numbers as a table, for those who would rather read ---

function buildTable() {
  const home = h("div", { class: "arch-home" });
  const node = h("details", { class: "arch-numbers" }, h("summary", {}, "All numbers as a table"), home);
  let [shown, drawn] = [[], null];
  const draw = () => {
    if (!node.open) return home.replaceChildren();
    const titles = shown.map(({ title }) => title).join();
    if (drawn === titles && home.childElementCount) return;
    drawn = titles;
    home.replaceChildren(...shown.map(tableOf));
  };
  node.addEventListener("toggle", draw);
  return { node, paint: (networks) => { shown = networks; draw(); } };
}

function tableOf({ title, nodes }) {
  const heads = ["Layer", "Output", "Parameters", "MACs", "Bytes", "Field", "Kind"];
  const row = (node) => {
    const name = h("th", { scope: "row", style: `--level: ${node.level}` }, node.name);
    const kind = isLayer(node) ? [node.what, node.beside].filter(Boolean).join(" + ") : "group";
    const sums = [node.parameters, node.macs, node.memory].map(grouped);
    const cells = [size(node.output), ...sums, value(node, "field"), kind];
    return h("tr", {}, name, cells.map((text) => h("td", {}, text)));
  };
  const table = h("table", {}, h("caption", {}, title),
    h("thead", {}, h("tr", {}, heads.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, nodes.map(row)));
  return h("div", { class: "arch-scroll", tabindex: 0, role: "region", "aria-label": `Numbers of ${title}` }, table);
}

// --- what is said ---

function fieldOf({ field, gated }, side) {
  if (field === 0) return "sees the whole image";
  const beyond = field > side ? `, more than the image of ${side}` : "";
  return `field ${grouped(field)}${gated ? "*, by the gates the whole image" : beyond}`;
}

/** What the chosen layer or group makes of what, and its part of the network. */
export function sentence({ title, image, whole, nodes }, index) {
  const node = nodes[index];
  const part = (name) => `(${percent(node[name], whole[name])})`;
  const own = [node.name, node.beside].filter(Boolean).join(" + ");
  const name = [...around(nodes, index).map((group) => nodes[group].name), own].join(", ");
  const count = nodes.slice(index, node.end).filter(isLayer).length;
  return [
    ["", `${name[0].toUpperCase()}${name.slice(1)} of ${title}, ${node.what || several(count, "layer")}: `],
    ["input", size(node.given)],
    ["", " → "],
    ["output", size(node.output)],
    ["", ", "],
    ["kernel", `${several(node.parameters, "parameter")} ${part("parameters")}`],
    ["", `, ${short(node.macs)} MACs ${part("macs")}, `],
    ["output", `${bytes(node.memory)} of outputs ${part("memory")}`],
    ["", ", "],
    ["input", fieldOf(node, image[1])],
    ["", "."],
  ];
}

/** A number stays with its unit. */
function unbroken(text) {
  return text.replace(/ (?=%|[kMGT]B?\b)/g, "\u00a0");
}

function several(number, noun) {
  return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}

export default figure("architecture-explorer", FIELDS, (...home) => new Explorer(...home));
