// What every interactive figure is made of: its two homes, a notebook with a kernel (anywidget calls
// `render`) and a static page (a custom element); its parts in HTML and SVG; its one live sentence;
// and numbers as readers write and read them.

// --- parts ---

/** An element with attributes, properties (`on…` is a listener) and children. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null));
  return node;
}

/** An SVG element with attributes and children. */
export function s(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.flat());
  return node;
}

/** The frame around a figure; in JupyterLab its keys are its own, not the notebook's. */
export function frame(name, ...children) {
  const attributes = { class: "fig-frame", role: "group", "aria-label": name, onkeydown: keep };
  return h("div", { ...attributes, "data-lm-suppress-shortcuts": "true" }, ...children);
}

/** JupyterLab looks at the attribute above only if no shortcut is meant for the focus itself. */
function keep(event) {
  if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}

/** One of a figure's buttons; `sign` names the picture that the styles draw. */
export function button(label, sign, onclick) {
  const face = h("span", { class: "fig-sign", "aria-hidden": "true" });
  const text = h("span", {}, label);
  const attributes = { type: "button", class: "fig-button", "data-sign": sign, onclick };
  return h("button", attributes, face, text);
}

/** A labelled list of choices; `options` are [value, text] pairs. */
export function choice(label, options, onpick) {
  const select = h(
    "select",
    { class: "fig-select", onchange: () => onpick(select.value) },
    options.map(([value, text]) => h("option", { value }, text)),
  );
  return { node: h("label", { class: "fig-choice" }, h("span", {}, label), select), select };
}

/**
 * A whole number to type, to change by the arrow keys, or by two buttons beside it: its node and
 * `paint(value)`. `onSet(number)` hears of each number that is allowed, `onRefuse(text)` why another
 * is not.
 */
export function counter(label, [least, most], onSet, onRefuse) {
  const isAllowed = (number) => Number.isInteger(number) && number >= least && number <= most;
  const take = () => {
    const number = input.value.trim() === "" ? NaN : Number(input.value);
    if (isAllowed(number)) return onSet(number);
    input.setAttribute("aria-invalid", "true");
    onRefuse(`${label} must be a whole number from ${least} to ${most}.`);
  };
  const input = h("input", {
    class: "fig-count",
    type: "number",
    min: least,
    max: most,
    step: 1,
    onchange: take,
    // In JupyterLab the browser reports no change on Enter.
    onkeydown: (event) => event.key === "Enter" && take(),
  });
  let shown = null;
  const bump = (by) => () => isAllowed(shown + by) && onSet(shown + by);
  const less = bumper(`${label}: one less`, "−", bump(-1));
  const more = bumper(`${label}: one more`, "+", bump(1));
  const paint = (value) => {
    shown = value;
    input.value = value;
    input.removeAttribute("aria-invalid");
    less.setAttribute("aria-disabled", String(!isAllowed(value - 1)));
    more.setAttribute("aria-disabled", String(!isAllowed(value + 1)));
  };
  const name = h("label", { class: "fig-counter-name" }, h("span", {}, label), input);
  return { node: h("div", { class: "fig-counter" }, less, name, more), paint };
}

/** A button for fingers and mice; the keyboard has the arrow keys of the number itself. */
function bumper(label, sign, onclick) {
  const attributes = { type: "button", class: "fig-bump", tabindex: "-1", "aria-label": label, onclick };
  return h("button", attributes, sign);
}

/**
 * A number to drag or to change by the arrow keys: its node, an input of type range, and
 * `paint(value, text)`, where the text is what a screen reader says of the value.
 */
export function slider(label, [least, most], step, onSet) {
  const node = h("input", {
    class: "fig-slider",
    type: "range",
    "aria-label": label,
    min: least,
    max: most,
    step,
    oninput: () => onSet(Number(node.value)),
  });
  const paint = (value, text) => {
    node.value = value;
    node.setAttribute("aria-valuetext", text);
  };
  return { node, paint };
}

// --- two homes ---

/**
 * A figure's two homes. `mount(element, state, onChange)` draws the figure into `element`, calls
 * `onChange(patch)` when the reader changes something, and returns `{ update(patch), destroy() }`,
 * as a `View` does. `fields` names the parts of the state that a kernel shares.
 */
export function figure(tag, fields, mount) {
  defineElement(tag, mount);
  return { render: ({ model, el }) => renderLive(model, el, fields, mount) };
}

function renderLive(model, element, fields, mount) {
  const read = () => Object.fromEntries(fields.map((name) => [name, model.get(name)]));
  const view = mount(element, read(), (patch) => {
    for (const [name, value] of Object.entries(patch)) model.set(name, value);
    model.save_changes();
  });
  const listen = () => view.update(read());
  for (const name of fields) model.on(`change:${name}`, listen);
  return () => {
    for (const name of fields) model.off(`change:${name}`, listen);
    view.destroy();
  };
}

