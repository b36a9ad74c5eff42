// What every interactive figure shares: building its parts, and living in two homes,
// a notebook with a kernel (anywidget calls `render`) and a static page (a custom element).

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

/**
 * A figure's two homes. `mount(element, state, onChange)` draws the figure into `element`, calls
 * `onChange(patch)` when the reader changes something, and returns `{ update(patch), destroy() }`.
 * `fields` names the parts of the state that a kernel shares.
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

/** The frame around a figure; in JupyterLab its keys are its own, not the notebook's. */
export function frame(name, ...children) {
  const attributes = { class: "fig-frame", role: "group", "aria-label": name, onkeydown: keep };
  return h("div", { ...attributes, "data-lm-suppress-shortcuts": "true" }, ...children);
}

/** JupyterLab looks at the attribute above only if no shortcut is meant for the focus itself. */
function keep(event) {
  if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}

/** One of a figure's buttons; `sign` names the picture that the style sheet draws. */
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