function defineElement(tag, mount) {
  if (typeof customElements === "undefined" || customElements.get(tag)) return;
  customElements.define(
    tag,
    class extends HTMLElement {
      connectedCallback() {
        if (this.view) return;
        const state = JSON.parse(this.querySelector("script[type='application/json']").textContent);
        const home = h("div", { class: "fig-live" });
        this.append(home);
        this.view = mount(home, state, () => {});
        this.classList.add("fig-alive");
      }
    },
  );
}

/** A figure that shows a state. A subclass makes its `root`, shows it and draws it in `paint()`. */
export class View {
  constructor(state, onChange) {
    Object.assign(this, { initial: structuredClone(state), state, onChange, speech: speech() });
  }

  /** Put the figure into its home, with its parts from above to below and what its keys do. */
  show(element, name, parts, keys) {
    this.root = frame(name, parts, h("div", { class: "fig-keys" }, keys));
    element.append(this.root);
    this.paint();
  }

  /** Take a change from outside. */
  update(patch) {
    this.state = { ...this.state, ...patch };
    this.paint();
  }

  /** Take a change from the reader. */
  change(patch) {
    this.update(patch);
    this.onChange(patch);
  }

  destroy() {
    this.root.remove();
  }
}

// --- the sentence: runs of [role, text], where the role says which colour a text has ---

/** The one live sentence of a figure: its node, `say(runs)`, and `hush(isPlaying)`. */
function speech() {
  const node = h("div", { class: "fig-sentence", role: "status", "aria-live": "polite" });
  const span = ([role, text]) => h("span", role ? { class: `fig-${role}` } : {}, text);
  const say = (runs) => node.replaceChildren(...runs.map(span));
  // A screen reader would fall behind a player: it hears the sentence when the player rests.
  const hush = (isPlaying) => node.setAttribute("aria-live", isPlaying ? "off" : "polite");
  return { node, say, hush };
}

/** A sum of products as runs, and its total: terms of { weight, value }, and perhaps a name. */
export function spelled(terms) {
  const total = terms.reduce((sum, { weight, value }) => sum + weight * value, 0);
  const numbers = terms.flatMap(({ weight, value }) => [weight, value]);
  return [
    ...terms.flatMap((term, index) => [...(index > 0 ? [["", " + "]] : []), ...summand(term)]),
    ["", isRounded(numbers, total) ? " ≈ " : " = "],
    ["output", decimal(total)],
  ];
}

function summand({ name, weight, value }) {
  const runs = [["kernel", bracketed(weight)], ["", "·"], ["input", bracketed(value)]];
  return name ? [["", `${name} `], ...runs] : runs;
}

// --- numbers ---

const MINUS = "\u2212";

function signed(text) {
  return text.replace("-", MINUS);
}

/** At most two decimals, a true minus sign, no trailing zeros. */
export function decimal(number) {
  return signed(String(Number(number.toFixed(2)) + 0));
}

/** Three decimals, or the first digit where that stands further behind. */
export function precise(number) {
  const size = Math.abs(number);
  if (size < 5e-6) return "0";
  const digits = Math.max(3, Math.ceil(-Math.log10(size)));
  return signed(String(Number(number.toFixed(digits))));
}

/** A value that can be typed back without loss where that is short: −3, 0.25, 1/9. */
export function exact(number) {
  if (Number(number.toFixed(2)) === number) return decimal(number);
  for (let denominator = 3; denominator <= 16; denominator += 1) {
    const numerator = Math.round(number * denominator);
    if (numerator !== 0 && Math.abs(number * denominator - numerator) < 1e-9) {
      return signed(`${numerator}/${denominator}`);
    }
  }
  return signed(String(Number(number.toPrecision(3))));
}

/** The number that a reader typed, or null: −3, 0.25, 0,25, 1/9 and 1e-2 are numbers. */
export function parse(text) {
  const plain = text.trim().replace(MINUS, "-").replace(",", ".");
  const parts = plain.split("/");
  if (plain === "" || parts.length > 2 || parts.some((part) => part.trim() === "")) return null;
  const [numerator, denominator = 1] = parts.map(Number);
  const number = numerator / denominator;
  return Number.isFinite(number) ? number : null;
}

/** A number within a sum or product: a negative one stands in brackets. */
export function bracketed(number) {
  return number < 0 ? `(${exact(number)})` : exact(number);
}

/** Whether a result, or the numbers that it is made of, are written shorter than they are. */
export function isRounded(numbers, result) {
  return parse(decimal(result)) !== result || numbers.some((n) => parse(exact(n)) !== n);
}
